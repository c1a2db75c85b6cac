"""String literals as characters that remember how they were written."""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.queries.refusal import Refusal

_ESCAPE = re.compile(
    r"\\(?:\r\n|[\r\n]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]+\}|[\\'\"abfnrtv])"
    r"|\r\n|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Style:
    """How a literal is written: with which quotes, and whether backslashes mean themselves."""

    quote: str
    raw: bool

    @property
    def start(self) -> str:
        """The prefix and the opening quotes."""
        return f"{'r' * self.raw}{self.quote}"


@dataclass(frozen=True, eq=False)
class Literal:
    """One string literal of the program: its style and the lines that it spans."""

    style: Style
    line: int
    end_line: int


@dataclass(frozen=True)
class Character:
    """One character of a text, as its literal writes it."""

    value: str
    source: str
    literal: Literal

    def written(self, style: Style) -> str:
        """Return the character as a literal of that style writes it."""
        if style == self.literal.style:
            return self.source
        if self.value == "\n" and len(style.quote) == 3:
            return "\n"
        if self.value in ("\\", style.quote[0]):
            return f"\\{self.value}"
        return self.value if self.value.isprintable() else repr(self.value)[1:-1]


def simple_characters(node: cst.SimpleString, line: int, end_line: int) -> list[Character]:
    """Return what a plain literal says."""
    if "b" in node.prefix.lower():
        raise Refusal("The query is built from bytes.")
    literal = Literal(Style(node.quote, "r" in node.prefix.lower()), line, end_line)
    return list(_read(node.raw_value, literal))


def formatted_characters(part: cst.FormattedStringText, literal: Literal) -> list[Character]:
    """Return what a text part of an f-string says once it is written in a plain literal."""
    found: list[Character] = []
    second = False
    for each in _read(part.value, literal):
        doubled = each.value in "{}" and each.source[-1] == each.value and "\\N" not in each.source
        if not (doubled and second):
            found.append(each)
        second = doubled and not second
    return found


def _read(text: str, literal: Literal) -> Iterator[Character]:
    if literal.style.raw:
        yield from (Character("\n" if each == "\r\n" else each, each, literal) for each in _lines(text))
        return
    pending = ""
    for match in _ESCAPE.finditer(text):
        source = match[0]
        if source[0] == "\\" and source[1:2] in ("\r", "\n"):
            pending += source
            continue
        value = source
        if source == "\r\n":
            value = "\n"
        elif source == "\\":
            source = "\\\\"
        elif source[0] == "\\":
            value = _escaped(source)
        yield Character(value, pending + source, literal)
        pending = ""


def _lines(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"\r\n|.", text, re.DOTALL))


def _escaped(source: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = ast.literal_eval(f'"{source}"')
    assert isinstance(value, str)
    return value
