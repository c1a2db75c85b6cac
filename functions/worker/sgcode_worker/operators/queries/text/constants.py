"""Names in a query that stand for one fixed text, such as the table's: the query may as well say it."""

from collections.abc import Iterator, Sequence
from itertools import chain

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of
from sgcode_worker.operators.queries.flow import Flow, body_around
from sgcode_worker.operators.queries.text.characters import Character, Literal
from sgcode_worker.operators.queries.text.hole import Hole, Piece


def with_constants(program: Program, pieces: Sequence[Piece], quotes: str | None) -> list[Piece]:
    """Return the pieces with fixed texts in place of their names, but for values between `quotes`.

    What is a value there, or behind an operator, and no name of a table or column is better bound;
    without `quotes` nothing is.
    """
    if not any(isinstance(piece, Hole) for piece in pieces):
        return list(pieces)
    found: list[Piece] = []
    inside = ""
    for index, piece in enumerate(pieces):
        if isinstance(piece, Character):
            if quotes and piece.value in quotes and inside in ("", piece.value):
                inside = "" if inside else piece.value
            found.append(piece)
            continue
        text = None if inside or (quotes and _compared(found)) else fixed_text(program, piece)
        near = _literal_near(pieces, index)
        if text is None or near is None:
            found.append(piece)
        else:
            found.extend(_in_literal(each, near) for each in text)
    return found


def with_text(pieces: Sequence[Piece], value: cst.BaseExpression, text: str) -> list[Piece]:
    """Return the pieces with the text in place of the value."""
    found: list[Piece] = []
    for index, piece in enumerate(pieces):
        near = _literal_near(pieces, index)
        if isinstance(piece, Hole) and piece.expression is value and near is not None:
            found.extend(_in_literal(each, near) for each in text)
        else:
            found.append(piece)
    return found


def fixed_text(program: Program, hole: Hole) -> str | None:
    """Return the text that the name in the hole was given once and for all; None for any other value."""
    name = hole.expression
    if not hole.is_plain_or_added or not isinstance(name, cst.Name):
        return None
    values = bindings_of(program, name)
    text = text_of(values[0]) if len(values) == 1 and values[0] is not None else None
    return text if text is not None and _is_settled(program, name) else None


def _is_settled(program: Program, name: cst.Name) -> bool:
    """Whether the one assignment of the name is plain, and made before where the name is used."""
    scope = program.scope(name)
    (assignment,) = () if scope is None else scope[name.value]
    target = program.parent(assignment.node)
    statement = program.parent(target) if isinstance(target, cst.AssignTarget) else target
    if not isinstance(statement, (cst.Assign, cst.AnnAssign)):
        return False
    body, used_in = body_around(program, statement), body_around(program, name)
    if isinstance(body, cst.Module) and isinstance(used_in, cst.FunctionDef):
        return isinstance(program.parent(program.parent(statement) or statement), cst.Module)
    if body is None or body is not used_in:
        return False
    return Flow(program, body, name.value).seen.get(name) == {statement}


def _compared(before: Sequence[Piece]) -> bool:
    """Whether a value follows an operator, where it is no name but compared or added."""
    said = (
        each.value for each in reversed(before) if isinstance(each, Character) and not each.value.isspace()
    )
    return next(said, "") in ("=", "<", ">")


def _literal_near(pieces: Sequence[Piece], index: int) -> Literal | None:
    """The literal to write the text in: the one before, else the next."""
    around: Iterator[Piece] = chain(reversed(pieces[:index]), pieces[index + 1 :])
    return next((each.literal for each in around if isinstance(each, Character)), None)


def _in_literal(value: str, literal: Literal) -> Character:
    if literal.style.raw:
        return Character(value, value, literal)
    if value in ("\\", literal.style.quote[0]):
        return Character(value, f"\\{value}", literal)
    return Character(value, value if value.isprintable() else repr(value)[1:-1], literal)
