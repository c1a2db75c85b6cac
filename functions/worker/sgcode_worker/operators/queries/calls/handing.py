"""How a call hands a query and its values over: to the driver, to pandas, or to a function of the file."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.binding import bound_call
from sgcode_worker.operators.queries.calls.frames import connection_of, params_of, with_params
from sgcode_worker.operators.queries.calls.runs import (
    existing_parameters,
    listed_values,
    receiver_of,
    run_of,
    runs,
    text_of_run,
    with_arguments,
)
from sgcode_worker.operators.queries.calls.wrapped_call import argument_of, wrapped_call
from sgcode_worker.operators.queries.calls.wrappers import called_function, wrapper_of
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.expressions import is_simple

Replacements = dict[cst.CSTNode, Replacement]


def all_runs(program: Program) -> Iterator[cst.Call]:
    """Yield every call that may run a query, through functions of the program as well."""
    yield from runs(program)
    for call in program.nodes(cst.Call):
        if receiver_of(call) is None and (
            connection_of(program, call) is not None or _text_argument(program, call) is not None
        ):
            yield call


def run_in(program: Program, text: cst.CSTNode) -> cst.Call | None:
    """Return the call that runs the text; None where it goes elsewhere."""
    argument = program.parent(text)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    if isinstance(call, cst.Call) and wrapper_of(program, call) is not None:
        return call if _text_argument(program, call) is argument else None
    if isinstance(call, cst.Call) and connection_of(program, call) is not None:
        return call if call.args[0] is argument else None
    return run_of(program, text)


def receiver_in(program: Program, call: cst.Call) -> cst.BaseExpression:
    """Return what the call runs the query on. Refuses a function of the program that does more than that."""
    wrapper = wrapper_of(program, call)
    if wrapper is not None:
        return wrapper.receiver
    connection = connection_of(program, call)
    if connection is not None:
        return connection
    function = called_function(program, call.func)
    if function is not None:
        raise Refusal(f"`{function.name.value}` of this file does more with the text than run it.")
    receiver = receiver_of(call)
    assert receiver is not None
    return receiver


def text_in(program: Program, call: cst.Call) -> cst.BaseExpression:
    """Return the text that the call runs."""
    if wrapper_of(program, call) is None:
        return text_of_run(call)
    argument = _text_argument(program, call)
    if argument is None:
        raise Refusal("Which argument of the call is the query cannot be told.")
    return argument.value


def given_in(program: Program, call: cst.Call) -> list[cst.BaseExpression] | None:
    """Return the values that the call passes for the query; None for none."""
    wrapper = wrapper_of(program, call)
    if wrapper is None:
        return existing_parameters(call) if connection_of(program, call) is None else params_of(call)
    argument = argument_of(wrapper, call, wrapper.values) if wrapper.values else None
    others = [each for each in call.args if each not in (argument, _text_argument(program, call))]
    if any(each.star for each in others) or not all(_only_reads(each.value) for each in others):
        raise Refusal("The call has other arguments, which may be computed in another order than before.")
    if wrapper.takes_rest:
        rest = call.args[len(wrapper.positional) :]
        return [each.value for each in rest if each.keyword is None] or None
    return None if argument is None else listed_values(argument.value)


def handed(
    program: Program,
    call: cst.Call,
    dialect: Dialect,
    text: cst.BaseExpression,
    values: list[cst.BaseExpression] | cst.Name,
) -> Replacements:
    """Return the call with the text and the values for it, and what the function it calls needs for that."""
    wrapper = wrapper_of(program, call)
    if wrapper is None:
        return {call: _direct(program, call, dialect, text, values)}
    return wrapped_call(program, wrapper, call, dialect, text, values)


def _only_reads(value: cst.BaseExpression) -> bool:
    """Whether computing the value does nothing else, so that it may come before or after others."""
    if isinstance(value, (cst.Tuple, cst.List)):
        return all(_only_reads(each.value) for each in value.elements)
    return is_simple(value) or (isinstance(value, cst.Dict) and not value.elements)


def _direct(
    program: Program,
    call: cst.Call,
    dialect: Dialect,
    text: cst.BaseExpression,
    values: list[cst.BaseExpression] | cst.Name,
) -> cst.Call:
    reads_frame = connection_of(program, call) is not None
    if isinstance(values, cst.Name):
        return with_params(call, text, values) if reads_frame else with_arguments(call, text, values)
    if not reads_frame:
        return bound_call(program, call, dialect, text, values)
    alone = bound_call(program, call.with_changes(args=[call.args[0]]), dialect, text, values)
    return with_params(call, alone.args[0].value, alone.args[1].value)


def _text_argument(program: Program, call: cst.Call) -> cst.Arg | None:
    wrapper = wrapper_of(program, call)
    return None if wrapper is None else argument_of(wrapper, call, wrapper.text)
