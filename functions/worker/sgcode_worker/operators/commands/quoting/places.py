"""Reads a command as a POSIX shell does, to tell where in it the values stand.

Only what stands outside of all quotes can be quoted as it is (POSIX.1-2017, Shell Command Language, 2.2).
"""

import re
from dataclasses import dataclass, field

from sgcode_worker.operators.commands.pieces import Joined, Piece, Text, UnreadableError, Value
from sgcode_worker.operators.commands.words import Word

_REDIRECTION = re.compile(r"&>>?|\d*(?:>>|>\||>&\d|<&\d|<>|>|<)(?![<&(])")
# An expansion that is over before a value begins. One that holds quotes is not read.
_EXPANSION = re.compile(r"\$(?:\{[^{}\"'`]*\}|\(\([^()\"'`]*\)\)|[A-Za-z_]\w*|[?$!#@*\d-])")
_INNER = re.compile(r"\$\([^()\"'`]*\)")
_OPEN = re.compile(r"\$(?:\w*|[{(].*)", re.DOTALL)
_BEFORE_VALUE = "A value stands behind {}, where it cannot be told how the shell reads it."


@dataclass(frozen=True)
class Place:
    """A value and the quote that is open where it stands; '' outside of quotes."""

    piece: Value | Joined
    quote: str


@dataclass
class Reading:
    """The simple commands, each as its words, and the place of each value in order."""

    commands: list[list[Word]]
    places: list[Place]


def read_places(pieces: list[Piece]) -> Reading:
    """Return where the values of a command stand. Raises UnreadableError where that cannot be told."""
    return _Reader().run([piece for piece in pieces if not isinstance(piece, Text) or piece.text])


@dataclass
class _Reader:
    commands: list[list[Word]] = field(default_factory=lambda: [[]])
    places: list[Place] = field(default_factory=list)
    around: list[tuple[list[Word], Word | None]] = field(default_factory=list)
    """The command, and the word in it, that go on behind each open parenthesis."""
    current: list[Word] = field(init=False)
    word: Word | None = None
    quote: str = ""
    target: bool = False

    def __post_init__(self) -> None:
        self.current = self.commands[0]

    def run(self, pieces: list[Piece]) -> Reading:
        for index, piece in enumerate(pieces):
            if isinstance(piece, Text):
                self.read(piece.text, before_value=index + 1 < len(pieces))
            else:
                self.put(piece)
        if self.quote:
            raise UnreadableError("The quotes of the command do not match, so its words cannot be told.")
        if self.around:
            raise UnreadableError("The parentheses of the command do not match.")
        self.end()
        return Reading([each for each in self.commands if each], self.places)

    def put(self, piece: Value | Joined) -> None:
        begun = self.word.text if self.word is not None else None
        if not self.quote and begun is not None and begun.startswith("~") and "/" not in begun:
            raise UnreadableError("Whose home folder the command means is a value.")
        self.places.append(Place(piece, self.quote))
        self.word = self.word or Word()
        self.word.pieces.append(piece)

    def add(self, text: str) -> None:
        self.word = self.word or Word()
        self.word.add(text)

    def end(self) -> None:
        if self.word is not None and not self.target:
            self.current.append(self.word)
        self.target = self.target and self.word is None
        self.word = None

    def begin(self) -> None:
        self.end()
        self.current = []
        self.commands.append(self.current)

    def read(self, text: str, *, before_value: bool) -> None:
        at = 0
        while at < len(text):
            if self.quote == "'":
                at += self.in_single(text[at])
            elif text[at] == "`":
                raise UnreadableError("The command holds back quotes, which are not read here.")
            elif text[at] == "\\":
                at += self.escaped(text, at)
            elif text[at] == "$":
                at += self.expansion(text, at, before_value)
            else:
                at += self.in_double(text[at]) if self.quote else self.outside(text, at, before_value)

    def in_single(self, character: str) -> int:
        if character == "'":
            self.quote = ""
        else:
            self.add(character)
        return 1

    def in_double(self, character: str) -> int:
        if character == '"':
            self.quote = ""
        else:
            self.add(character)
        return 1

    def escaped(self, text: str, at: int) -> int:
        if at + 1 == len(text):
            raise UnreadableError(_BEFORE_VALUE.format("a backslash"))
        self.add(text[at : at + 2] if self.quote else text[at + 1].replace("\n", ""))
        return 2

    def expansion(self, text: str, at: int, before_value: bool) -> int:
        found = _EXPANSION.match(text, at) or (_INNER.match(text, at) if self.quote else None)
        if found is None and not self.quote and text.startswith("$(", at) and text[at + 2 : at + 3] != "(":
            self.add("$")
            return 1
        if found is not None and (
            not before_value or found.end() < len(text) or text[found.end() - 1] in ")}"
        ):
            self.add(found[0])
            return len(found[0])
        if before_value and _OPEN.fullmatch(text, at):
            raise UnreadableError(_BEFORE_VALUE.format("a variable or in an expansion"))
        if text[at + 1 : at + 2] in ("'", "(", "{"):
            raise UnreadableError("The command holds an expansion that is not read here.")
        self.add("$")
        return 1

    def outside(self, text: str, at: int, before_value: bool) -> int:
        character = text[at]
        redirection = _REDIRECTION.match(text, at) if self.word is None or character in "<>" else None
        if redirection is not None:
            self.end()
            self.target = not redirection[0][-1].isdigit()
            return len(redirection[0])
        if character in "'\"":
            self.quote = character
            self.add("")
        elif character in " \t":
            self.end()
        elif character in "\n;|&":
            self.begin()
        elif character in "()":
            self.parenthesis(character)
        elif character in "<>":
            raise UnreadableError(
                "The command holds text in place or another command's output, not read here."
            )
        elif character == "#" and self.word is None:
            return self.comment(text, at, before_value)
        else:
            self.add(character)
        return 1

    def parenthesis(self, character: str) -> None:
        if character == "(":
            substitutes = self.word is not None and (self.word.text or "").endswith("$")
            if self.word is not None and not substitutes:
                raise UnreadableError("The command defines a function or matches a pattern.")
            self.around.append((self.current, self.word))
            self.current, self.word = [], None
            self.commands.append(self.current)
            return
        if not self.around:
            raise UnreadableError("The parentheses of the command do not match.")
        self.end()
        self.current, self.word = self.around.pop()

    def comment(self, text: str, at: int, before_value: bool) -> int:
        end = text.find("\n", at)
        if end < 0 and before_value:
            raise UnreadableError("A value stands in a comment of the command.")
        return (end if end >= 0 else len(text)) - at
