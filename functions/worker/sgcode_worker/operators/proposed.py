"""Finds what an edit means that a network proposes: its span may be a part of it, itself, or all around."""

from collections.abc import Collection, Sequence
from typing import TypeVar

import libcst as cst

from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program

Key = TypeVar("Key")

Places = Sequence[cst.CSTNode]


def proposed(program: Program, edit: PlannedEdit, candidates: Collection[tuple[Key, Places]]) -> Key | None:
    """Return the candidate that the edit means; None where there is none, or more than one as likely.

    A candidate stands at its places, the most telling first. One whose place is the span is meant, else the
    one with the innermost place around the span, else the only one that the span holds.
    """
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    held: list[Key] = []
    around: list[tuple[int, int, Key]] = []
    for key, places in candidates:
        spans = [extent(program, place) for place in places]
        if (start, end) in spans:
            return key
        around += [
            (last[0] - first[0], last[1] - first[1], key)
            for first, last in spans
            if first <= start and end <= last
        ]
        if key not in held and any(start <= first and last <= end for first, last in spans):
            held.append(key)
    if around:
        return min(around, key=lambda each: each[:2])[2]
    return held[0] if len(held) == 1 else None
