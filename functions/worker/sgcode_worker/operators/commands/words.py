"""Splits a command's pieces into words as a POSIX shell would."""

import re
from dataclasses import dataclass, field
from typing import Literal

from sgcode_worker.operators.commands.pieces import (
    Joined,
    NeedsShellError,
    Piece,
    Text,
    UnreadableError,
    Value,
)

_SPECIAL = {
    "|": "a pipe",
    "&": "`&`",
    ";": "`;`",
    "<": "a redirection",
    "(": "a subshell",
    ")": "a subshell",
    "$": "a variable or substitution",
    "`": "a substitution",
    "*": "a pattern for file names",
    "?": "a pattern for file names",
    "[": "a pattern for file names",
    "{": "braces",
    "\n": "several lines",
}
# A question mark before `name=` is a URL's: as a pattern it matches no file.
_QUERY = re.compile(r"\?[\w.-]+=")
_ESCAPED_IN_DOUBLE = frozenset('$`"\\')
Target = Literal["null", "stdout"]


@dataclass
class Word:
    """One word: its pieces, adjacent texts joined. `bare` holds the values that stand outside of quotes."""

    pieces: list[Piece] = field(default_factory=list)
    bare: list[Value] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """What the word says; None where a value is in it."""
        if all(isinstance(each, Text) for each in self.pieces):
            return "".join(each.text for each in self.pieces if isinstance(each, Text))
        return None

    def add(self, text: str) -> None:
        """Put characters at the end."""
        if self.pieces and isinstance(last := self.pieces[-1], Text):
            self.pieces[-1] = Text(last.text + text)
        else:
            self.pieces.append(Text(text))


@dataclass
class Split:
    """A command's words, and where its redirections lead: (file descriptor, target) in order."""

    words: list[Word]
    redirections: list[tuple[int, Target]]
    begins_with_space: bool
    ends_with_space: bool


def split_words(pieces: list[Piece]) -> Split:
    """Return the words of a command that needs no shell. Raises UnreadableError for one that needs it."""
    return _Splitter(pieces).run()


class _Splitter:
    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = _trimmed(pieces)
        self.words: list[Word] = []
        self.word: Word | None = None
        self.quote = ""
        self.targets: list[tuple[int, Word]] = []
        self.redirecting: int | None = None
        self.begins_with_space = self.space_at_end = False

    def run(self) -> Split:
        for index, piece in enumerate(self.pieces):
            if isinstance(piece, Text):
                self.read(piece.text, last=index == len(self.pieces) - 1)
            elif isinstance(piece, Joined) and not self.quote:
                self.spread(piece, index)
            else:
                self.put(Value(piece.call, True) if isinstance(piece, Joined) else piece)
        if self.quote:
            raise UnreadableError("The quotes of the command do not match, so its words cannot be told.")
        self.end()
        if self.redirecting is not None:
            raise UnreadableError("The command redirects to nothing.")
        redirections = [(number, _target(word)) for number, word in self.targets]
        return Split(self.words, redirections, self.begins_with_space, self.space_at_end)

    def current(self) -> Word:
        if self.word is None:
            self.word = Word()
        return self.word

    def end(self) -> None:
        if self.word is None:
            return
        if self.redirecting is None:
            self.words.append(self.word)
        else:
            self.targets.append((self.redirecting, self.word))
            self.redirecting = None
        self.word = None

    def put(self, value: Value) -> None:
        if value.quoted and self.quote:
            raise UnreadableError("A value is quoted by the program and stands in quotes besides.")
        if value.only_quoted and not self.quote:
            raise UnreadableError(value.only_quoted)
        word = self.current()
        word.pieces.append(value)
        if not self.quote and not value.quoted:
            word.bare.append(value)
        self.space_at_end = False

    def spread(self, joined: Joined, index: int) -> None:
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else Text(" ")
        alone = self.word is None and isinstance(after, Text) and after.text[:1] in {" ", "\t"}
        if not alone or self.redirecting is not None:
            raise UnreadableError("A joined list is only a part of a word of the command.")
        self.words.append(Word([joined]))

    def read(self, text: str, *, last: bool) -> None:
        if not self.words and self.word is None and text[:1].isspace():
            self.begins_with_space = True
        position = 0
        while position < len(text):
            position += self.step(text, position)
        if text:
            self.space_at_end = not self.quote and text[-1] in " \t\n"

    def step(self, text: str, at: int) -> int:
        """Read what stands at a position and return how many characters that were."""
        character = text[at]
        if self.quote == "'":
            return self.in_single(character)
        if character == "\\":
            return self.escaped(text[at + 1 : at + 2])
        if self.quote == '"':
            return self.in_double(character)
        if character in "'\"":
            self.quote = character
            self.current().add("")
            return 1
        if character in " \t":
            self.end()
            return 1
        if character == ">":
            return self.redirect(text[at + 1 : at + 3])
        return self.plain(text, at)

    def in_single(self, character: str) -> int:
        if character == "'":
            self.quote = ""
        else:
            self.current().add(character)
        return 1

    def in_double(self, character: str) -> int:
        if character == '"':
            self.quote = ""
        elif character in "$`":
            raise NeedsShellError(f"The command needs a shell for {_SPECIAL[character]}.")
        else:
            self.current().add(character)
        return 1

    def escaped(self, character: str) -> int:
        if not character:
            raise UnreadableError("A backslash stands before a value, so the word cannot be told.")
        kept = "" if not self.quote or character in _ESCAPED_IN_DOUBLE or character == "\n" else "\\"
        if character == "\n":
            return 2
        self.current().add(kept + character)
        return 2

    def redirect(self, following: str) -> int:
        number = self.word.text if self.word is not None else "1"
        if self.redirecting is not None or following[:1] == ">" or number not in {"1", "2"}:
            raise NeedsShellError("The command needs a shell for a redirection.")
        self.word = None
        if following == "&1":
            self.targets.append((int(number), Word([Text("&1")])))
            return 3
        self.redirecting = int(number)
        return 1

    def plain(self, text: str, at: int) -> int:
        character = text[at]
        if character == "?" and _QUERY.match(text, at):
            self.current().add(character)
            return 1
        if character == "{" and text[at + 1 : at + 2] == "}":
            self.current().add("{}")
            return 2
        if character in _SPECIAL:
            raise NeedsShellError(f"The command needs a shell for {_SPECIAL[character]}.")
        if self.word is None and character in "~#":
            raise NeedsShellError("The command needs a shell for `~` or a comment.")
        self.current().add(character)
        return 1


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the line ends at both ends as spaces: a shell passes over them."""
    kept = [piece for piece in pieces if not isinstance(piece, Text) or piece.text]
    if kept and isinstance(first := kept[0], Text):
        stripped = first.text.lstrip()
        kept[0] = Text(" " * (len(first.text) - len(stripped)) + stripped)
    if kept and isinstance(last := kept[-1], Text):
        stripped = last.text.rstrip(" \t\n")
        kept[-1] = Text(stripped + " " * (len(last.text) - len(stripped)))
    return kept


def _target(word: Word) -> Target:
    if word.text == "&1":
        return "stdout"
    if word.text == "/dev/null":
        return "null"
    raise NeedsShellError("The command needs a shell for a redirection to a file.")
