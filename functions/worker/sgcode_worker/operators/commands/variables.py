"""Commands that are put together under a local name before they are run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.pieces import Text, UnreadableError, read_pieces
from sgcode_worker.operators.commands.texts import bound_value
from sgcode_worker.operators.program import Program


@dataclass(frozen=True)
class Steps:
    """The values that a name gets, in the order of the source, where only the call reads the name."""

    values: Sequence[cst.BaseExpression]
    added: frozenset[cst.BaseExpression]
    """Those that are put at the end of the name's value with `+=`."""


def steps_of(program: Program, name: cst.Name) -> Steps | None:
    """Return how the command is put together, if every step can hold a list instead; else None."""
    scope = program.scope(name)
    if not isinstance(scope, metadata.FunctionScope):
        return None
    found: list[cst.BaseExpression] = []
    added: set[cst.BaseExpression] = set()
    targets: set[cst.CSTNode] = set()
    for assignment in scope[name.value]:
        if assignment.scope is not scope:
            return None
        node = getattr(assignment, "node", None)
        holder = program.parent(node) if node is not None else None
        value = bound_value(program, assignment)
        if isinstance(holder, cst.AugAssign) and isinstance(holder.operator, cst.AddAssign):
            value = holder.value
            added.add(value)
            targets.add(holder.target)
        elif value is None or len(_statement(program, value).targets) != 1:
            return None
        found.append(value)
    reads = {access.node for each in scope[name.value] for access in each.references}
    if reads - targets != {name} or len(added) == len(found):
        return None
    found.sort(key=lambda value: (program.span(value).start.line, program.span(value).start.column))
    return Steps(found, frozenset(added)) if found[0] not in added else None


def _statement(program: Program, value: cst.CSTNode) -> cst.Assign:
    statement = program.parent(value)
    assert isinstance(statement, cst.Assign)
    return statement


def settled_value(program: Program, name: cst.Name) -> cst.BaseExpression:
    """Return the one value of a name where working it out again, where the name stands, gives the same.

    Raises UnreadableError where that is not certain.
    """
    scope = program.scope(name)
    assignments = list(scope[name.value]) if scope is not None else []
    value = bound_value(program, assignments[0]) if len(assignments) == 1 else None
    if value is None or scope is None:
        raise UnreadableError(f"`{name.value}` is the whole command, and what it holds cannot be told here.")
    if all(isinstance(each, Text) for each in read_pieces(program, value)):
        return value
    if assignments[0].scope is not scope or not _in_one_block(program, value, name):
        raise UnreadableError(f"`{name.value}` is put together elsewhere and used for more than the call.")
    if not _plain(value) or _changed_between(program, value, name):
        raise UnreadableError(f"`{name.value}` is used for more than the call, and its parts may change.")
    return value


def _in_one_block(program: Program, value: cst.CSTNode, use: cst.CSTNode) -> bool:
    """Whether the use follows in the value's block, and in no loop or function of its own inside of it."""
    block = program.enclosing(value, cst.IndentedBlock, cst.Module)
    for outer in program.ancestors(use):
        if outer is block:
            return True
        if isinstance(outer, (cst.For, cst.While, cst.FunctionDef, cst.Lambda, cst.CompFor, cst.BaseComp)):
            return False
    return False


def _plain(value: cst.CSTNode) -> bool:
    """Whether an expression only reads names and fills them into a text."""
    for node in _inside(value):
        if isinstance(node, (cst.Await, cst.Yield, cst.NamedExpr)):
            return False
        if isinstance(node, cst.Call):
            formats = isinstance(node.func, cst.Attribute) and node.func.attr.value == "format"
            if not formats and not (isinstance(node.func, cst.Name) and node.func.value == "str"):
                return False
    return True


def _changed_between(program: Program, value: cst.CSTNode, use: cst.Name) -> bool:
    """Whether a name in the value is bound again before the use."""
    scope = program.scope(use)
    assert scope is not None
    begin, end = program.span(value).end.line, program.span(use).start.line
    for name in (each for each in _inside(value) if isinstance(each, cst.Name)):
        bound = [each for each in scope[name.value] if isinstance(each, metadata.Assignment)]
        shared = any(each.scope is not scope for each in bound)
        if shared and len(bound) > 1:
            return True
        if any(begin < program.span(each.node).start.line <= end for each in bound):
            return True
    return False


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _inside(child)
