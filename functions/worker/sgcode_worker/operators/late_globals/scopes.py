"""Finds the `global` and `nonlocal` statements that come too late for Python."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.program import Program

Scope = cst.Module | cst.FunctionDef | cst.ClassDef
Declaration = cst.Global | cst.Nonlocal


@dataclass(frozen=True)
class LateScope:
    """A module, function or class with declarations whose names it mentions before them."""

    node: Scope
    late: Sequence[Declaration]
    first_mention: cst.CSTNode


def late_scopes(program: Program) -> list[LateScope]:
    """Return the scopes with late declarations, outer before inner.

    Every mention of the name counts, also one that Python would not mind: to declare a name earlier than
    needed changes nothing.
    """
    owners = [
        program.enclosing(each, cst.FunctionDef, cst.ClassDef) or program.module
        for each in program.nodes(cst.Global, cst.Nonlocal)
    ]
    found = (_late_scope(each) for each in dict.fromkeys(owners))
    return [each for each in found if each is not None]


def _late_scope(scope: Scope) -> LateScope | None:
    mentions: dict[str, cst.CSTNode] = {}
    late: list[Declaration] = []
    for node in _own_nodes(scope):
        if isinstance(node, cst.Name):
            mentions.setdefault(node.value, node)
        elif isinstance(node, (cst.Global, cst.Nonlocal)) and any(
            item.name.value in mentions for item in node.names
        ):
            late.append(node)
    declared = {item.name.value for each in late for item in each.names}
    first = next((node for name, node in mentions.items() if name in declared), None)
    return None if first is None else LateScope(scope, late, first)


def _own_nodes(scope: Scope) -> Iterator[cst.CSTNode]:
    """What stands in the scope itself, in the order of the text."""
    waiting: list[cst.CSTNode] = [scope.body] if isinstance(scope.body, cst.CSTNode) else [*scope.body][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(_own_children(node)))


def _own_children(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    if isinstance(node, (cst.Global, cst.Nonlocal)):
        return ()
    if isinstance(node, cst.Attribute):
        return (node.value,)
    if isinstance(node, cst.Arg):
        return (node.value,)
    inner = node.body if isinstance(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda)) else None
    return [child for child in node.children if child is not inner]
