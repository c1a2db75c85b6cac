"""SQL cut into tokens, one set of rules for the dialects that the drivers speak."""

import re
from typing import NamedTuple

_NUMBER = r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_TOKENS = re.compile(
    r"""(?P<space>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<bytes>[xX]'[0-9A-Fa-f]*')
    |(?P<text>[nNeE]?'(?:[^'\\]|''|\\.)*')
    |(?P<double>"(?:[^"\\]|""|\\.)*")
    |(?P<quoted>`[^`]*`|\[[A-Za-z_][^\]]*\])
    |(?P<number>"""
    + _NUMBER
    + r""")
    |(?P<mark>\?|%s|%\(\w+\)s|:\w+|@\w+|\$\d+)
    |(?P<word>[^\W\d][\w$]*)
    |(?P<sign><>|<=|>=|!=|\|\||::|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


class Token(NamedTuple):
    """One token: `kind` is text, number, bytes, word, name (a quoted identifier), mark or sign."""

    kind: str
    value: str


def tokens_of(sql: str, *, double_is_text: bool, backslash: bool = True) -> list[Token]:
    """Return the tokens without spaces and comments; texts are unquoted, words as written."""
    found: list[Token] = []
    for match in _TOKENS.finditer(sql):
        kind, text = match.lastgroup or "sign", match.group()
        if kind == "space":
            continue
        if kind == "text":
            found.append(Token("text", _unquoted(text[text.index("'") :], backslash)))
        elif kind == "double":
            inner = _unquoted(text, backslash)
            found.append(Token("text" if double_is_text else "name", inner))
        elif kind == "quoted":
            found.append(Token("name", text[1:-1]))
        elif kind == "bytes":
            found.append(Token("bytes", text[2:-1].lower()))
        else:
            found.append(Token(kind, text))
    return found


def _unquoted(text: str, backslash: bool) -> str:
    quote, inner = text[0], text[1:-1]
    inner = inner.replace(quote * 2, quote)
    if not backslash or "\\" not in inner:
        return inner
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), inner, flags=re.DOTALL)
