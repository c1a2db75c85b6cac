"""Writes the text of a query as one literal, or as several where it ran over lines."""

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character, Literal, Style
from sgcode_worker.operators.queries.text.sql import Slot

_INDENT = " \t\f"


@dataclass
class _Line:
    """What stands in one literal: those of one line are joined."""

    literal: Literal
    end_line: int
    characters: list[Character] = field(default_factory=list)


class TextWriter:
    """Writes constant texts in the style of the expressions that they replace."""

    def __init__(self, program: Program, dialect: Dialect) -> None:
        self.program = program
        self.dialect = dialect
        self.source_lines = program.text.splitlines(keepends=True)

    def write(
        self,
        replaced: cst.BaseExpression,
        literals: Sequence[Literal],
        parts: Sequence[Character | Slot],
        *,
        first: int,
        bound: bool,
    ) -> cst.BaseExpression:
        """Return the text with placeholders; the first slot has the number `first`.

        `bound` says whether parameters go with it, so that the driver reads its percent signs.
        """
        characters = self._characters(literals, parts, first, bound)
        lines = [line for line in _lines(literals, characters) if line.characters]
        if not lines:
            raise Refusal("Nothing of the query is left.")
        strings = [_string(line) for line in lines]
        text = strings[-1]
        result: cst.SimpleString | cst.ConcatenatedString = text
        for string, following in zip(reversed(strings[:-1]), reversed(lines[1:]), strict=True):
            result = cst.ConcatenatedString(
                string, result, whitespace_between=self._between(replaced, following)
            )
        left, right = getattr(replaced, "lpar", ()), getattr(replaced, "rpar", ())
        if len(lines) > 1 and not left and self._is_assigned(replaced) and not self._is_continued(replaced):
            left, right = [cst.LeftParen()], [cst.RightParen()]
        return result.with_changes(lpar=left, rpar=right)

    def _characters(
        self, literals: Sequence[Literal], parts: Sequence[Character | Slot], first: int, bound: bool
    ) -> list[Character]:
        found: list[Character] = []
        number = first
        for part in parts:
            if isinstance(part, Slot):
                at = part.at.literal if part.at is not None else literals[0]
                shown = self.dialect.written(number)
                number += 1
                found.append(Character(shown, shown, at))
            elif part.value == "%" and bound and self.dialect.doubles_percent:
                found.append(Character("%%", "%%", part.literal))
            elif part.value == "%":
                found.append(Character("%", "%", part.literal))
            else:
                found.append(part)
        return found

    def _between(self, replaced: cst.BaseExpression, following: _Line) -> cst.BaseParenthesizableWhitespace:
        """The line end and the indentation between two literals, as the program has them."""
        source = self.source_lines[following.literal.line - 1]
        indent = source[: len(source) - len(source.lstrip(_INDENT))]
        if self._is_assigned(replaced) and self._is_continued(replaced):
            return cst.SimpleWhitespace(f" \\{self.program.module.default_newline}{indent}")
        return cst.ParenthesizedWhitespace(indent=False, last_line=cst.SimpleWhitespace(indent))

    def _is_assigned(self, replaced: cst.BaseExpression) -> bool:
        return isinstance(self.program.parent(replaced), (cst.Assign, cst.AnnAssign, cst.AugAssign))

    def _is_continued(self, replaced: cst.BaseExpression) -> bool:
        """Whether backslashes hold the lines together, not parentheses."""
        backslash = f"\\{self.program.module.default_newline}"
        return not getattr(replaced, "lpar", ()) and backslash in self.program.code(replaced)


def _lines(literals: Sequence[Literal], characters: Sequence[Character]) -> list[_Line]:
    """The characters by the literal that takes them in."""
    lines: list[_Line] = []
    line_of: dict[Literal, _Line] = {}
    for literal in literals:
        if lines and lines[-1].end_line == literal.line:
            lines[-1].end_line = literal.end_line
        else:
            lines.append(_Line(literal, literal.end_line))
        line_of[literal] = lines[-1]
    for character in characters:
        line_of[character.literal].characters.append(character)
    return lines


def _string(line: _Line) -> cst.SimpleString:
    style = line.literal.style
    if style.raw and any(character.literal.style != style for character in line.characters):
        style = Style(style.quote, False)
    written = "".join(character.written(style) for character in line.characters)
    if (
        len(style.quote) == 3
        and written.endswith(style.quote[0])
        and not written.endswith(f"\\{style.quote[0]}")
    ):
        written = f"{written[:-1]}\\{written[-1]}"
    result = f"{style.start}{written}{style.quote}"
    expected = "".join(character.value for character in line.characters)
    if _read(result) != expected:
        raise Refusal("The text of the query could not be written as a literal.")
    return cst.SimpleString(result)


def _read(source: str) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(source.replace("\r\n", "\n"))
    except (SyntaxError, ValueError):
        return None
