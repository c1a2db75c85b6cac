"""Reads the attack list: an original, and changes of it as lines taken out (-) and put in (+).

A line `! kind name definition` declares a change as an operator does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "attacks"


@dataclass(frozen=True)
class Case:
    """One candidate: `kind` is `attack` (must be refused) or `fix` (must be accepted)."""

    kind: str
    name: str
    original: str
    candidate: str
    declared: tuple[dict[str, str], ...] = ()

    @property
    def applied_edits(self) -> list[dict[str, Any]]:
        """The declared changes as Verify gets them."""
        return [{"declared": list(self.declared)}] if self.declared else []


def read_cases(kind: str) -> list[Case]:
    """Return the cases of one kind from all files, in order."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _cases(path) if case.kind == kind]


def _cases(path: Path) -> Iterator[Case]:
    original = ""
    for section in ("\n" + path.read_text()).split("\n=== ")[1:]:
        title, _, body = section.partition("\n")
        if title == "original":
            original = body.rstrip("\n") + "\n"
            continue
        kind, _, name = title.partition(": ")
        lines = body.rstrip("\n").split("\n")
        declared = tuple(_declared(line) for line in lines if line[:1] == "!")
        edit = [line for line in lines if line[:1] != "!"]
        candidate = change(original, edit, f"{path.name}, {name}")
        yield Case(kind, f"{path.stem}: {name}", original, candidate, declared)


def _declared(line: str) -> dict[str, str]:
    kind, name, definition = [*line[1:].split(), ""][:3]
    return {"kind": kind, "name": name, "definition": definition, "detail": f"{name} changes"}


def change(original: str, edit: list[str], place: str) -> str:
    """Return the original after an edit: `-` lines go, `+` lines come before the next named line.

    A line with a space in front names where lines put in before it belong. Lines are found by
    their text, first occurrence; lines put in at the end without such a name go to the end.
    """
    lines = original.split("\n")
    added: list[str] = []
    after: int | None = None
    for line in edit:
        mark, text = line[:1], line[1:]
        if mark == "+":
            added.append(text)
            continue
        if mark == "-" and added and after is not None:
            lines[after:after] = added
            added = []
        assert text in lines, f"{place}: no line {text!r}"
        index = lines.index(text)
        if mark == "-":
            del lines[index]
            after = index
        else:
            lines[index:index] = added
            added, after = [], None
    if added:
        position = len(lines) if after is None else after
        lines[position:position] = added
    return "\n".join(lines)
