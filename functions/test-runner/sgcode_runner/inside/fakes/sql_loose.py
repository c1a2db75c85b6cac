"""Statements that are handed to something unknown: any driver's way of writing values may be meant."""

import re
from collections.abc import Mapping
from typing import Any

from sgcode_runner.inside.fakes.sql_bind import BindingError, bound_tokens
from sgcode_runner.inside.fakes.sql_canon import written
from sgcode_runner.inside.fakes.sql_tokens import Token
from sgcode_runner.inside.watch.render import text_of

_STATEMENT = re.compile(r"\s*(?:select|insert|update|delete|replace|with)\s", re.IGNORECASE)
_FORMAT = re.compile(r"%(?:\(\w+\))?[sd]")


def loose_tokens(statement: Any, values: Any) -> list[Token]:
    """Return the canonical tokens, whichever style the statement's own marks show. Raises BindingError."""
    style = "format" if _FORMAT.search(str(statement)) else "qmark"
    if values is not None and not isinstance(values, (list, tuple, Mapping)):
        values = [values]
    return bound_tokens(style, statement, values or None)


def statement_of(values: tuple[Any, ...], named: dict[str, Any]) -> str | None:
    """Return the statement that a call hands over, its values in their places; None for any other call."""
    if not values or not isinstance(values[0], str) or not _STATEMENT.match(values[0]):
        return None
    rest = values[1:]
    given = rest[0] if len(rest) == 1 and isinstance(rest[0], (list, tuple, Mapping)) else list(rest) or None
    # What the statement does not name says how it is to be answered, as `as_dict=True` does.
    options = {key: value for key, value in named.items() if f":{key}" not in values[0]}
    options = {key: value for key, value in options.items() if f"%({key})s" not in values[0]}
    bound = {key: value for key, value in named.items() if key not in options}
    shown = "".join(f" {key}={text_of(value)}" for key, value in options.items())
    try:
        return written(loose_tokens(values[0], bound or given)) + shown
    except BindingError:
        return None
