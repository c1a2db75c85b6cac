"""Calls of pandas that run a query: `read_sql(text, connection, params=...)`."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.runs import listed_values
from sgcode_worker.operators.queries.refusal import Refusal

_READERS = frozenset(
    f"{module}.{name}" for module in ("pandas", "pd") for name in ("read_sql", "read_sql_query")
)
_TIGHT = cst.SimpleWhitespace("")
_SPACED = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def connection_of(program: Program, call: cst.Call) -> cst.BaseExpression | None:
    """Return the connection that pandas reads the query from; None for any other call."""
    name = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    named_so = isinstance(name, cst.Name) and name.value in ("read_sql", "read_sql_query")
    if len(call.args) < 2 or not (named_so or isinstance(call.func, cst.Name)):
        return None
    plain = call.args[0].keyword is None and not any(each.star for each in call.args)
    if not plain or not program.imported_names(call.func) & _READERS:
        return None
    if call.args[1].keyword is None:
        return call.args[1].value
    return next((each.value for each in call.args if each.keyword and each.keyword.value == "con"), None)


def params_of(call: cst.Call) -> list[cst.BaseExpression] | None:
    """Return the values in the order of the placeholders; None for none. Refuses what cannot be counted."""
    argument = _params(call)
    if argument is None and sum(each.keyword is None for each in call.args) > 4:
        raise Refusal("The call passes parameters already, in a place that is easily misread.")
    given = None if argument is None else argument.value
    if given is None or (isinstance(given, cst.Name) and given.value == "None"):
        return None
    return listed_values(given)


def with_params(call: cst.Call, text: cst.BaseExpression, values: cst.BaseExpression) -> cst.Call:
    """Return the call with this text and these values."""
    argument = _params(call)
    arguments = [call.args[0].with_changes(value=text), *call.args[1:]]
    if argument is not None:
        arguments[call.args.index(argument)] = argument.with_changes(value=values)
        return call.with_changes(args=arguments)
    last = arguments[-1]
    added = cst.Arg(
        values,
        keyword=cst.Name("params"),
        equal=cst.AssignEqual(_TIGHT, _TIGHT),
        comma=last.comma,
        whitespace_after_arg=last.whitespace_after_arg,
    )
    arguments[-1] = last.with_changes(comma=_SPACED, whitespace_after_arg=_TIGHT)
    return call.with_changes(args=[*arguments, added])


def _params(call: cst.Call) -> cst.Arg | None:
    return next((each for each in call.args if each.keyword and each.keyword.value == "params"), None)
