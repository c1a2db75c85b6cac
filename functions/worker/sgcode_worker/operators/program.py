"""A parsed program with the questions that operators ask of it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

import libcst as cst
from libcst import metadata

from sgcode_worker.operators import visibility
from sgcode_worker.operators.needed_import import NeededImport

Node = TypeVar("Node", bound=cst.CSTNode)

__all__ = ["NeededImport", "Program"]


class Program:
    """A LibCST tree with positions, parents and scopes, each computed when first asked for."""

    def __init__(self, source: str | bytes) -> None:
        self._wrapper = metadata.MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
        self.module = self._wrapper.module

    @cached_property
    def _positions(self) -> Mapping[cst.CSTNode, metadata.CodeRange]:
        return self._wrapper.resolve(metadata.PositionProvider)

    @cached_property
    def _parents(self) -> dict[cst.CSTNode, cst.CSTNode]:
        """Child → parent, outer before inner. LibCST's own provider takes seven times as long."""
        parents: dict[cst.CSTNode, cst.CSTNode] = {}
        waiting: list[cst.CSTNode] = [self.module]
        while waiting:
            node = waiting.pop()
            children = list(_children(node))
            for child in children:
                parents[child] = node
            waiting.extend(reversed(children))
        return parents

    @cached_property
    def _scopes(self) -> Mapping[cst.CSTNode, metadata.Scope | None]:
        return self._wrapper.resolve(metadata.ScopeProvider)

    @cached_property
    def _definitions(self) -> dict[cst.CSTNode, str]:
        """Function or class → its qualified name; a second definition of a name is `name#2`."""
        names: dict[cst.CSTNode, str] = {}
        seen: dict[str, int] = {}
        for node in (each for each in self._parents if isinstance(each, (cst.FunctionDef, cst.ClassDef))):
            outer = self.enclosing(node, cst.FunctionDef, cst.ClassDef)
            name = f"{names[outer]}.{node.name.value}" if outer is not None else node.name.value
            seen[name] = seen.get(name, 0) + 1
            names[node] = name if seen[name] == 1 else f"{name}#{seen[name]}"
        return names

    def span(self, node: cst.CSTNode) -> metadata.CodeRange:
        """Where the node stands: lines from 1, columns from 0 in code points."""
        return self._positions[node]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds this one; None for the module."""
        return self._parents.get(node)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around this one, innermost first."""
        current = self.parent(node)
        while current is not None:
            yield current
            current = self.parent(current)

    def enclosing(self, node: cst.CSTNode, *kinds: type[Node]) -> Node | None:
        """The innermost node around this one that is of one of the kinds."""
        return next((outer for outer in self.ancestors(node) if isinstance(outer, kinds)), None)

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """Every node of the kinds, outer before inner."""
        return (node for node in self._parents if isinstance(node, kinds))

    def code(self, node: cst.CSTNode) -> str:
        """The node's source text."""
        return self.module.code_for_node(node)

    def definition(self, node: cst.CSTNode) -> str:
        """The qualified name of the function or class around the node, '' at module level."""
        outer = self.enclosing(node, cst.FunctionDef, cst.ClassDef)
        return "" if outer is None else self._definitions[outer]

    def scope(self, node: cst.CSTNode) -> metadata.Scope | None:
        """The scope in which the node is evaluated."""
        if node in self._scopes:
            return self._scopes[node]
        return next((self._scopes[outer] for outer in self.ancestors(node) if outer in self._scopes), None)

    def qualified_names(self, node: cst.CSTNode) -> set[str]:
        """What a name or attribute chain stands for, through imports and aliases.

        `sp.run` after `import subprocess as sp` gives {"subprocess.run"}; a local function `f`
        gives {"f"}; an unknown name gives an empty set.
        """
        scope = self.scope(node)
        if scope is None:
            return set()
        return {found.name for found in scope.get_qualified_names_for(node)}

    def imported_names(self, node: cst.CSTNode) -> set[str]:
        """What a name or attribute chain stands for where it can only be something imported.

        Empty where it is, or may be, something else: a local, a parameter, the result of a call. A name
        that nothing in the file binds stands for the module of that name, as in a fragment without imports.
        A binding to None, as in `except ImportError: yaml = None`, takes nothing away.
        """
        return visibility.imported_names(self, node)

    def reference(
        self, module: str, name: str | None = None, *, at: cst.CSTNode
    ) -> tuple[cst.BaseExpression, NeededImport | None]:
        """The expression that stands for `module`, or for `module.name`, where `at` is evaluated.

        Uses an import that the program has, by the name it has there, when it is certainly executed
        before; else says which import is needed. Nothing that the program binds is ever hidden.
        """
        return visibility.reference(self, module, name, at)


_FIELDS: dict[type[cst.CSTNode], tuple[str, ...]] = {}


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    kind = type(node)
    fields = _FIELDS.get(kind)
    if fields is None:
        fields = _FIELDS[kind] = tuple(kind.__dataclass_fields__)
    for name in fields:
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (each for each in value if isinstance(each, cst.CSTNode))
