"""Values put into a statement in the way of each driver, with the errors that each would raise."""

import datetime
import decimal
from collections.abc import Mapping, Sequence
from typing import Any

from sgcode_runner.inside.fakes.sql_canon import canonical_tokens, quoted
from sgcode_runner.inside.fakes.sql_tokens import Token, tokens_of


class BindingError(Exception):
    """The values do not fit the statement. `name` is the database error's name, or TypeError and the like."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def bound_tokens(style: str, statement: str, values: Any) -> list[Token]:
    """Return the statement's canonical tokens with the values in their places. Raises BindingError.

    `style` is qmark (? and :name), format (%s, as Python's own formatting) or numeric (:1 and :name).
    """
    if not isinstance(statement, (str, bytes)):
        raise BindingError("TypeError", "the statement must be a text")
    text = statement.decode("utf-8", "replace") if isinstance(statement, bytes) else statement
    double_is_text = style != "numeric"
    if style == "format":
        return canonical_tokens(tokens_of(_formatted(text, values), double_is_text=double_is_text))
    tokens = tokens_of(text, double_is_text=double_is_text, backslash=False)
    return canonical_tokens(_replaced(tokens, values, style))


def _formatted(text: str, values: Any) -> str:
    if values is None:
        return text
    if isinstance(values, Mapping):
        literals: Any = {key: literal(value, "format") for key, value in values.items()}
    elif isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise BindingError("TypeError", "not all arguments converted during string formatting")
    else:
        literals = tuple(literal(value, "format") for value in values)
    try:
        return text % literals
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise BindingError("ProgrammingError", str(error)) from None


def _replaced(tokens: list[Token], values: Any, style: str) -> list[Token]:
    marks = [token.value for token in tokens if token.kind == "mark" and token.value[0] in "?:"]
    if isinstance(values, Mapping):
        named = {str(key).lstrip(":"): value for key, value in values.items()}
        missing = [mark for mark in marks if mark[1:] not in named]
        if missing:
            raise BindingError("ProgrammingError", f"no value was given for {missing[0]}")
        given = iter([named[mark[1:]] for mark in marks])
    else:
        listed = list(values) if values is not None else []
        places = set(marks) - {"?"} if style == "numeric" or "?" not in marks else marks
        if len(listed) != len(places):
            raise BindingError(
                "ProgrammingError",
                f"Incorrect number of bindings supplied. The statement uses {len(places)}, "
                f"and there are {len(listed)} supplied.",
            )
        order = list(dict.fromkeys(marks)) if len(places) != len(marks) else marks
        given = iter([listed[order.index(mark) if mark != "?" else at] for at, mark in enumerate(marks)])
    replaced: list[Token] = []
    for token in tokens:
        if token.kind == "mark" and token.value[0] in "?:":
            replaced.extend(tokens_of(literal(next(given), style), double_is_text=False, backslash=False))
        else:
            replaced.append(token)
    return replaced


def literal(value: Any, style: str) -> str:
    """Return a bound value as an SQL literal. Raises BindingError for what no driver takes."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (int, float, decimal.Decimal)):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"x'{bytes(value).hex()}'"
    if isinstance(value, (datetime.date, datetime.time, datetime.datetime)):
        return quoted(str(value))
    if isinstance(value, str):
        return quoted(value.replace("\\", "\\\\") if style == "format" else value)
    if isinstance(value, (list, tuple, set, frozenset)) and style == "format":
        return "(" + ", ".join(literal(each, style) for each in value) + ")"
    if type(value).__name__ == "Stub":
        return quoted(str(value))
    raise BindingError("ProgrammingError", f"type '{type(value).__name__}' is not supported")
