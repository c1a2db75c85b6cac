"""Django's two ways to mark a text as HTML, where Django is not installed: one form for both."""

import html
from typing import Any

_FILLED = "django.utils.html.format_html"
_WHOLE = "django.utils.safestring.mark_safe"


def as_marked(
    path: str, values: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Return a call of `format_html` as the call of `mark_safe` with its text, and any other as it is.

    Texts are escaped as Django does, so that one which was HTML before is seen to be none any more.
    """
    if path != _FILLED or not values or type(values[0]) is not str:
        return path, values, named
    try:
        given = [_escaped(each) for each in values[1:]]
        text = values[0].format(*given, **{key: _escaped(each) for key, each in named.items()})
    except Exception:  # A value's own methods may do anything.
        return path, values, named
    return _WHOLE, (text,), {}


def _escaped(value: Any) -> str:
    return html.escape(value) if type(value) is str else str(value)
