"""Scopes as LibCST finds them, without the copies that its visitors make of every node."""

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst
from libcst import metadata
from libcst.metadata.scope_provider import _ASSIGNMENT_LIKE_NODES, ScopeVisitor

from sgcode_worker.operators.tree.children import children, held_in

# Where a name is bound: LibCST's own list, in its ExpressionContextVisitor.
_BOUND = {
    cst.AssignTarget: "target",
    cst.AnnAssign: "target",
    cst.AugAssign: "target",
    cst.NamedExpr: "target",
    cst.AsName: "name",
    cst.CompFor: "target",
    cst.For: "target",
}
# Fields that hold nothing with a scope of its own: white space, punctuation, operators.
_SILENT = frozenset(
    "lpar rpar lbracket rbracket lbrace rbrace comma semicolon colon first_colon second_colon dot equal star "
    "operator asynchronous relative posonly_ind header footer leading_lines lines_after_decorators "
    "trailing_whitespace".split()
)


def scopes_of(module: cst.Module, nodes: Iterable[cst.CSTNode]) -> dict[int, metadata.Scope]:
    """Return the scope of every node that can have one, by identity; `nodes` are all nodes of the module."""
    store = _Store(_bound_names(nodes))
    visitor = _Scopes(store)
    module.visit(visitor)
    visitor.infer_accesses()
    return store.scopes


class _Store:
    """Stands for LibCST's provider: takes the scopes, and tells the names that are bound from the others."""

    def __init__(self, bound: set[int]) -> None:
        self.scopes: dict[int, metadata.Scope] = {}
        self._bound = bound

    def set_metadata(self, node: cst.CSTNode, scope: metadata.Scope) -> None:
        self.scopes[id(node)] = scope

    def get_metadata(self, _: object, node: cst.CSTNode, default: object) -> object:
        return metadata.ExpressionContext.STORE if id(node) in self._bound else default


class _Scopes(ScopeVisitor):
    """Goes down by itself, where `CSTNode.visit` would build every node anew from its children."""

    def __init__(self, store: _Store) -> None:
        provider: Any = store
        super().__init__(provider)
        self._scopes = store.scopes
        self._visits: dict[type[cst.CSTNode], Callable[[Any], bool | None] | None] = {}
        self._leaves: dict[type[cst.CSTNode], Callable[[Any], None] | None] = {}

    def on_visit(self, node: cst.CSTNode) -> bool:
        kind = type(node)
        if kind not in self._visits:
            self._visits[kind] = getattr(self, f"visit_{kind.__name__}", None)
            self._leaves[kind] = getattr(self, f"leave_{kind.__name__}", None)
        visit = self._visits[kind]
        if visit is None or visit(node) is not False:
            for each in held_in(node, _visited_fields(node)):
                self.on_visit(each)
                self.on_leave(each)
        return False

    def on_leave(self, original_node: cst.CSTNode) -> None:
        kind = type(original_node)
        self._scopes[id(original_node)] = self.scope
        if kind in _ASSIGNMENT_LIKE:
            self.scope._assignment_count += 1
        leave = self._leaves[kind]
        if leave is not None:
            leave(original_node)


_ASSIGNMENT_LIKE = frozenset(_ASSIGNMENT_LIKE_NODES)
_VISITED: dict[type[cst.CSTNode], tuple[str, ...]] = {}


class _Order(cst.CSTVisitor):
    """Notes in which order LibCST goes through the fields of one node."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        return False

    def on_visit_attribute(self, node: cst.CSTNode, attribute: str) -> None:
        self.fields.append(attribute)


def _visited_fields(node: cst.CSTNode) -> tuple[str, ...]:
    kind = type(node)
    known = _VISITED.get(kind)
    if known is None:
        order = _Order()
        node._visit_and_replace_children(order)
        # Some fields are visited only where there is something in them.
        fields = [*order.fields, *(each for each in kind.__dataclass_fields__ if each not in order.fields)]
        known = _VISITED[kind] = tuple(
            each for each in fields if each not in _SILENT and not each.startswith("whitespace")
        )
    return known


def _bound_names(nodes: Iterable[cst.CSTNode]) -> set[int]:
    found: set[int] = set()
    for node in nodes:
        field = _BOUND.get(type(node))
        if field is None:
            continue
        waiting: list[cst.CSTNode] = [getattr(node, field)]
        while waiting:
            each = waiting.pop()
            if isinstance(each, cst.Name):
                found.add(id(each))
            elif not isinstance(each, (cst.Attribute, cst.Subscript)):
                waiting.extend(children(each))
    return found
