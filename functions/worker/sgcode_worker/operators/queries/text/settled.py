"""Queries put together from fixed texts only: written as one text, they are the same wherever they go."""

import libcst as cst

from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.handing import Replacements
from sgcode_worker.operators.queries.driver.drivers import DIALECTS
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.choices import choice_in, chosen_by
from sgcode_worker.operators.queries.text.constants import with_constants, with_text
from sgcode_worker.operators.queries.text.hole import Hole, Piece
from sgcode_worker.operators.queries.text.pieces import is_text, take_apart
from sgcode_worker.operators.queries.text.render import TextWriter

_BUILDS = (cst.BinaryOperation, cst.FormattedString, cst.ConcatenatedString, cst.Call)


def settled_text(program: Program, edit: PlannedEdit) -> Replacements:
    """Return the planned text as one constant; nothing where values that are not fixed go into it."""
    texts = [each for each in program.nodes(*_BUILDS) if is_text(each) and not _is_piece(program, each)]
    node = planned_node(program, edit, texts)
    if node is None:
        return {}
    try:
        return {node: _written(program, node)}
    except Refusal:
        return {}


def _written(program: Program, node: cst.BaseExpression) -> cst.BaseExpression:
    built = take_apart(program, node)
    pieces = with_constants(program, built.pieces, None)
    is_last = sum(isinstance(each, Hole) for each in pieces) == 1
    choice = choice_in(program, pieces, "") if is_last else None
    # Without slots nothing depends on the driver.
    writer = TextWriter(program, DIALECTS["sqlite3"])

    def constant(pieces: list[Piece]) -> cst.BaseExpression:
        characters = [each for each in pieces if isinstance(each, Character)]
        if not built.is_built or len(characters) < len(pieces):
            raise Refusal("Values that are not fixed go into the text.")
        return writer.write(node, built.literals, characters, first=1, bound=False)

    if choice is None:
        return constant(pieces)
    value, texts = choice
    return chosen_by(program, value, {text: constant(with_text(pieces, value, text)) for text in texts})


def _is_piece(program: Program, node: cst.CSTNode) -> bool:
    """Whether the text is a part of a larger one, or its template."""
    parent = program.parent(node)
    if isinstance(parent, cst.Attribute):
        parent = program.parent(parent)
    return parent is not None and is_text(parent)
