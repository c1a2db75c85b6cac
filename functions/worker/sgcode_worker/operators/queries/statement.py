"""One text of a query: read, checked, and written with placeholders."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.characters import Character
from sgcode_worker.operators.queries.drivers import Dialect
from sgcode_worker.operators.queries.hole import Piece
from sgcode_worker.operators.queries.parameters import Parameters
from sgcode_worker.operators.queries.pieces import take_apart
from sgcode_worker.operators.queries.positions import check_positions, is_statement
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.render import TextWriter
from sgcode_worker.operators.queries.sql import Query, read_query


@dataclass
class QueryText:
    """An expression that says a query or a piece of one, for a driver."""

    program: Program
    expression: cst.BaseExpression
    dialect: Dialect
    is_whole: bool = True
    """Whether the text is the query from its beginning on, not something added to it."""
    has_parameters: bool = False
    """Whether the program gives parameters already, so that the text has placeholders."""

    def __post_init__(self) -> None:
        self.built = take_apart(self.program, self.expression)

    @cached_property
    def query(self) -> Query:
        """The text with slots. Refuses what no parameter can say."""
        pieces = self.built.pieces
        if self.has_parameters and self.dialect.doubles_percent:
            pieces = _undoubled(pieces)
        query = read_query(pieces, self.dialect, has_parameters=self.has_parameters)
        if self.is_whole and not is_statement(query.tokens):
            raise Refusal(
                "The text is no SELECT, INSERT, UPDATE, DELETE or REPLACE statement from its beginning on."
            )
        is_whole = Parameters(self.program, self.expression).is_whole
        check_positions(query.tokens, is_whole, self.dialect)
        return query

    @property
    def is_filled(self) -> bool:
        """Whether values go into the text."""
        return any(not isinstance(piece, Character) for piece in self.built.pieces)

    def parameters(self, existing: Sequence[cst.BaseExpression] = ()) -> list[cst.BaseExpression]:
        """Return what is to be bound, in order; `existing` ones fill the placeholders that are there."""
        remaining = list(existing)
        found: list[cst.BaseExpression] = []
        maker = Parameters(self.program, self.expression)
        for token in self.query.tokens:
            if token.slot is not None:
                found.append(maker.parameter(token.slot))
            elif token.kind == "placeholder" and self._is_read(token.text):
                if token.text != self.dialect.placeholder or not remaining:
                    raise Refusal("The query has placeholders of its own that are not filled in one by one.")
                found.append(remaining.pop(0))
        if remaining:
            raise Refusal("The query has more parameters than placeholders.")
        return found

    def written(self, *, bound: bool, first: int = 1) -> cst.BaseExpression:
        """Return the text as a constant; `bound` says whether parameters go with it."""
        writer = TextWriter(self.program, self.dialect)
        return writer.write(self.expression, self.built.literals, self.query.parts, first=first, bound=bound)

    def _is_read(self, text: str) -> bool:
        """Whether the driver takes this for a placeholder once there are parameters."""
        if self.dialect.placeholder == "%s":
            # A percent sign that was none to the driver so far is doubled, by a driver that reads it doubled.
            return text == "%s" and (self.has_parameters or not self.dialect.doubles_percent)
        return text != "%s"


def _undoubled(pieces: Sequence[Piece]) -> list[Piece]:
    """The text as the driver sends it: two percent signs are one."""
    found: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        found.append(piece)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        both = [each.value for each in (piece, following) if isinstance(each, Character)]
        index += 2 if both == ["%", "%"] else 1
    return found
