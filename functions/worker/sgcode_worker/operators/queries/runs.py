"""Calls that run a query."""

from collections.abc import Iterator, Sequence

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal


def runs(program: Program) -> Iterator[cst.Call]:
    """Yield every call of a method `execute`."""
    return (call for call in program.nodes(cst.Call) if receiver_of(call) is not None and call.args)


def receiver_of(call: cst.Call) -> cst.BaseExpression | None:
    """Return what `execute` is called on; None for any other call."""
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "execute":
        return call.func.value
    return None


def existing_parameters(call: cst.Call) -> list[cst.BaseExpression] | None:
    """Return the parameters that the call passes; None for no parameters. Refuses what cannot be counted."""
    if any(argument.star or argument.keyword is not None for argument in call.args) or len(call.args) > 2:
        raise Refusal("The call of execute has arguments that cannot be told apart.")
    if len(call.args) == 1:
        return None
    given = call.args[1].value
    if not isinstance(given, (cst.Tuple, cst.List)) or any(
        isinstance(each, cst.StarredElement) for each in given.elements
    ):
        raise Refusal("The call passes parameters already, in a variable whose order cannot be told.")
    return [each.value for each in given.elements]


def with_arguments(
    call: cst.Call, text: cst.BaseExpression, parameters: cst.BaseExpression | None
) -> cst.Call:
    """Return the call with another text and these parameters; what follows the last argument stays last."""
    first, last = call.args[0], call.args[-1]
    if parameters is None:
        return call.with_changes(args=[first.with_changes(value=text), *call.args[1:]])
    arguments: Sequence[cst.Arg] = [
        first.with_changes(
            value=text,
            comma=first.comma
            if len(call.args) > 1
            else cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")),
            whitespace_after_arg=first.whitespace_after_arg
            if len(call.args) > 1
            else cst.SimpleWhitespace(""),
        ),
        last.with_changes(value=parameters),
    ]
    return call.with_changes(args=arguments)
