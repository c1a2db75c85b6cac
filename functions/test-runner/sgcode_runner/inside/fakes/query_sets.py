"""SQL that Django's query sets take, where Django is not installed: its values put into their places."""

from collections.abc import Mapping
from typing import Any

from sgcode_runner.inside.fakes.sql_bind import BindingError, bound_tokens
from sgcode_runner.inside.fakes.sql_canon import written

# From the signatures in the documentation of Django 5.2.
_ARGUMENTS = {
    "extra": ("select", "where", "params", "tables", "order_by", "select_params"),
    "RawSQL": ("sql", "params", "output_field"),
}
_PLACES = (("where", "params"), ("select", "select_params"), ("sql", "params"))


def with_values_placed(
    path: str, values: tuple[Any, ...], named: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of `extra` and `RawSQL` with texts that hold their values; others as they are."""
    names = _ARGUMENTS.get(path.rpartition(".")[2], ())
    if not names or len(values) > len(names):
        return values, named
    arguments = {**dict(zip(names, values, strict=False)), **named}
    try:
        for texts, given in _PLACES:
            if texts in arguments:
                arguments[texts] = _placed(arguments[texts], list(arguments.pop(given, None) or ()))
    except (BindingError, TypeError):
        return values, named
    return (), arguments


def _placed(texts: Any, values: list[Any]) -> Any:
    if isinstance(texts, Mapping):
        return dict(zip(texts, _placed(list(texts.values()), values), strict=True))
    parts = [texts] if isinstance(texts, str) else list(texts)
    found = []
    for part in parts:
        count = part.replace("%%", "").count("%s")
        found.append(written(bound_tokens("format", part, values[:count])))
        values = values[count:]
    if values:
        raise BindingError("TypeError", "not all arguments converted")
    return found
