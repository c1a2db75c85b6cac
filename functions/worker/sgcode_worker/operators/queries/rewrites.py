"""The rewrite of one query: where its text stands in the call, and where it goes through a variable."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver_of import dialect_of
from sgcode_worker.operators.queries.expressions import is_simple
from sgcode_worker.operators.queries.moves import can_move
from sgcode_worker.operators.queries.parameters import parameter_tuple
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.runs import existing_parameters, receiver_of, with_arguments
from sgcode_worker.operators.queries.statement import QueryText
from sgcode_worker.operators.queries.variable import Definition, Variable

Replacements = dict[cst.CSTNode, Replacement]
_NOTHING = "The query is a constant text already."


def rewrite_call(program: Program, call: cst.Call) -> Replacements:
    """Return the call of execute with a constant text and the values as parameters."""
    receiver = receiver_of(call)
    assert receiver is not None
    dialect = dialect_of(program, receiver)
    existing = existing_parameters(call)
    text = QueryText(program, call.args[0].value, dialect, has_parameters=existing is not None)
    if not text.built.is_built:
        raise Refusal(_NOTHING)
    parameters = text.parameters(existing or ())
    if not text.is_filled:
        return {call.args[0].value: text.written(bound=existing is not None)}
    if existing and not all(is_simple(value) for value in parameters):
        raise Refusal("The query's values would be computed in another order than before.")
    written = text.written(bound=True)
    given = call.args[1].value if existing is not None else None
    together = parameter_tuple(parameters)
    return {call: with_arguments(call, written, _like(given, together))}


def rewrite_variable(program: Program, variable: Variable) -> Replacements:
    """Return the assignments with constant texts and the calls with the values as parameters."""
    dialects = {dialect_of(program, receiver) for call in variable.calls if (receiver := receiver_of(call))}
    if len(dialects) != 1:
        raise Refusal(f"`{variable.name}` is run by different database drivers.")
    dialect = dialects.pop()
    texts = {
        each: QueryText(program, each.value, dialect, is_whole=not isinstance(each, cst.AugAssign))
        for each in variable.definitions
        if each.value is not None
    }
    values = {each: text.parameters() for each, text in texts.items()}
    if not any(text.built.is_built for text in texts.values()):
        raise Refusal(_NOTHING)
    _check_pieces(texts, dialect.placeholder)
    bound = any(text.is_filled for text in texts.values())
    replacements: Replacements = {}
    for text in texts.values():
        if text.built.is_built or _says_percent(text, bound):
            replacements[text.expression] = text.written(bound=bound)
    if not bound:
        return replacements
    first, call = variable.definitions[0], variable.calls[0]
    if len(texts) == 1 and len(variable.calls) == 1 and can_move(program, first, call, values[first]):
        replacements[call] = with_arguments(call, call.args[0].value, parameter_tuple(values[first]))
        return replacements
    return _through_name(program, variable, values, replacements)


def _like(given: cst.BaseExpression | None, parameters: cst.Tuple) -> cst.Tuple | cst.List:
    """The parameters as a list where the program gives a list."""
    if not isinstance(given, cst.List):
        return parameters
    last = parameters.elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return cst.List([*parameters.elements[:-1], last])


def _check_pieces(texts: dict[Definition, QueryText], placeholder: str) -> None:
    """Refuse pieces that would run into each other, or whose placeholders would need numbers."""
    added = [text for each, text in texts.items() if isinstance(each, cst.AugAssign)]
    if not added:
        return
    if placeholder == ":":
        raise Refusal("The query is put together from pieces, and this driver numbers its placeholders.")
    for text in added:
        start = next(iter(text.query.parts), None)
        value = getattr(start, "value", "")
        if not value or not (value.isspace() or value in "),;"):
            raise Refusal("A piece is added to the query without a blank before it.")
    for text in texts.values():
        said = "".join(getattr(part, "value", "") for part in text.query.parts)
        if any(mark in said for mark in ("--", "/*", "#")):
            raise Refusal("The query is put together from pieces and has a comment.")


def _says_percent(text: QueryText, bound: bool) -> bool:
    doubles = bound and text.dialect.doubles_percent
    return doubles and any(getattr(part, "value", "") == "%" for part in text.query.parts)


def _through_name(
    program: Program,
    variable: Variable,
    values: dict[Definition, list[cst.BaseExpression]],
    replacements: Replacements,
) -> Replacements:
    """Keep the values in a variable of their own, assigned beside the text."""
    name = _unused(program, f"{variable.name}_params")
    result: Replacements = {}
    for definition, parameters in values.items():
        line = program.parent(definition)
        if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
            raise Refusal("The query is put together on a line with other statements.")
        assert definition.value is not None
        text = replacements.get(definition.value, definition.value)
        changed = line.with_changes(body=[line.body[0].with_changes(value=text)])
        kept = _assignment(name, parameters, added=isinstance(definition, cst.AugAssign))
        result[line] = changed if kept is None else cst.FlattenSentinel([changed, kept])
    for call in variable.calls:
        result[call] = with_arguments(call, call.args[0].value, cst.Name(name))
    return result


def _assignment(
    name: str, parameters: Sequence[cst.BaseExpression], *, added: bool
) -> cst.SimpleStatementLine | None:
    if added and not parameters:
        return None
    value = parameter_tuple(list(parameters))
    statement: cst.Assign | cst.AugAssign
    if added:
        statement = cst.AugAssign(cst.Name(name), cst.AddAssign(), value)
    else:
        statement = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    return cst.SimpleStatementLine([statement])


def _unused(program: Program, name: str) -> str:
    taken = {each.value for each in program.nodes(cst.Name)}
    number = 2
    candidate = name
    while candidate in taken:
        candidate = f"{name}_{number}"
        number += 1
    return candidate
