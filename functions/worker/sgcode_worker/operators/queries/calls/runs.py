"""Calls that run a query."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal

_METHODS = frozenset({"execute", "query", "sql"})
# Named arguments of frappe.db.sql that say how the answer is given, not what is asked.
_OPTIONS = frozenset({"as_dict", "as_list", "pluck", "debug", "as_iterator"})


def runs(program: Program) -> Iterator[cst.Call]:
    """Yield every call of a method that may run a query."""
    return (call for call in program.nodes(cst.Call) if receiver_of(call) is not None and call.args)


def receiver_of(call: cst.Call) -> cst.BaseExpression | None:
    """Return what `execute`, or what some libraries have in its place, is called on; None for other calls."""
    if isinstance(call.func, cst.Attribute) and call.func.attr.value in _METHODS:
        return call.func.value
    return None


def text_call(node: cst.BaseExpression) -> cst.Call | None:
    """Return the call where it is SQLAlchemy's `text(...)` by its name."""
    if not isinstance(node, cst.Call) or len(node.args) != 1:
        return None
    argument = node.args[0]
    name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    is_text = isinstance(name, cst.Name) and name.value == "text"
    return node if is_text and argument.keyword is None and not argument.star else None


def text_of_run(call: cst.Call) -> cst.BaseExpression:
    """Return the text that the call runs, without the `text(...)` around it."""
    return without_text_call(call.args[0].value)


def without_text_call(node: cst.BaseExpression) -> cst.BaseExpression:
    """Return what `text(...)` is given; any other expression as it is."""
    wrapper = text_call(node)
    return node if wrapper is None else wrapper.args[0].value


def is_in_text_call(program: Program, node: cst.CSTNode) -> bool:
    """Return whether the expression is what `text(...)` is given."""
    call = program.parent(program.parent(node) or node)
    return isinstance(call, cst.Call) and text_call(call) is not None and call.args[0].value is node


def run_of(program: Program, text: cst.CSTNode) -> cst.Call | None:
    """Return the call that runs the text, alone or in `text(...)`; None where it goes elsewhere."""
    argument = program.parent(text)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    if not isinstance(call, cst.Call) or not call.args or call.args[0] is not argument:
        return None
    if receiver_of(call) is not None:
        return call
    return run_of(program, call) if text_call(call) is not None else None


def existing_parameters(call: cst.Call) -> list[cst.BaseExpression] | None:
    """Return the parameters that the call passes; None for no parameters. Refuses what cannot be counted."""
    given_by_name = [argument.keyword.value for argument in call.args if argument.keyword is not None]
    count = len(call.args) - len(given_by_name)
    if (
        any(argument.star for argument in call.args)
        or count not in (1, 2)
        or not _OPTIONS.issuperset(given_by_name)
    ):
        raise Refusal("The call of execute has arguments that cannot be told apart.")
    if count == 1:
        return None
    return listed_values(call.args[1].value)


def listed_values(given: cst.BaseExpression) -> list[cst.BaseExpression]:
    """Return the values of a tuple or list, or a name with a star. Refuses what cannot be counted."""
    if isinstance(given, cst.Name) and given.value != "None":
        return [cst.StarredElement(given)]
    if not isinstance(given, (cst.Tuple, cst.List)) or any(
        isinstance(each, cst.StarredElement) for each in given.elements
    ):
        raise Refusal("The call passes parameters already, in a variable whose order cannot be told.")
    return [each.value for each in given.elements]


def with_arguments(
    call: cst.Call, text: cst.BaseExpression, parameters: cst.BaseExpression | None
) -> cst.Call:
    """Return the call with another text and these parameters; what follows the last argument stays last."""
    first, *others = call.args
    if parameters is None:
        return call.with_changes(args=[first.with_changes(value=text), *others])
    if others and others[0].keyword is None:
        given = others[0].with_changes(value=parameters)
        return call.with_changes(args=[first.with_changes(value=text), given, *others[1:]])
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    alone = first.with_changes(value=text, comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
    return call.with_changes(args=[alone, first.with_changes(value=parameters), *others])
