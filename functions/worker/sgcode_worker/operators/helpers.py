"""Where the functions that rewrites call are put: each once, before the first that needs it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import libcst as cst

from sgcode_worker.operators.operator import Helper, Replacement

_BLANK = (cst.EmptyLine(indent=False), cst.EmptyLine(indent=False))


def place_helpers(
    module: cst.Module, helpers: Iterable[Helper]
) -> Mapping[cst.CSTNode, Sequence[cst.FunctionDef]]:
    """Return the helpers by the statement that they come before; of those with one name the earliest."""
    order = {statement: index for index, statement in enumerate(module.body)}
    placed: dict[str, Helper] = {}
    for helper in helpers:
        known = placed.setdefault(helper.definition.name.value, helper)
        if order[helper.before] < order[known.before]:
            placed[helper.definition.name.value] = helper
    found: dict[cst.CSTNode, list[cst.FunctionDef]] = {}
    for helper in placed.values():
        found.setdefault(helper.before, []).append(helper.definition)
    return found


def with_helpers(helpers: Sequence[cst.FunctionDef], result: Replacement) -> Replacement:
    """Return what a statement became with the helpers before it, two blank lines around each."""
    definitions = [each.with_changes(leading_lines=_BLANK) for each in helpers]
    following: tuple[Any, ...] = ()
    if isinstance(result, cst.FlattenSentinel):
        following = tuple(result)
    elif isinstance(result, cst.CSTNode):
        following = (result,)
    if not following:
        return cst.FlattenSentinel(definitions)
    first, *rest = following
    lines = list(first.leading_lines)
    while lines and lines[0].comment is None:
        lines.pop(0)
    return cst.FlattenSentinel([*definitions, first.with_changes(leading_lines=[*_BLANK, *lines]), *rest])
