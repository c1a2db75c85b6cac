"""Which changed parts of a program the compared inputs did not reach."""

from typing import Any

_MOST_LINES = 20


def unreached_parts(
    changes: dict[str, list[dict[str, Any]]], ran_original: frozenset[int], ran_candidate: frozenset[int]
) -> list[dict[str, Any]]:
    """Return {part, lines, isWhole} of each definition in which changed statements did not run.

    `part` is the definition's name, '' for the module; `isWhole` says that nothing changed in it ran at all.
    The lines are the candidate's. Where a definition only lost statements, those are looked for in the
    original, and there are no lines.
    """
    found = []
    parts = dict.fromkeys(each["part"] for side in ("candidate", "original") for each in changes[side])
    for part in parts:
        new, gone = (
            [each for each in changes[side] if each["part"] == part] for side in ("candidate", "original")
        )
        ran = ran_candidate if new else ran_original
        missed = [each for each in new or gone if each["at"] not in ran]
        if missed:
            lines = sorted({each["line"] for each in missed if each["line"] > 0}) if new else []
            is_whole = len(missed) == len(new or gone)
            found.append({"part": part, "lines": lines[:_MOST_LINES], "isWhole": is_whole})
    return found
