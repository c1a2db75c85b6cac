"""Writes a command that needs a shell as a fixed script, which is handed its values as parameters.

`sh -c SCRIPT sh VALUE` reads the script once; what "$1" stands for is never read as a part of it
(POSIX.1-2017, Shell Command Language, 2.5.1 and 2.6).
"""

import re
from dataclasses import dataclass, field

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Piece, Text, UnreadableError, Value
from sgcode_worker.operators.commands.script_text import IN_DOUBLE, OUTSIDE, UnfitError, copied
from sgcode_worker.operators.commands.words import Word

_REDIRECTION = re.compile(r"\d*(?:>>|>\||>&\d|<&\d|<>|>|<)(?![<&(])")


@dataclass
class Script:
    """The script's text, the values in the order of their numbers, and its simple commands."""

    text: str
    values: list[Value | Joined]
    commands: list[list[Word]]


def script_of(pieces: list[Piece], several: frozenset[cst.CSTNode]) -> Script:
    """Return the script. Raises UnreadableError where a value stands where the shell would still read it.

    `several` are the values that may hold several words: they stand outside of quotes in the script too.
    """
    return _Scripter(several).run(pieces)


@dataclass
class _Scripter:
    several: frozenset[cst.CSTNode]
    out: list[str] = field(default_factory=list)
    values: list[Value | Joined] = field(default_factory=list)
    commands: list[list[Word]] = field(default_factory=lambda: [[]])
    word: Word | None = None
    quote: str = ""
    written: str = ""
    """The quote that is open in what is written: a value ends a single one before the text does."""
    target: bool = False

    def run(self, pieces: list[Piece]) -> Script:
        kept = [piece for piece in pieces if not isinstance(piece, Text) or piece.text]
        for index, piece in enumerate(kept):
            following = kept[index + 1] if index + 1 < len(kept) else None
            if isinstance(piece, Text):
                self.read(piece.text, before_value=following is not None)
            else:
                self.put(piece, following.text if isinstance(following, Text) else "")
        if self.quote:
            raise UnreadableError("The quotes of the command do not match, so its words cannot be told.")
        self.end()
        return Script("".join(self.out).strip(), self.values, [each for each in self.commands if each])

    def end(self) -> None:
        if self.word is not None and not self.target:
            self.commands[-1].append(self.word)
        self.target = self.target and self.word is None
        self.word = None

    def add(self, text: str) -> None:
        self.word = self.word or Word()
        self.word.add(text)

    def read(self, text: str, *, before_value: bool) -> None:
        at = 0
        while at < len(text):
            step = self.in_single if self.quote == "'" else self.in_double if self.quote else self.outside
            at += step(text, at, before_value)

    def in_single(self, text: str, at: int, before_value: bool) -> int:
        if text[at] == "'":
            self.quote = ""
            if self.written:
                self.out.append("'")
            self.written = ""
            return 1
        if not self.written:
            self.out.append("'")
            self.written = "'"
        return self.copy(text[at])

    def in_double(self, text: str, at: int, before_value: bool) -> int:
        if text[at] == '"':
            self.quote = ""
            self.out.append('"')
            return 1
        return self.copy(copied(text, at, IN_DOUBLE, before_value))

    def copy(self, text: str) -> int:
        self.out.append(text)
        self.add(text)
        return len(text)

    def outside(self, text: str, at: int, before_value: bool) -> int:
        character = text[at]
        redirection = _REDIRECTION.match(text, at) if self.word is None or character in "<>" else None
        if redirection is not None:
            return self.redirect(redirection[0])
        if character in "'\"":
            self.quote = character
            self.add("")
            if character == "'" and text[at + 1 :] == "" and before_value:
                return 1
            self.out.append(character)
            self.written = character if character == "'" else ""
            return 1
        if character in " \t":
            self.end()
        elif character in "\n;|&()":
            if character == "(" and (self.word is not None or self.commands[-1]):
                raise UnfitError("a function or a substitution")
            self.end()
            self.commands.append([])
        elif character in "<>" or (character == "#" and self.word is None):
            raise UnfitError("a comment or text in place")
        else:
            return self.copy(copied(text, at, OUTSIDE, before_value))
        self.out.append(character)
        return 1

    def redirect(self, sign: str) -> int:
        if self.word is not None:
            self.end()
        self.out.append(sign)
        self.target = not sign[-1].isdigit()
        return len(sign)

    def put(self, value: Value | Joined, following: str) -> None:
        if isinstance(value, Joined) and not self.quote:
            self.spread(value, following)
        else:
            self.put_value(Value(value.call, True) if isinstance(value, Joined) else value, following)

    def put_value(self, value: Value, following: str) -> None:
        if value.quoted and self.quote:
            raise UnreadableError("A value is quoted by the program and stands in quotes besides.")
        if value.only_quoted and not self.quote:
            raise UnreadableError(value.only_quoted)
        self.check_home()
        name = self.number(value, following)
        if self.quote == '"':
            self.out.append(name)
        elif self.quote == "'":
            self.out.append(("'" if self.written else "") + f'"{name}"')
            self.written = ""
        else:
            self.out.append(name if value.node in self.several else f'"{name}"')
        self.word = self.word or Word()
        self.word.pieces.append(value)
        if not self.quote and not value.quoted:
            self.word.bare.append(value)

    def check_home(self) -> None:
        begun = self.word.text if self.word is not None else None
        if not self.quote and begun is not None and begun.startswith("~") and "/" not in begun:
            raise UnreadableError("Whose home folder the command means is a value.")

    def number(self, value: Value, following: str) -> str:
        place = len(self.values)
        for index, known in enumerate(self.values):
            same = isinstance(known.node, cst.Name) and known.node.deep_equals(value.node)
            place = index if same else place
        if place == len(self.values):
            if self.values and isinstance(self.values[0], Joined):
                raise UnreadableError("A joined list stands beside other values, in a command for a shell.")
            self.values.append(value)
        return f"${{{place + 1}}}" if place > 8 or following[:1].isdigit() else f"${place + 1}"

    def spread(self, joined: Joined, following: str) -> None:
        if self.word is not None or self.target or (following or " ")[0] not in " \t\n;|&)><":
            raise UnreadableError("A joined list is only a part of a word of the command.")
        if self.values:
            raise UnreadableError("A joined list stands beside other values, in a command for a shell.")
        self.values.append(joined)
        self.out.append('"$@"')
        self.word = Word([joined])
