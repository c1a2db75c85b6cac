"""Reads an SQL text with holes: which values stand alone, which inside quotes, and where."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.hole import Hole, Piece

_WORD = re.compile(r"[\w$]")
_NAME = re.compile(r"[\w$.]")
_OPERATOR = re.compile(r"[<>=!|+\-*/%&^~]")
# Words that need no blank beside a text; a placeholder gets one.
_APART = frozenset(
    "like ilike and or not where having when then else in between values on "
    "order group limit offset union escape end collate is".split()
)
_UNCLOSED = "The quotes inside the query do not close."


@dataclass(frozen=True, eq=False)
class Slot:
    """Where a parameter goes: what stood between quotes there, or the one value that stood alone."""

    pieces: Sequence[Piece]
    quoted: bool
    at: Character | None
    """A character of the literal in which the placeholder is to be written."""


@dataclass(frozen=True)
class Token:
    """A word, name, number, text, operator, sign, placeholder or slot of the query."""

    kind: str
    text: str
    slot: Slot | None = None


@dataclass
class Query:
    """The text with its slots, as it is to be written and as tokens."""

    parts: list[Character | Slot] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)


def read_query(pieces: Sequence[Piece], dialect: Dialect, *, has_parameters: bool = False) -> Query:
    """Return the query. Refuses values inside names, comments or a half of the text.

    `has_parameters` says whether `%s` is a placeholder that stays one.
    """
    reader = _Reader(pieces, dialect, has_parameters)
    while reader.index < len(pieces):
        reader.step()
    return reader.query


class _Reader:
    """One pass over the text."""

    def __init__(self, pieces: Sequence[Piece], dialect: Dialect, has_parameters: bool) -> None:
        self.has_parameters = has_parameters
        self.pieces = pieces
        self.dialect = dialect
        self.index = 0
        self.query = Query()

    def step(self) -> None:
        piece = self.pieces[self.index]
        if isinstance(piece, Hole):
            self.hole(piece)
        elif self.starts("--") or self.starts("/*") or (self.dialect.hash_comments and piece.value == "#"):
            self.comment()
        elif piece.value == "'" or (piece.value == '"' and self.dialect.texts_in_double_quotes):
            self.text(piece.value)
        elif piece.value in '"`' or (piece.value == "[" and self.dialect.bracket_names):
            self.name("]" if piece.value == "[" else piece.value)
        elif self.starts("$$"):
            raise Refusal("The query has a text between dollar signs.")
        elif _WORD.match(piece.value) or (piece.value == "." and self.at_word(1)):
            self.run(_NAME, "word")
        elif self.starts("::"):
            self.take(2, "operator")
        elif self.starts("%s"):
            self.take(2, "placeholder")
        elif piece.value == "?" and self.at_word(1):
            raise Refusal("The query numbers its placeholders.")
        elif piece.value in "?:@$":
            self.take(1, "placeholder")
        elif _OPERATOR.match(piece.value):
            self.run(_OPERATOR, "operator")
        elif piece.value.isspace():
            self.take(1, "")
        else:
            self.take(1, "sign")

    def value(self, offset: int = 0) -> str:
        """The character there; '' for a hole or the end."""
        position = self.index + offset
        piece = self.pieces[position] if 0 <= position < len(self.pieces) else None
        return piece.value if isinstance(piece, Character) else ""

    def starts(self, text: str) -> bool:
        return all(self.value(offset) == each for offset, each in enumerate(text))

    def at_word(self, offset: int) -> bool:
        return _WORD.match(self.value(offset)) is not None

    def is_hole(self, offset: int) -> bool:
        position = self.index + offset
        return 0 <= position < len(self.pieces) and isinstance(self.pieces[position], Hole)

    def take(self, count: int, kind: str) -> None:
        taken = self.pieces[self.index : self.index + count]
        characters = [piece for piece in taken if isinstance(piece, Character)]
        if kind == "placeholder" and self.has_parameters:
            text = "".join(each.value for each in characters)
            characters = [Character(text, text, characters[0].literal)]
        self.query.parts.extend(characters)
        if kind:
            self.query.tokens.append(Token(kind, "".join(each.value for each in characters)))
        self.index += count

    def run(self, kinds: re.Pattern[str], kind: str) -> None:
        count = 1
        while kinds.match(self.value(count)):
            count += 1
        self.take(count, kind)

    def hole(self, hole: Hole) -> None:
        before, after = self.value(-1), self.value(1)
        glued = any(_WORD.match(each) or (each and each in ".'\"`[]@$:#\\") for each in (before, after))
        if glued or self.is_hole(1) or self.is_hole(-1):
            raise Refusal("A value is only a part of a name or of a word of the query.")
        at = next((each for each in reversed(self.query.parts) if isinstance(each, Character)), None)
        self.slot(Slot([hole], False, at))
        self.index += 1

    def slot(self, slot: Slot) -> None:
        self.query.parts.append(slot)
        self.query.tokens.append(Token("slot", "", slot))

    def comment(self) -> None:
        end = "*/" if self.starts("/*") else "\n"
        while self.index < len(self.pieces) and not self.starts(end):
            if self.is_hole(0):
                raise Refusal("A value stands in a comment of the query.")
            self.take(1, "")
        self.take(min(len(end), len(self.pieces) - self.index), "")

    def name(self, end: str) -> None:
        count = 1
        while self.value(count) != end:
            if self.is_hole(count) or self.index + count >= len(self.pieces):
                raise Refusal(
                    "A value is the name of a table or a column." if self.is_hole(count) else _UNCLOSED
                )
            count += 1
        self.take(count + 1, "name")

    def text(self, quote: str) -> None:
        """A text between quotes, which becomes a slot where values stand inside it."""
        start, inner, escaped = self.index, list[Piece](), False
        before = self.value(-1)
        position = 1
        while True:
            if start + position >= len(self.pieces):
                raise Refusal(_UNCLOSED)
            value = self.value(position)
            if value == "\\" and self.dialect.backslash_escapes:
                escaped = True
                inner.extend(self.pieces[start + position : start + position + 2])
                position += 2
            elif value == quote and self.value(position + 1) == quote:
                inner.append(self.pieces[start + position])
                position += 2
            elif value == quote:
                break
            else:
                inner.append(self.pieces[start + position])
                position += 1
        if not any(isinstance(piece, Hole) for piece in inner):
            self.take(position + 1, "text")
            return
        opening = self.pieces[start]
        assert isinstance(opening, Character)
        blank = Character(" ", " ", opening.literal)
        word = self.tokens_text(-1) if _WORD.match(before) else ""
        following = self.word_at(position + 1)
        if word in _APART:
            self.query.parts.append(blank)
        self.check_text(
            "" if word in _APART else before,
            "" if following in _APART else following,
            self.is_hole(position + 1),
            escaped,
        )
        self.slot(Slot(inner, True, opening))
        if following:
            self.query.parts.append(blank)
        self.index += position + 1

    def tokens_text(self, index: int) -> str:
        """A token that was read, in lower case."""
        return self.query.tokens[index].text.lower() if self.query.tokens else ""

    def word_at(self, offset: int) -> str:
        """The word that begins there, in lower case; '' where none does."""
        count = 0
        while self.at_word(offset + count):
            count += 1
        return "".join(self.value(offset + each) for each in range(count)).lower()

    def check_text(self, before: str, after: str, glued: bool, escaped: bool) -> None:
        if escaped:
            raise Refusal("A text of the query mixes values with backslashes.")
        if self.is_hole(-1) or glued or any(_WORD.match(each) for each in (before, after)):
            raise Refusal("A quoted value of the query is glued to a word or to another value.")
