"""A query that is put together once more only to print it, beside the call that runs it."""

import libcst as cst

from sgcode_worker.operators.literals import literal
from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.handing import Replacements, all_runs, receiver_in, text_in
from sgcode_worker.operators.queries.calls.shown import is_shown
from sgcode_worker.operators.queries.driver.driver_of import dialect_of
from sgcode_worker.operators.queries.statement import QueryText
from sgcode_worker.operators.queries.text.parameters import parameter_tuple
from sgcode_worker.operators.queries.text.pieces import is_text

_SPACED = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def shown_text(
    program: Program, edit: PlannedEdit, driver: str | None
) -> tuple[cst.Call, Replacements] | None:
    """Return the statement that shows the query, and it with the text and its values apart.

    None where the planned text is not shown by itself, or the function does not run the same one.
    Refuses what no parameter can say.
    """
    calls = [each for each in program.nodes(cst.Call) if len(each.args) == 1 and is_text(each.args[0].value)]
    call = planned_node(program, edit, calls)
    if call is None or not is_shown(program, call.args[0].value):
        return None
    shown = call.args[0].value
    code = program.code(shown)
    function = program.enclosing(call, cst.FunctionDef)
    for run in all_runs(program):
        if (
            program.enclosing(run, cst.FunctionDef) is function
            and program.code(text_in(program, run)) == code
        ):
            text = QueryText(program, shown, dialect_of(program, receiver_in(program, run), driver))
            if text.elsewhere:
                return None
            values = cst.Arg(parameter_tuple(text.parameters()))
            said = [call.args[0].with_changes(value=text.written(bound=True), comma=_SPACED), values]
            template = (
                [cst.Arg(literal("%s %s"), comma=_SPACED)] if isinstance(call.func, cst.Attribute) else []
            )
            return call, {call: call.with_changes(args=[*template, *said])}
    return None
