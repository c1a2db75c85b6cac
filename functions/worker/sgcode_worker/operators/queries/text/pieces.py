"""Takes apart an expression that builds a text: what it says, and the holes that values fill."""

from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text import braces, percent
from sgcode_worker.operators.queries.text.characters import (
    Character,
    Literal,
    Style,
    formatted_characters,
    simple_characters,
)
from sgcode_worker.operators.queries.text.hole import Hole, Piece


@dataclass(frozen=True)
class BuiltText:
    """What a text is built of, in the order in which it reads."""

    pieces: list[Piece]
    literals: list[Literal]
    is_built: bool
    """Whether it is more than a plain literal."""


def take_apart(program: Program, node: cst.BaseExpression) -> BuiltText:
    """Return what the expression says. Refuses what is no text, or cannot be followed."""
    if not is_text(node):
        raise Refusal("The query is not built there from text and values.")
    if has_comment(node):
        raise Refusal("A comment stands inside the query.")
    pieces = _Reader(program).read(node)
    literals = dict.fromkeys(piece.literal for piece in pieces if isinstance(piece, Character))
    return BuiltText(pieces, list(literals), text_of(node) is None)


def is_text(node: cst.CSTNode) -> bool:
    """Whether the expression is a text literal, or certainly builds a text from one."""
    if isinstance(node, cst.SimpleString):
        return "b" not in node.prefix.lower()
    if isinstance(node, cst.ConcatenatedString):
        return is_text(node.left)
    if isinstance(node, cst.FormattedString):
        return True
    if isinstance(node, cst.BinaryOperation):
        if isinstance(node.operator, cst.Modulo):
            return is_text(node.left)
        return isinstance(node.operator, cst.Add) and (is_text(node.left) or is_text(node.right))
    return _formatted(node) is not None


def _formatted(node: cst.CSTNode) -> cst.BaseExpression | None:
    """The template of a call of str.format."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        template = node.func.value
        if node.func.attr.value == "format" and is_text(template):
            return template
    return None


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def read(self, node: cst.BaseExpression) -> list[Piece]:
        if isinstance(node, cst.SimpleString):
            span = self.program.span(node)
            return [*simple_characters(node, span.start.line, span.end.line)]
        if isinstance(node, cst.ConcatenatedString):
            return [*self.read(node.left), *self.read(node.right)]
        if isinstance(node, cst.FormattedString):
            return self.formatted(node)
        if isinstance(node, cst.BinaryOperation) and is_text(node):
            if isinstance(node.operator, cst.Modulo):
                return percent.fill(self.program, self.template(node.left), node.right)
            return [*self.read(node.left), *self.read(node.right)]
        template = _formatted(node)
        if template is not None and isinstance(node, cst.Call):
            return braces.fill(self.program, self.template(template), node.args)
        return [Hole(node, "plus")]

    def template(self, node: cst.BaseExpression) -> list[Character]:
        pieces = self.read(node)
        characters = [piece for piece in pieces if isinstance(piece, Character)]
        if len(characters) != len(pieces):
            raise Refusal("The query is filled in twice: the text with values is itself a template.")
        return characters

    def formatted(self, node: cst.FormattedString) -> list[Piece]:
        span = self.program.span(node)
        style = Style(node.end, "r" in node.start.lower())
        literal = Literal(style, span.start.line, span.end.line)
        pieces: list[Piece] = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                pieces.extend(formatted_characters(part, literal))
            elif isinstance(part, cst.FormattedStringExpression):
                pieces.append(_formatted_hole(part))
        return pieces


def _formatted_hole(part: cst.FormattedStringExpression) -> Hole:
    if part.equal is not None:
        raise Refusal("The query shows an expression with its own text (`{name=}`).")
    spec = ""
    for each in part.format_spec or ():
        if not isinstance(each, cst.FormattedStringText):
            raise Refusal("A value is formatted with a width that is itself a value.")
        spec += each.value
    return Hole(part.expression, "braces", spec, part.conversion or "")
