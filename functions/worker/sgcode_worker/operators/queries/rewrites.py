"""The rewrite of one query: where its text stands in the call, and where it goes through a variable."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.binding import check_wrapped, named_text
from sgcode_worker.operators.queries.calls.handing import Replacements, given_in, handed, receiver_in, text_in
from sgcode_worker.operators.queries.calls.runs import without_text_call
from sgcode_worker.operators.queries.driver.driver_of import dialect_of
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.moves import can_move
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.statement import QueryText
from sgcode_worker.operators.queries.text.expressions import is_simple
from sgcode_worker.operators.queries.text.parameters import parameter_tuple
from sgcode_worker.operators.queries.variable import Definition, Variable

_NOTHING = "The query is a constant text already."


def rewrite_call(program: Program, call: cst.Call, driver: str | None) -> Replacements:
    """Return the call of execute with a constant text and the values as parameters."""
    dialect = dialect_of(program, receiver_in(program, call), driver)
    existing = given_in(program, call)
    query = text_in(program, call)
    check_wrapped(program, dialect, [query])
    text = QueryText(program, query, dialect, has_parameters=existing is not None)
    if not text.built.is_built:
        raise Refusal(_NOTHING)
    parameters = text.parameters(existing or ())
    if not text.is_filled:
        return {query: text.written(bound=existing is not None)}
    if existing and dialect.is_numbered:
        raise Refusal("The query has parameters already, and this driver numbers its placeholders.")
    if existing and not all(_is_simple(value) for value in parameters):
        raise Refusal("The query's values would be computed in another order than before.")
    written = named_text(program, dialect, text.written(bound=True), parameters)
    return {**text.elsewhere, **handed(program, call, dialect, written, parameters)}


def _is_simple(value: cst.BaseExpression) -> bool:
    return is_simple(value.value if isinstance(value, cst.StarredElement) else value)


def rewrite_variable(program: Program, variable: Variable, driver: str | None) -> Replacements:
    """Return the assignments with constant texts and the calls with the values as parameters."""
    dialects = {dialect_of(program, receiver_in(program, call), driver) for call in variable.calls}
    if len(dialects) != 1:
        raise Refusal(f"`{variable.name}` is run by different database drivers.")
    dialect = dialects.pop()
    given = [given_in(program, call) for call in variable.calls]
    if any(each is not None for each in given):
        return _with_given(program, variable, dialect, given[0])
    texts = {
        each: QueryText(program, text, dialect, is_whole=not isinstance(each, cst.AugAssign))
        for each in variable.definitions
        if each.value is not None and (text := without_text_call(each.value))
    }
    run = [text_in(program, call) for call in variable.calls]
    check_wrapped(program, dialect, [*run, *(text.expression for text in texts.values())])
    values = {each: text.parameters() for each, text in texts.items()}
    if not any(text.built.is_built for text in texts.values()):
        raise Refusal(_NOTHING)
    _check_pieces(texts, dialect)
    bound = any(text.is_filled for text in texts.values())
    replacements: Replacements = {}
    for text in texts.values():
        replacements |= text.elsewhere
        if text.built.is_built or _says_percent(text, bound):
            replacements[text.expression] = text.written(bound=bound)
    if not bound:
        return replacements
    first, call = variable.definitions[0], variable.calls[0]
    if len(texts) == 1 and len(variable.calls) == 1 and can_move(program, first, call, values[first]):
        text = texts[first]
        written = named_text(program, dialect, text.written(bound=True), values[first])
        replacements[text.expression] = written
        return replacements | handed(program, call, dialect, text_in(program, call), values[first])
    if dialect.passing != "together":
        raise Refusal("The query and its values are too far apart for how this library takes parameters.")
    return _through_name(program, variable, dialect, values, replacements)


def _with_given(
    program: Program, variable: Variable, dialect: Dialect, given: list[cst.BaseExpression] | None
) -> Replacements:
    """The one assignment and the one call, which passes parameters already and now more of them."""
    first, call = variable.definitions[0], variable.calls[0]
    alone = len(variable.definitions) == 1 and len(variable.calls) == 1
    if not alone or given is None or first.value is None or dialect.is_numbered:
        raise Refusal(f"`{variable.name}` is run with parameters that are given apart from it.")
    text = QueryText(program, first.value, dialect, has_parameters=True)
    if not text.built.is_built:
        raise Refusal(_NOTHING)
    parameters = text.parameters(given)
    moved = [each for each in parameters if all(each is not known for known in given)]
    if not all(map(_is_simple, parameters)) or not can_move(program, first, call, moved):
        raise Refusal("The query's values would be computed in another order than before.")
    return {
        **text.elsewhere,
        text.expression: text.written(bound=True),
        **handed(program, call, dialect, text_in(program, call), parameters),
    }


def _check_pieces(texts: dict[Definition, QueryText], dialect: Dialect) -> None:
    """Refuse pieces that would run into each other, or whose placeholders would need numbers."""
    added = [text for each, text in texts.items() if isinstance(each, cst.AugAssign)]
    if not added:
        return
    if dialect.is_numbered:
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
    dialect: Dialect,
    values: dict[Definition, list[cst.BaseExpression]],
    replacements: Replacements,
) -> Replacements:
    """Keep the values in a variable of their own, assigned beside the text."""
    name = _unused(program, f"{variable.name}_params")
    result: Replacements = {
        node: each for node, each in replacements.items() if all(node is not text.value for text in values)
    }
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
        result |= handed(program, call, dialect, text_in(program, call), cst.Name(name))
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
