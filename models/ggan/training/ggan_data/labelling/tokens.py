"""The tokens of a program that say what it does: no comments, no layout."""

import io
import token
import tokenize
from dataclasses import dataclass

from ggan_data.programs import Place

_ENDS_LINE = token.NEWLINE
_LAYOUT = {
    token.NEWLINE,
    token.NL,
    token.INDENT,
    token.DEDENT,
    token.COMMENT,
    token.ENDMARKER,
    token.ENCODING,
    token.TYPE_COMMENT,
    token.TYPE_IGNORE,
}


@dataclass(frozen=True)
class Token:
    """A token and where it stands; lines from 1, columns in code points from 0."""

    text: str
    start: Place
    end: Place


Line = tuple[Token, ...]


def logical_lines(code: str) -> list[Line]:
    """Return the program's statements and heads of blocks, each as its tokens.

    Raises tokenize.TokenError or SyntaxError where the text is no program.
    """
    lines: list[Line] = []
    current: list[Token] = []
    for each in tokenize.generate_tokens(io.StringIO(code).readline):
        if each.type not in _LAYOUT:
            current.append(Token(each.string, each.start, each.end))
        elif each.type == _ENDS_LINE and current:
            lines.append(tuple(current))
            current = []
    return [*lines, tuple(current)] if current else lines


def words(line: Line) -> tuple[str, ...]:
    """The texts of a line's tokens."""
    return tuple(each.text for each in line)
