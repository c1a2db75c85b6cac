"""Writes words as the elements of a list."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Text, Value
from sgcode_worker.operators.commands.texts import builtin_visible
from sgcode_worker.operators.commands.words import Word
from sgcode_worker.operators.literals import escape, literal
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.program import Program

# What an expression inside an f-string may not hold in every version of Python, or what means more there.
_UNFIT = frozenset("'\"\\{}!:=\n#")


def list_of(program: Program, words: Sequence[Word], at: cst.CSTNode, quote: str) -> cst.List:
    """Return the list of the words; `at` is where it is evaluated."""
    writer = _Writer(program, at, quote)
    return cst.List([writer.element(word) for word in words])


class _Writer:
    def __init__(self, program: Program, at: cst.CSTNode, quote: str) -> None:
        self.program = program
        self.quote = quote
        self.has_str = builtin_visible(program, at, "str")

    def element(self, word: Word) -> cst.BaseElement:
        first = word.pieces[0] if word.pieces else Text("")
        if isinstance(first, Joined):
            return cst.StarredElement(first.node)
        if word.text is not None:
            return cst.Element(literal(word.text, self.quote))
        pieces = [each for each in word.pieces if not isinstance(each, Text) or each.text]
        if len(pieces) == 1:
            return cst.Element(self.text(pieces[0]))
        certain = all(isinstance(each, Text) or (isinstance(each, Value) and each.is_text) for each in pieces)
        if not certain and all(map(self.fits, pieces)):
            return cst.Element(self.formatted(pieces))
        joined = self.text(pieces[0])
        for piece in pieces[1:]:
            joined = cst.BinaryOperation(joined, cst.Add(), self.text(piece))
        return cst.Element(joined)

    def text(self, piece: Text | Value | Joined) -> cst.BaseExpression:
        """An expression that is certainly a text."""
        if isinstance(piece, Text):
            return literal(piece.text, self.quote)
        if isinstance(piece, Value) and not piece.is_text:
            if self.has_str:
                return cst.Call(cst.Name("str"), [cst.Arg(piece.node)])
            return self.formatted([piece])
        return piece.node

    def fits(self, piece: Text | Value | Joined) -> bool:
        return isinstance(piece, Text) or not (
            has_comment(piece.node) or _UNFIT & set(self.program.code(piece.node))
        )

    def formatted(self, pieces: Sequence[Text | Value | Joined]) -> cst.FormattedString:
        parts: list[cst.BaseFormattedStringContent] = []
        for piece in pieces:
            if isinstance(piece, Text):
                text = escape(piece.text, self.quote).replace("{", "{{").replace("}", "}}")
                parts.append(cst.FormattedStringText(text))
            else:
                parts.append(cst.FormattedStringExpression(piece.node))
        return cst.FormattedString(parts, start=f"f{self.quote}", end=self.quote)
