"""The call that gives its values to the driver, in the way that the driver takes them."""

import re
from collections.abc import Iterable, Sequence

import libcst as cst

from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.queries.bindings import bindings_of
from sgcode_worker.operators.queries.calls.runs import is_in_text_call, text_call, with_arguments
from sgcode_worker.operators.queries.driver.drivers import BOUND, Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.parameters import parameter_tuple
from sgcode_worker.operators.visibility import dotted_name

_PLACEHOLDER = re.compile(f":{BOUND}(\\d+)")
_SPACE = cst.SimpleWhitespace(" ")


def bound_call(
    program: Program,
    call: cst.Call,
    dialect: Dialect,
    text: cst.BaseExpression,
    values: list[cst.BaseExpression],
) -> cst.Call:
    """Return the call with this text and these values for its placeholders."""
    if dialect.passing == "one by one":
        arguments = [cst.Arg(each) for each in values]
        first = call.args[0].with_changes(value=text, comma=cst.MaybeSentinel.DEFAULT)
        return call.with_changes(args=[first, *arguments])
    if dialect.passing == "named":
        return with_arguments(call, _as_text(program, call, text), _dictionary(program, values))
    given = call.args[1].value if len(call.args) > 1 else None
    together = parameter_tuple(values)
    if not isinstance(given, cst.List):
        return with_arguments(call, text, together)
    last = together.elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return with_arguments(call, text, cst.List([*together.elements[:-1], last]))


def check_wrapped(program: Program, dialect: Dialect, texts: Iterable[cst.CSTNode]) -> None:
    """Refuse texts that go through a function `text`, where it cannot be SQLAlchemy's."""
    if dialect.passing != "named" and any(is_in_text_call(program, each) for each in texts):
        raise Refusal("The query goes through a function `text` on its way to the driver.")


def named_text(
    program: Program, dialect: Dialect, text: cst.BaseExpression, values: Sequence[cst.BaseExpression]
) -> cst.BaseExpression:
    """Return the text with the names of the values as placeholders, where the driver takes names."""
    if dialect.passing != "named":
        return text
    names = _names(program, values)
    if isinstance(text, cst.ConcatenatedString):
        left = named_text(program, dialect, text.left, values)
        right = named_text(program, dialect, text.right, values)
        return text.with_changes(left=left, right=right)
    assert isinstance(text, cst.SimpleString)
    return text.with_changes(value=_PLACEHOLDER.sub(lambda found: f":{names[int(found[1]) - 1]}", text.value))


def import_for(program: Program, call: cst.Call, dialect: Dialect) -> NeededImport | None:
    """Return what the bound call needs imported."""
    ready = dialect.passing != "named" or _is_text(program, call.args[0].value)
    return None if ready else _text_function(program, call)[1]


def _is_text(program: Program, query: cst.BaseExpression) -> bool:
    """Whether the query is an object that `text(...)` gave already."""
    if not isinstance(query, cst.Name):
        return text_call(query) is not None
    values = bindings_of(program, query)
    return bool(values) and all(each is not None and text_call(each) is not None for each in values)


def _as_text(program: Program, call: cst.Call, text: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(text, cst.Name) and _is_text(program, text):
        return text
    wrapper = text_call(call.args[0].value)
    if wrapper is not None:
        return wrapper.with_changes(args=[wrapper.args[0].with_changes(value=text)])
    return cst.Call(_text_function(program, call)[0], [cst.Arg(text)])


def _text_function(program: Program, call: cst.Call) -> tuple[cst.BaseExpression, NeededImport | None]:
    """`text` of SQLAlchemy, from an import that is there, else imported alone."""
    function, needed = program.reference("sqlalchemy", "text", at=call)
    if needed is None or needed.name is not None:
        return function, needed
    taken = {each.value for each in program.nodes(cst.Name)}
    name = next(each for each in ("text", "sql_text", "sqlalchemy_text", "_text") if each not in taken)
    alias = None if name == "text" else name
    return cst.Name(name), NeededImport("sqlalchemy", "text", alias)


def _dictionary(program: Program, values: Sequence[cst.BaseExpression]) -> cst.Dict:
    by_name = dict(zip(_names(program, values), values, strict=True))
    elements = [
        cst.DictElement(cst.SimpleString(f'"{name}"'), value, comma=cst.Comma(whitespace_after=_SPACE))
        for name, value in by_name.items()
    ]
    return cst.Dict([*elements[:-1], elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)])


def _names(program: Program, values: Sequence[cst.BaseExpression]) -> list[str]:
    """A name for each value, the same for a variable or attribute that comes twice."""
    names: list[str] = []
    taken: dict[str, str] = {}
    for value in values:
        code = program.code(value)
        base = name = _name(value)
        number = 2
        while taken.get(name, code) != code or (name in taken and dotted_name(value) is None):
            name = f"{base}_{number}"
            number += 1
        taken[name] = code
        names.append(name)
    return names


def _name(value: cst.BaseExpression) -> str:
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and len(value.args) == 1:
        return _name(value.args[0].value)
    name = value.attr if isinstance(value, cst.Attribute) else value
    return name.value if isinstance(name, cst.Name) and name.value.isascii() else "value"
