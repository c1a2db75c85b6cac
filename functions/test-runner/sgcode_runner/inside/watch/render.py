"""Values as text that is the same in every run: no addresses, no order that hashing decides."""

import re
from collections.abc import Mapping
from typing import Any

_ADDRESS = re.compile(r"\s+at 0x[0-9a-fA-F]+|0x[0-9a-fA-F]{8,}")
_MAX_DEPTH = 6
_MAX_ITEMS = 60
_PLAIN = (type(None), bool, int, float, complex, str, bytes)


def without_addresses(text: str) -> str:
    """Return the text without the memory addresses that Python's own `repr` puts in."""
    return _ADDRESS.sub("", text)


def text_of(value: Any, depth: int = 0) -> str:
    """Return a stable text for any value. Never raises for what a value's own methods do."""
    if type(value) in _PLAIN:
        return repr(value)
    if depth > _MAX_DEPTH:
        return "..."
    try:
        return _of_other(value, depth)
    except Exception as error:
        return f"<{type(value).__name__} without a text: {type(error).__name__}>"


def _of_other(value: Any, depth: int) -> str:
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_MAX_ITEMS]
        inner = ", ".join(f"{text_of(key, depth + 1)}: {text_of(each, depth + 1)}" for key, each in pairs)
        return "{" + inner + "}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(text_of(each, depth + 1) for each in value[:_MAX_ITEMS])
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(text_of(each, depth + 1) for each in value)) + "}"
    if isinstance(value, BaseException):
        return f"<{type(value).__name__}>"
    if callable(value) and hasattr(value, "__qualname__"):
        return f"<{value.__qualname__}>"
    if type(value).__repr__ is object.__repr__:
        state = getattr(value, "__dict__", {})
        return f"<{type(value).__name__} {text_of(dict(state), depth + 1)}>"
    return without_addresses(repr(value))
