"""Commands that are put together under a local name before they are run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.pieces import Piece, Text, UnreadableError, Value, read_pieces
from sgcode_worker.operators.commands.texts import bound_value, is_no_word, possible_texts
from sgcode_worker.operators.program import Program


@dataclass(frozen=True)
class Steps:
    """The values that a name gets, in the order of the source, where only the call reads the name."""

    name: str
    values: Sequence[cst.BaseExpression]
    added: frozenset[cst.BaseExpression]
    """Those that are put at the end of the name's value, with `+=` or `c = c + ...`."""


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
        elif value is not None and (itself := begun_with(value, name.value)) is not None:
            added.add(value)
            targets.add(itself)
        elif value is None or len(_statement(program, value).targets) != 1:
            return None
        found.append(value)
    reads = {access.node for each in scope[name.value] for access in each.references}
    if reads - targets != {name} or len(added) == len(found):
        return None
    found.sort(key=lambda value: (program.span(value).start.line, program.span(value).start.column))
    return Steps(name.value, found, frozenset(added)) if found[0] not in added else None


def begun_with(value: cst.BaseExpression, name: str) -> cst.Name | None:
    """Return the name itself where the value is a sum that begins with it."""
    first: cst.BaseExpression = value
    while isinstance(first, cst.BinaryOperation) and isinstance(first.operator, cst.Add) and not first.lpar:
        first = first.left
    return first if first is not value and isinstance(first, cst.Name) and first.value == name else None


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
    only = bound_value(program, assignments[0]) if len(assignments) == 1 else None
    if only is not None and all(isinstance(each, Text) for each in read_pieces(program, only)):
        return only
    value = only if only is not None else _last_value(program, name)
    if value is None or scope is None:
        raise UnreadableError(f"`{name.value}` is the whole command, and what it holds cannot be told here.")
    if assignments[0].scope is not scope or not _in_one_block(program, value, name):
        raise UnreadableError(f"`{name.value}` is put together elsewhere and used for more than the call.")
    if not _plain(value) or _changed_between(program, value, name):
        raise UnreadableError(f"`{name.value}` is used for more than the call, and its parts may change.")
    return value


def spelled_out(program: Program, pieces: list[Piece], *, depth: int = 3) -> list[Piece]:
    """The pieces with the parts of each named value that a shell would not take as one word."""
    found: list[Piece] = []
    for piece in pieces:
        node = piece.node if isinstance(piece, Value) else None
        inner: list[Piece] = [piece]
        if isinstance(node, cst.Name) and depth and any(map(is_no_word, possible_texts(program, node))):
            inner = _parts_of(program, node, depth) or inner
        found += inner
    return found


def _parts_of(program: Program, name: cst.Name, depth: int) -> list[Piece]:
    """The parts of a named value; none for a fixed one, whose name would be left without a use."""
    try:
        parts = read_pieces(program, settled_value(program, name))
    except UnreadableError:
        return []
    fixed = all(isinstance(each, Text) for each in parts)
    return [] if fixed else spelled_out(program, parts, depth=depth - 1)


def pieces_of_steps(program: Program, name: cst.Name) -> list[Piece]:
    """Return the pieces of a text that is put together under a name, in steps that each come before the use.

    Raises UnreadableError where working the steps out again, where the name stands, may give another text.
    """
    found: list[Piece] = []
    begun: cst.CSTNode | None = name
    while begun is not None:
        bound = _last_binding(program, name, begun)
        holder = program.parent(bound) if bound is not None else None
        if isinstance(holder, cst.AugAssign) and isinstance(holder.operator, cst.AddAssign):
            value, begun, skipped = holder.value, bound, 0
        else:
            value = _assigned(program, bound)
            begun = bound if value is not None and begun_with(value, name.value) is not None else None
            skipped = 0 if begun is None else 1
        if value is None or _mentions(value, name) > skipped or not _in_one_block(program, value, name):
            raise UnreadableError(
                f"`{name.value}` is the whole command, and what it holds cannot be told here."
            )
        if not _plain(value) or _changed_between(program, value, name, besides=name.value):
            raise UnreadableError(f"`{name.value}` is used for more than the call, and its parts may change.")
        found = [*read_pieces(program, value)[skipped:], *found]
    return found


def _last_value(program: Program, name: cst.Name) -> cst.BaseExpression | None:
    """What the name's last assignment before its use gives it; None where that builds on the name itself."""
    value = _assigned(program, _last_binding(program, name, name))
    own = value is not None and _mentions(value, name) > 0
    return None if own else value


def _mentions(value: cst.BaseExpression, name: cst.Name) -> int:
    return sum(isinstance(each, cst.Name) and each.value == name.value for each in _inside(value))


def _assigned(program: Program, bound: cst.CSTNode | None) -> cst.BaseExpression | None:
    target = program.parent(bound) if bound is not None else None
    statement = program.parent(target) if isinstance(target, cst.AssignTarget) else None
    return statement.value if isinstance(statement, cst.Assign) else None


def _last_binding(program: Program, name: cst.Name, use: cst.CSTNode) -> cst.CSTNode | None:
    """Where the name is bound last before a use of it; None where a function may bind it at any time."""
    scope = program.scope(name)
    here = program.enclosing(name, cst.FunctionDef, cst.Lambda)
    begun = _place(program, use)
    before: list[cst.CSTNode] = []
    for each in scope[name.value] if scope is not None else ():
        node = getattr(each, "node", None)
        # A function that binds a name of the module may do so at any time.
        if each.scope is not scope or node is None or program.enclosing(node, cst.FunctionDef) is not here:
            return None
        if _place(program, node) < begun:
            before.append(node)
    return max(before, key=lambda each: _place(program, each), default=None)


def _place(program: Program, node: cst.CSTNode) -> tuple[int, int]:
    start = program.span(node).start
    return start.line, start.column


def _in_one_block(program: Program, value: cst.CSTNode, use: cst.CSTNode) -> bool:
    """Whether the use follows in the value's block, and in no loop or function of its own inside of it."""
    block = program.enclosing(value, cst.IndentedBlock, cst.SimpleStatementSuite, cst.Module)
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


def _changed_between(program: Program, value: cst.CSTNode, use: cst.Name, *, besides: str = "") -> bool:
    """Whether a name in the value, besides the one of the command, is bound again before the use."""
    scope = program.scope(use)
    assert scope is not None
    begin, end = program.span(value).end.line, program.span(use).start.line
    for name in (each for each in _inside(value) if isinstance(each, cst.Name) and each.value != besides):
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
