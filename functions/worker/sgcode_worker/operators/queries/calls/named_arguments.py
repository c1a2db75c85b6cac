"""The arguments of a call that puts values of its own beside its SQL."""

from collections.abc import Mapping, Sequence

import libcst as cst

from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.expressions import is_simple
from sgcode_worker.operators.queries.text.parameters import parameter_tuple


def arguments_by_name(call: cst.Call, names: Sequence[str]) -> dict[str, cst.Arg]:
    """Return the arguments by the names that the parameters have. Refuses what cannot be told apart."""
    found: dict[str, cst.Arg] = {}
    for position, argument in enumerate(call.args):
        if argument.star or (argument.keyword is None and position >= len(names)):
            raise Refusal("The call has arguments that cannot be told apart.")
        name = names[position] if argument.keyword is None else argument.keyword.value
        found[name] = argument
    if not found.keys() <= set(names):
        raise Refusal("The call has arguments that Django's method does not take.")
    return found


def values_given(argument: cst.Arg | None) -> list[cst.BaseExpression]:
    """Return the values that the argument lists. Refuses one that holds them in another way."""
    if argument is None or (isinstance(argument.value, cst.Name) and argument.value.value == "None"):
        return []
    value = argument.value
    if not isinstance(value, (cst.List, cst.Tuple)):
        raise Refusal("The call passes parameters already, in a variable whose order cannot be told.")
    if any(isinstance(each, cst.StarredElement) for each in value.elements):
        raise Refusal("The call passes parameters already, in a variable whose order cannot be told.")
    return [each.value for each in value.elements]


def check_order(arguments: Mapping[str, cst.Arg], changed: Mapping[str, cst.BaseExpression]) -> None:
    """Refuse values that would be computed in another order than before."""
    bound = [changed[name] for name in ("params", "select_params") if name in changed]
    values = [each.value for one in bound if isinstance(one, cst.List) for each in one.elements]
    others = [argument.value for name, argument in arguments.items() if name not in changed]
    if len(changed) == 2 and not others and len(values) == 1:
        return
    if not all(is_simple(value) for value in values):
        raise Refusal("The query's values would be computed in another order than before.")


def list_of(values: list[cst.BaseExpression]) -> cst.List:
    """Return the values as a list."""
    elements = list(parameter_tuple(values).elements)
    return cst.List([*elements[:-1], elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)])


def with_named(
    call: cst.Call, arguments: Mapping[str, cst.Arg], changed: Mapping[str, cst.BaseExpression]
) -> cst.Call:
    """Return the call with these arguments; those that it did not have come last, by name."""
    names = {id(argument): name for name, argument in arguments.items()}
    kept = [
        argument.with_changes(value=changed.get(names[id(argument)], argument.value))
        for argument in call.args
    ]
    added = [name for name in changed if name not in arguments]
    if not added:
        return call.with_changes(args=kept)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    between, last = _between(call), kept[-1]
    new = [cst.Arg(changed[name], cst.Name(name), equal, comma=between) for name in added]
    new[-1] = new[-1].with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
    first = last.with_changes(comma=between, whitespace_after_arg=cst.SimpleWhitespace(""))
    return call.with_changes(args=[*kept[:-1], first, *new])


def _between(call: cst.Call) -> cst.Comma:
    """The comma between two arguments, on one line or on several as the call has them."""
    comma = call.args[0].comma
    if not isinstance(comma, cst.Comma):
        return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return comma if len(call.args) > 1 else comma.with_changes(whitespace_after=call.whitespace_before_args)
