"""Marks in the text of a program that say where it is weak; they are taken out before anything reads it."""

import re

from ggan_data.programs import Cut, Place

WEAK_START, WEAK_END = "\u00ab", "\u00bb"
SOURCE, TARGET = "\ue000", "\ue001"
_MARKS = re.compile(f"[{WEAK_START}{WEAK_END}{SOURCE}{TARGET}]")
_NAME = re.compile(r"[A-Za-z_]\w*")


def unmarked(text: str) -> str:
    """The text without marks."""
    return _MARKS.sub("", text)


def read_marks(text: str) -> tuple[str, list[tuple[Place, Place]], tuple[Cut, ...]]:
    """Return the text without marks, the spans marked as weak, and the flows marked by one name.

    A flow leads from each marked source to the targets of the same name that follow it. Raises ValueError for
    a span that does not end.
    """
    plain: list[str] = []
    starts: list[Place] = []
    spans: list[tuple[Place, Place]] = []
    sources: dict[str, Place] = {}
    cuts: list[Cut] = []
    line, column = 1, 0
    for index, character in enumerate(text):
        if character == WEAK_START:
            starts.append((line, column))
        elif character == WEAK_END:
            spans.append((starts.pop(), (line, column)))
        elif character == SOURCE:
            sources[_name_at(text, index + 1)] = (line, column)
        elif character == TARGET:
            source = sources.get(_name_at(text, index + 1))
            cuts += [] if source is None else [Cut(source, (line, column))]
        else:
            plain.append(character)
            line, column = (line + 1, 0) if character == "\n" else (line, column + 1)
    if starts:
        raise ValueError("A span that is marked as weak does not end.")
    return "".join(plain), sorted(spans), tuple(cuts)


def _name_at(text: str, index: int) -> str:
    match = _NAME.match(text, index)
    return match.group() if match else ""
