"""Calls of a function of the program that runs a query: with the text and the values for it."""

from collections.abc import Iterator, Sequence

import libcst as cst

from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.runs import with_arguments
from sgcode_worker.operators.queries.calls.wrappers import Wrapper
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.parameters import parameter_tuple

_SPACED = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
_TIGHT = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))


def wrapped_call(
    program: Program,
    wrapper: Wrapper,
    call: cst.Call,
    dialect: Dialect,
    text: cst.BaseExpression,
    values: list[cst.BaseExpression] | cst.Name,
) -> dict[cst.CSTNode, Replacement]:
    """Return the call with the text and its values, and the function with a parameter for them if need be."""
    if dialect.passing != "together":
        raise Refusal("A function of this file runs the query, and this library takes values its own way.")
    place = argument_of(wrapper, call, wrapper.text)
    arguments = [each.with_changes(value=text) if each is place else each for each in call.args]
    if wrapper.takes_rest:
        given = (
            [cst.Arg(values, star="*")]
            if isinstance(values, cst.Name)
            else [cst.Arg(each) for each in values]
        )
        return {call: call.with_changes(args=_joined([*arguments[: len(wrapper.positional)], *given]))}
    together = values if isinstance(values, cst.Name) else parameter_tuple(values)
    changes: dict[cst.CSTNode, Replacement] = (
        {} if wrapper.values else _with_parameter(program, wrapper, dialect)
    )
    name = wrapper.values or _new_name(wrapper)
    existing = argument_of(wrapper, call, name) if wrapper.values else None
    if existing is not None:
        where = call.args.index(existing)
        arguments[where] = arguments[where].with_changes(value=together)
    else:
        positions = [*wrapper.positional, *([] if wrapper.values else [name])]
        by_order = all(each.keyword is None for each in call.args)
        next_one = by_order and positions[len(call.args) : len(call.args) + 1] == [name]
        keyword = None if next_one else cst.Name(name)
        equal = _TIGHT if keyword else cst.MaybeSentinel.DEFAULT
        added = cst.Arg(together, keyword=keyword, equal=equal)
        arguments = _joined([*arguments, added])
    return {call: call.with_changes(args=arguments), **changes}


def argument_of(wrapper: Wrapper, call: cst.Call, name: str) -> cst.Arg | None:
    """Return the argument that a parameter of the function gets; None for none, or where that is unclear."""
    for each in call.args:
        if each.keyword is not None and each.keyword.value == name:
            return each
    index = wrapper.positional.index(name) if name in wrapper.positional else len(call.args)
    before = call.args[: index + 1]
    fits = len(before) == index + 1 and not any(each.star or each.keyword for each in before)
    return before[index] if fits else None


def _joined(arguments: Sequence[cst.Arg]) -> list[cst.Arg]:
    """The arguments with commas between them; what followed the last one follows the new last one."""
    result = [
        each if isinstance(each.comma, cst.Comma) else each.with_changes(comma=_SPACED)
        for each in arguments[:-1]
    ]
    return [*result, arguments[-1]]


def _new_name(wrapper: Wrapper) -> str:
    taken = {each.value for each in _names(wrapper.function)}
    return next(
        each
        for each in ("params", "query_params", *map("params_{}".format, range(2, 99)))
        if each not in taken
    )


def _names(node: cst.CSTNode) -> Iterator[cst.Name]:
    if isinstance(node, cst.Name):
        yield node
    for child in node.children:
        yield from _names(child)


def _with_parameter(program: Program, wrapper: Wrapper, dialect: Dialect) -> dict[cst.CSTNode, Replacement]:
    """The function with an optional parameter for values, which changes nothing for its other callers."""
    parameters = wrapper.function.params
    takes_none = dialect.placeholder == "%s"
    like_sqlite = dialect.placeholder == "?" and dialect.names_in_double_quotes
    by_order = parameters.params and not isinstance(parameters.star_arg, cst.Param)
    if not by_order or not (like_sqlite or takes_none):
        raise Refusal(
            f"`{wrapper.function.name.value}`, which runs the query, takes no values beside its text."
        )
    default = cst.Tuple([]) if like_sqlite else cst.Name("None")
    name = _new_name(wrapper)
    last = parameters.params[-1]
    kept = last if isinstance(last.comma, cst.Comma) else last.with_changes(comma=_SPACED)
    added = cst.Param(
        cst.Name(name),
        default=default,
        equal=_TIGHT,
        comma=last.comma,
        star="",
    )
    changed = parameters.with_changes(params=[*parameters.params[:-1], kept, added])
    return {
        parameters: changed,
        **{each: with_arguments(each, each.args[0].value, cst.Name(name)) for each in wrapper.runs},
    }
