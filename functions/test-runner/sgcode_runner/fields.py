"""What a request must look like: each check returns the value, or raises InvalidInputError that names it."""

import keyword
import re
from collections.abc import Mapping
from typing import Any

from sgcode_runner.errors import InputTooLargeError, InvalidInputError
from sgcode_runner.limits import MAX_CODE_BYTES, MAX_SECONDS

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_RESERVED = re.compile(r"(PYTEST|PYTHON|LD)_?.*|PATH|HOME|TMPDIR")
_MAX_VALUE = 4096
_MAX_VARIABLES = 200


def check_object(value: object, field: str) -> Mapping[str, Any]:
    """Return the value when it is a JSON object."""
    if not isinstance(value, dict):
        raise InvalidInputError(f"{field} must be an object")
    return value


def check_code(value: object, field: str) -> str:
    """Return the value when it is a text of at most MAX_CODE_BYTES."""
    if not isinstance(value, str):
        raise InvalidInputError(f"{field} must be a string")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise InvalidInputError(f"{field} holds half of a surrogate pair") from None
    if size > MAX_CODE_BYTES:
        raise InputTooLargeError(f"{field} must be at most {MAX_CODE_BYTES:,} bytes long")
    return value


def check_seconds(value: object) -> float:
    """Return the value when it is a time above zero and at most MAX_SECONDS."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= MAX_SECONDS:
        raise InvalidInputError(f"seconds must be a number above 0 and at most {MAX_SECONDS:g}")
    return float(value)


def check_module(value: object, field: str) -> str:
    """Return the value when it is a name that `import` takes."""
    if not isinstance(value, str) or not _VARIABLE.fullmatch(value) or keyword.iskeyword(value):
        raise InvalidInputError(f"{field} must be a module's name, such as 'program'")
    return value


def check_environment(value: object) -> dict[str, str]:
    """Return the value when it maps names to texts; the names that steer Python itself are not for it."""
    fields = check_object(value, "environment")
    if len(fields) > _MAX_VARIABLES:
        raise InputTooLargeError(f"environment must have at most {_MAX_VARIABLES} variables")
    for name, text in fields.items():
        if not _VARIABLE.fullmatch(name) or _RESERVED.fullmatch(name):
            raise InvalidInputError("environment has a name that is none, or that steers Python or pytest")
        if not isinstance(text, str) or "\0" in text or len(text) > _MAX_VALUE:
            raise InvalidInputError(
                f"environment.{name} must be a text of at most {_MAX_VALUE} characters without a zero byte"
            )
        if not text.isprintable() and any(0xD800 <= ord(each) <= 0xDFFF for each in text):
            raise InvalidInputError(f"environment.{name} holds half of a surrogate pair")
    return dict(fields)
