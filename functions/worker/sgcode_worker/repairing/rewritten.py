"""What a rewrite changes, as lines that can be shown: before and after."""

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from sgcode_worker.source import split_lines

_MOST_PLACES = 4
_MOST_LINES = 8
_MOST_CHARACTERS = 600


def rewritten_lines(before: str, after: str) -> list[dict[str, Any]]:
    """Return the changed lines of each place, where they begin, and what took their place, but no imports.

    Where lines only came, the line above stands with both. Nothing is returned of a rewrite that is too
    large to be shown.
    """
    places = list(_places(split_lines(before), split_lines(after)))
    if len(places) > _MOST_PLACES or any(
        _is_large(place[each]) for place in places for each in ("before", "after")
    ):
        return []
    return places


def _places(old: list[str], new: list[str]) -> Iterator[dict[str, Any]]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        # An import lands in one place with the statement below it.
        while (
            start < end
            and new_start < new_end
            and _is_import([new[new_start]])
            and not _is_import([old[start]])
        ):
            new_start += 1
        if start == end and _is_import(new[new_start:new_end]):
            continue
        above = 1 if kind == "insert" and start > 0 else 0
        yield {
            "line": start - above + 1,
            "before": "\n".join(old[start - above : end]),
            "after": "\n".join([*old[start - above : start], *new[new_start:new_end]]),
        }


def _is_import(lines: list[str]) -> bool:
    try:
        body = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in body)


def _is_large(text: str) -> bool:
    return len(text) > _MOST_CHARACTERS or text.count("\n") >= _MOST_LINES
