"""Whether values can be computed where the query runs instead of where it is put together."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.text.expressions import plain_names
from sgcode_worker.operators.visibility import dotted_name


def can_move(
    program: Program, definition: cst.CSTNode, call: cst.Call, values: Sequence[cst.BaseExpression]
) -> bool:
    """Whether the values are the same at the call, and computing them there changes nothing else."""
    line = program.parent(definition)
    block = program.parent(line) if isinstance(line, cst.SimpleStatementLine) else None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return False
    statements = block.body if isinstance(block, (cst.Module, cst.IndentedBlock)) else ()
    around = [call, *program.ancestors(call)]
    holder = next((each for each in around if each in statements), None)
    if holder is None:
        return False
    first, last = statements.index(line), statements.index(holder)  # type: ignore[arg-type]
    if last == first + 1 and _runs_first(program, call, holder):
        return True
    inside = around[: around.index(holder)]
    if last <= first or any(isinstance(each, (cst.For, cst.While)) for each in (*inside, holder)):
        return False
    names = [plain_names(value) for value in values]
    if any(each is None for each in names):
        return False
    used = {name for each in names if each is not None for name in each}
    return _is_local(program, definition, used) and not _mentioned(program, used, line, call)


def _runs_first(program: Program, call: cst.Call, statement: cst.CSTNode) -> bool:
    """Whether the call is the first thing that the statement does."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    if dotted_name(call.func) is None:
        return False
    node: cst.CSTNode = call
    for outer in program.ancestors(call):
        if outer is statement:
            return statement.body[0] is node
        first = (
            isinstance(outer, (cst.Await, cst.Expr, cst.Return))
            or (isinstance(outer, cst.Assign) and outer.value is node)
            or (isinstance(outer, cst.Attribute) and outer.value is node)
            or (isinstance(outer, cst.Call) and outer.func is node)
        )
        if not first:
            return False
        node = outer
    return False


def _is_local(program: Program, definition: cst.CSTNode, names: set[str]) -> bool:
    """Whether no other function can bind the names anew."""
    scope = program.scope(definition)
    if scope is None:
        return False
    declared = {item.name.value for each in program.nodes(cst.Global, cst.Nonlocal) for item in each.names}
    return not (names & declared) and all(name in scope.assignments for name in names)


def _mentioned(program: Program, names: set[str], line: cst.CSTNode, call: cst.Call) -> bool:
    """Whether anything between the two may bind or change one of the names."""
    begin, end = extent(program, line)[1], extent(program, call)[0]
    return any(
        name.value in names and begin <= extent(program, name)[0] < end and not _only_reads(program, name)
        for name in program.nodes(cst.Name)
    )


def _only_reads(program: Program, name: cst.Name) -> bool:
    """Whether the name is only compared there, or put into a text."""
    holder = program.parent(name)
    if isinstance(holder, cst.Element):
        holder = program.parent(program.parent(holder) or holder)
    return isinstance(
        holder, (cst.BinaryOperation, cst.FormattedStringExpression, cst.Comparison, cst.ComparisonTarget)
    )
