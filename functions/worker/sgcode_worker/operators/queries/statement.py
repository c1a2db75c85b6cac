"""One text of a query: read, checked, and written with placeholders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.driver.unclear import check_unclear
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.choices import choice_in, chosen_by
from sgcode_worker.operators.queries.text.constants import with_constants, with_text
from sgcode_worker.operators.queries.text.hole import Piece
from sgcode_worker.operators.queries.text.parameters import Parameters
from sgcode_worker.operators.queries.text.pieces import take_apart
from sgcode_worker.operators.queries.text.positions import check_positions, is_statement, says_how_many
from sgcode_worker.operators.queries.text.quoted_name import with_quotes
from sgcode_worker.operators.queries.text.render import TextWriter
from sgcode_worker.operators.queries.text.sql import Query, Token, read_query


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

    chosen: tuple[cst.BaseExpression, str] | None = None
    """What to say for a value that is one of a few fixed texts."""

    def __post_init__(self) -> None:
        built = take_apart(self.program, self.expression)
        quotes = "'\"" if self.dialect.backslash_escapes else "'"
        unquoted = with_quotes(self.program, with_constants(self.program, built.pieces, quotes), quotes)
        pieces = unquoted.pieces if self.chosen is None else with_text(unquoted.pieces, *self.chosen)
        self.built = replace(built, pieces=pieces)
        self.elsewhere = unquoted.replacements
        choosable = self.is_whole and self.chosen is None
        self.choice = choice_in(self.program, pieces, quotes) if choosable else None
        self.variants: list[QueryText] = []
        if self.choice is not None:
            value, texts = self.choice
            self.variants = [replace(self, chosen=(value, text)) for text in texts]

    @cached_property
    def query(self) -> Query:
        """The text with slots. Refuses what no parameter can say."""
        if self.variants:
            return max((each.query for each in self.variants), key=lambda query: len(query.tokens))
        pieces = self.built.pieces
        if self.has_parameters and self.dialect.doubles_percent:
            pieces = _undoubled(pieces)
        query = read_query(pieces, self.dialect, has_parameters=self.has_parameters)
        if self.is_whole and not is_statement(query.tokens):
            raise Refusal(
                "The text is no SELECT, INSERT, UPDATE, DELETE or REPLACE statement from its beginning on."
            )
        if self.is_filled:
            check_unclear(query, self.dialect)
        is_whole = Parameters(self.program, self.expression).is_whole
        check_positions(query.tokens, is_whole, self.dialect)
        return query

    @property
    def is_filled(self) -> bool:
        """Whether values go into the text."""
        if self.variants:
            return self.variants[0].is_filled
        return any(not isinstance(piece, Character) for piece in self.built.pieces)

    def parameters(self, existing: Sequence[cst.BaseExpression] = ()) -> list[cst.BaseExpression]:
        """Return what is to be bound, in order; `existing` ones fill the placeholders that are there."""
        if self.variants:
            return max((each.parameters(existing) for each in self.variants), key=len)
        if any(isinstance(each, cst.StarredElement) for each in existing):
            return self._around(existing[0])
        remaining = list(existing)
        found: list[cst.BaseExpression] = []
        maker = Parameters(self.program, self.expression)
        for index, token in enumerate(self.query.tokens):
            if token.slot is not None:
                whole = self._needs_whole_counts and says_how_many(self.query.tokens, index)
                found.append(maker.count(token.slot) if whole else maker.parameter(token.slot))
            elif token.kind == "placeholder" and self._is_read(token.text):
                if token.text != self.dialect.placeholder or not remaining:
                    raise Refusal("The query has placeholders of its own that are not filled in one by one.")
                found.append(remaining.pop(0))
        if remaining:
            raise Refusal("The query has more parameters than placeholders.")
        return found

    def _around(self, given: cst.BaseExpression) -> list[cst.BaseExpression]:
        """What is to be bound where the program gives all that it binds so far by one name."""
        maker = Parameters(self.program, self.expression)
        found = [each for each in self.query.tokens if each.slot is not None or self._is_given(each)]
        slots = [maker.parameter(each.slot) for each in found if each.slot is not None]
        apart = [each.slot is None for each in found]
        if not slots or not any(apart) or apart not in (sorted(apart), sorted(apart, reverse=True)):
            raise Refusal(
                "The call passes parameters already, in a variable, and the values come between them."
            )
        return [given, *slots] if apart[0] else [*slots, given]

    def _is_given(self, token: Token) -> bool:
        is_read = token.kind == "placeholder" and self._is_read(token.text)
        if is_read and token.text != self.dialect.placeholder:
            raise Refusal("The query has placeholders of its own that are not filled in one by one.")
        return is_read

    def written(self, *, bound: bool, first: int = 1) -> cst.BaseExpression:
        """Return the text as a constant; `bound` says whether parameters go with it."""
        if self.choice is not None:
            if self.dialect.passing == "named":
                raise Refusal("The query is one of several, and this library names its placeholders.")
            texts = zip(self.choice[1], self.variants, strict=True)
            written = {text: each.written(bound=bound, first=first) for text, each in texts}
            return chosen_by(self.program, self.choice[0], written)
        writer = TextWriter(self.program, self.dialect)
        return writer.write(self.expression, self.built.literals, self.query.parts, first=first, bound=bound)

    @property
    def _needs_whole_counts(self) -> bool:
        """Whether LIMIT takes no text, not even one that says a number: SQLite and PostgreSQL read those."""
        return self.dialect.backslash_escapes or self.dialect.needs_typed_positions

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
