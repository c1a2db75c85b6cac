"""Which texts of a program are commands for a shell with values in them."""

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Piece, Text, UnreadableError, Value
from sgcode_worker.operators.commands.quoting.places import read_places
from sgcode_worker.operators.commands.quoting.programs import has_option, is_unmistakable, program_of
from sgcode_worker.operators.commands.quoting.texts import Use, says_command, template_name, texts_of, uses_of
from sgcode_worker.operators.commands.quoting.values import spread
from sgcode_worker.operators.program import Program


@dataclass(frozen=True, eq=False)
class Candidate:
    """One text that a use hands to a shell."""

    use: Use
    value: cst.BaseExpression
    pieces: list[Piece]
    fault: str | None = None
    """Why its pieces cannot be told; None where they can."""

    def places(self, program: Program) -> list[cst.CSTNode]:
        """Where the text stands: itself, what uses it, and what is put into it."""
        nodes = [each.call if isinstance(each, Joined) else each.node for each in _values(self.pieces)]
        return [self.value, self.use.at, *(each for each in nodes if program.parent(each) is not None)]


def candidates(program: Program) -> Iterator[Candidate]:
    """Yield every such text, once, with the most certain of its uses."""
    seen: set[int] = set()
    for use in sorted(uses_of(program), key=lambda each: not each.certain):
        try:
            texts = texts_of(program, use.value)
        except UnreadableError as fault:
            if use.certain:
                yield Candidate(use, use.value, [], str(fault))
            continue
        for value, pieces in texts:
            if id(value) not in seen and _is_command(program, use, value, pieces):
                seen.add(id(value))
                yield Candidate(use, value, pieces)


def _values(pieces: list[Piece]) -> list[Value | Joined]:
    return [each for each in pieces if not isinstance(each, Text)]


def _is_command(program: Program, use: Use, value: cst.BaseExpression, pieces: list[Piece]) -> bool:
    """Whether the text has values in it and is for a shell, by its use or by its first word and names."""
    if len(pieces) == 1 or not _values(pieces):
        return False
    if use.certain:
        return True
    try:
        known = program_of(read_places(spread(program, pieces)).commands)
    except UnreadableError:
        return False
    bound = use.value.value if isinstance(use.value, cst.Name) else ""
    named = use.named or says_command(bound) or says_command(template_name(value))
    return known is not None and (named or has_option(pieces) or is_unmistakable(known))
