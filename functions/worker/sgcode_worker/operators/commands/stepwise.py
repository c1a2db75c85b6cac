"""Turns the steps in which a command is put together into steps in which a list is."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.commands.elements import list_of
from sgcode_worker.operators.commands.pieces import Piece, UnreadableError, read_pieces
from sgcode_worker.operators.commands.programs import check_program
from sgcode_worker.operators.commands.variables import Steps, begun_with
from sgcode_worker.operators.commands.words import Split, Target, split_words
from sgcode_worker.operators.literals import preferred_quote
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.program import Program

_MIDDLE = "A step of the command adds to a word that another step began."


def lists_for_steps(
    program: Program, steps: Steps
) -> tuple[dict[cst.CSTNode, cst.CSTNode], Sequence[tuple[int, Target]]]:
    """Return the list for each step's text, and the command's redirections. Raises UnreadableError."""
    if any(has_comment(value) for value in steps.values):
        raise UnreadableError("A comment inside the command would be lost.")
    parts = {value: split_words(_pieces(program, steps, value)) for value in steps.values}
    starts = [value for value in steps.values if value not in steps.added]
    redirections = [each for part in parts.values() for each in part.redirections]
    if redirections and len(parts) > 1:
        raise UnreadableError("The command is put together in steps and redirected.")
    added = [word for value in steps.values if value in steps.added for word in parts[value].words]
    for start in starts:
        if not parts[start].words and len(starts) > 1:
            raise UnreadableError("The command begins in several ways, so which program runs cannot be told.")
        check_program(program, [*parts[start].words, *added])
    _check_boundaries(program, steps, parts)
    lists: dict[cst.CSTNode, cst.CSTNode] = {
        value: _step(steps, value, list_of(program, part.words, value, preferred_quote(value) or '"'))
        for value, part in parts.items()
    }
    return lists, redirections


def _pieces(program: Program, steps: Steps, value: cst.BaseExpression) -> list[Piece]:
    """What a step adds: of `c + ...` what comes after the name itself."""
    pieces = read_pieces(program, value)
    return pieces if begun_with(value, steps.name) is None else pieces[1:]


def _step(steps: Steps, value: cst.BaseExpression, words: cst.List) -> cst.BaseExpression:
    itself = begun_with(value, steps.name)
    return words if itself is None else cst.BinaryOperation(itself, cst.Add(), words)


def _check_boundaries(program: Program, steps: Steps, parts: dict[cst.BaseExpression, Split]) -> None:
    """Every added step must begin a new word, whichever step came before it."""
    blocks = {program.enclosing(value, cst.IndentedBlock) for value in steps.values}
    opens = False
    for value in steps.values:
        part = parts[value]
        if value in steps.added and part.words and not part.begins_with_space:
            before = [opens] if len(blocks) == 1 else [_opens(each) for each in parts.values()]
            if any(before):
                raise UnreadableError(_MIDDLE)
        if part.words or part.ends_with_space:
            opens = _opens(part)


def _opens(part: Split) -> bool:
    """Whether the step's last word may go on in the next step."""
    return bool(part.words) and not part.ends_with_space
