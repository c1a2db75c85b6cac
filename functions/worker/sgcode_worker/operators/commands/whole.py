"""Commands that a function is given whole."""

from collections.abc import Iterator

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.pieces import UnreadableError, read_pieces
from sgcode_worker.operators.commands.programs import WHOLE, check_program
from sgcode_worker.operators.commands.words import split_words
from sgcode_worker.operators.program import Program


def check_given(program: Program, name: cst.Name) -> None:
    """Raise UnreadableError unless the name is a parameter that always gets one simple command.

    That is so where the function is only called in this file, and every call gives a text of plain words.
    """
    function = program.enclosing(name, cst.FunctionDef)
    scope = program.scope(name)
    assignments = list(scope[name.value]) if scope is not None else []
    parameter = getattr(assignments[0], "node", None) if len(assignments) == 1 else None
    if (
        function is None
        or not isinstance(parameter, cst.Param)
        or not isinstance(scope, metadata.FunctionScope)
    ):
        raise UnreadableError(WHOLE)
    parameters = [*function.params.posonly_params, *function.params.params]
    if parameter not in parameters or function.decorators:
        raise UnreadableError(WHOLE)
    given = list(_given(program, function, parameters.index(parameter), parameter))
    if not given:
        raise UnreadableError(WHOLE)
    for value in given:
        _check_simple(program, value)


def _check_simple(program: Program, value: cst.BaseExpression) -> None:
    split = split_words(read_pieces(program, value))
    if split.redirections:
        raise UnreadableError("A call gives the function a command with a redirection.")
    check_program(program, split.words)


def _given(
    program: Program, function: cst.FunctionDef, index: int, parameter: cst.Param
) -> Iterator[cst.BaseExpression]:
    """What the calls in this file give the parameter."""
    called = [each for each in program.nodes(cst.Call) if _last(each.func) is not None]
    calls = [each for each in called if getattr(_last(each.func), "value", "") == function.name.value]
    known = {_last(each.func) for each in calls} | {function.name}
    mentions = [each for each in program.nodes(cst.Name) if each.value == function.name.value]
    if any(each not in known for each in mentions):
        raise UnreadableError(
            "The function that runs the command is handed around, so its calls cannot be told."
        )
    for call in calls:
        yield _argument(call, function, index, parameter)


def _last(node: cst.BaseExpression) -> cst.Name | None:
    if isinstance(node, cst.Attribute):
        return node.attr
    return node if isinstance(node, cst.Name) else None


def _argument(
    call: cst.Call, function: cst.FunctionDef, index: int, parameter: cst.Param
) -> cst.BaseExpression:
    if any(each.star for each in call.args):
        raise UnreadableError(WHOLE)
    first = function.params.params[0].name.value if function.params.params else ""
    position = index - 1 if first in {"self", "cls"} and isinstance(call.func, cst.Attribute) else index
    positional = [each for each in call.args if each.keyword is None]
    if position < len(positional):
        return positional[position].value
    named = [each for each in call.args if each.keyword and each.keyword.value == parameter.name.value]
    found = named[0].value if named else parameter.default
    if found is None:
        raise UnreadableError(WHOLE)
    return found
