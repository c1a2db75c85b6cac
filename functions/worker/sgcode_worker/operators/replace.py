"""Puts replacements into a tree by node identity, in one pass, and keeps rewrites out of each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from sgcode_worker.operators.helpers import place_helpers, with_helpers
from sgcode_worker.operators.imports import ImportPlacement, place_imports
from sgcode_worker.operators.operator import Helper, Replacement, Rewrite
from sgcode_worker.operators.program import NeededImport, Program


@dataclass(frozen=True)
class Conflict:
    """Why a rewrite cannot join the others; with `retry` it may once they are in the program."""

    reason: str
    retry: bool = False


class Replacements:
    """The rewrites to be applied together. None of them touches a node inside or around another's."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._nodes: dict[cst.CSTNode, tuple[str, Replacement]] = {}
        self._around: dict[cst.CSTNode, str] = {}
        self._imports: dict[NeededImport, list[cst.CSTNode]] = {}
        self._helpers: list[Helper] = []

    def copy(self) -> Replacements:
        """Return the same rewrites, to which others can be added apart."""
        other = Replacements(self._program)
        other._nodes, other._around = dict(self._nodes), dict(self._around)
        other._imports = {needed: list(users) for needed, users in self._imports.items()}
        other._helpers = list(self._helpers)
        return other

    def add(self, edit_id: str, rewrite: Rewrite) -> Conflict | None:
        """Take the rewrite in, whole or not at all. An equal one that is there already counts as taken in."""
        fresh = [node for node in rewrite.replacements if not self._holds(node, rewrite.replacements[node])]
        if not rewrite.replacements or _nested(self._program, fresh):
            return Conflict("The rewrite names no node of the program, or one inside another.")
        for node in fresh:
            other = self._touched_by(node)
            if other is not None:
                reason = f"It touches the same code as edit {other}; it is tried again in the next iteration."
                return Conflict(reason, retry=True)
        for node in fresh:
            self._nodes[node] = (edit_id, rewrite.replacements[node])
            for outer in self._program.ancestors(node):
                self._around.setdefault(outer, edit_id)
        helpers = [] if rewrite.helper is None else [rewrite.helper]
        self._helpers.extend(helpers)
        for needed in rewrite.imports:
            users = self._imports.setdefault(needed, [])
            users.extend([*rewrite.replacements, *(helper.before for helper in helpers)])
        return None

    def has(self, rewrite: Rewrite) -> bool:
        """Return whether an equal rewrite was taken in."""
        pairs = rewrite.replacements.items()
        return bool(pairs) and all(self._holds(node, replacement) for node, replacement in pairs)

    def apply(self) -> cst.Module:
        """Return the module with all rewrites and the imports that they need."""
        placement = place_imports(self._program, self._imports)
        helpers = place_helpers(self._program.module, self._helpers)
        changed = self._program.module.visit(_Replacer(self._nodes, self._around, placement, helpers))
        assert isinstance(changed, cst.Module)
        return changed

    def code(self) -> str:
        """Return the program's text with all rewrites and the imports that they need."""
        return self._program.written.changed(self.apply())

    def _holds(self, node: cst.CSTNode, replacement: Replacement) -> bool:
        known = self._nodes.get(node)
        return known is not None and _equal(known[1], replacement)

    def _touched_by(self, node: cst.CSTNode) -> str | None:
        if node in self._nodes:
            return self._nodes[node][0]
        if node in self._around:
            return self._around[node]
        return next(
            (self._nodes[outer][0] for outer in self._program.ancestors(node) if outer in self._nodes), None
        )


def changes_nothing(rewrite: Rewrite) -> bool:
    """Return whether every replacement is what is there already."""
    pairs = rewrite.replacements.items()
    return bool(pairs) and all(_equal(node, replacement) for node, replacement in pairs)


class _Replacer(cst.CSTTransformer):
    """Walks only to what is replaced: everything else is the same object afterwards."""

    def __init__(
        self,
        nodes: dict[cst.CSTNode, tuple[str, Replacement]],
        around: dict[cst.CSTNode, str],
        placement: ImportPlacement | None,
        helpers: Mapping[cst.CSTNode, Sequence[cst.FunctionDef]],
    ) -> None:
        super().__init__()
        self._nodes = nodes
        self._around = around
        self._placement = placement
        self._helpers = helpers

    def on_visit(self, node: cst.CSTNode) -> bool:
        return node in self._around

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Replacement:
        replaced = self._nodes.get(original_node)
        result: Replacement = updated_node if replaced is None else replaced[1]
        if self._placement is not None:
            result = self._with_imports(self._placement, original_node, result)
        helpers = self._helpers.get(original_node)
        return result if helpers is None else with_helpers(helpers, result)

    def _with_imports(
        self, placement: ImportPlacement, original: cst.CSTNode, result: Replacement
    ) -> Replacement:
        if isinstance(result, cst.Module) and placement.after is None:
            header = result.header[: len(result.header) - len(placement.comments)]
            return result.with_changes(header=header, body=[*placement.statements, *result.body])
        if original is placement.before:
            return _set_apart(result, placement.comments)
        if original is placement.after:
            return cst.FlattenSentinel([*_nodes(result), *placement.statements])
        return result


def _nodes(result: Replacement) -> tuple[Any, ...]:
    if isinstance(result, cst.CSTNode):
        return (result,)
    return tuple(result) if isinstance(result, cst.FlattenSentinel) else ()


def _set_apart(result: Replacement, comments: Iterable[cst.EmptyLine]) -> Replacement:
    """The statement with a blank line before it and before its comments."""
    if not _nodes(result):
        return result
    first, *rest = _nodes(result)
    lines = [cst.EmptyLine(indent=False), *comments, *first.leading_lines]
    return cst.FlattenSentinel([first.with_changes(leading_lines=lines), *rest])


def _nested(program: Program, nodes: list[cst.CSTNode]) -> bool:
    chosen = set(nodes)
    return any(outer in chosen for node in nodes for outer in program.ancestors(node))


def _equal(one: Replacement, other: Replacement) -> bool:
    if isinstance(one, cst.CSTNode) and isinstance(other, cst.CSTNode):
        return one.deep_equals(other)
    if isinstance(one, cst.FlattenSentinel) and isinstance(other, cst.FlattenSentinel):
        lefts, rights = tuple(one), tuple(other)
        return len(lefts) == len(rights) and all(map(cst.CSTNode.deep_equals, lefts, rights))
    return one is other
