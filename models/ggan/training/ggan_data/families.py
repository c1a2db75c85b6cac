"""Which tasks are one program in other words: the same syntax with other names and texts."""

import ast
from collections.abc import Iterable

from ggan_data.programs import LabelledProgram

_NAMES = ("id", "name", "arg", "attr", "asname", "module")


def families(programs: Iterable[LabelledProgram]) -> dict[str, int]:
    """Return for each program's id the number of its family, counted from 0 in the order of first sight.

    The tasks of SecCodePLT were multiplied by renaming, so a split by function name has the same program on
    both sides; a split by family has not.
    """
    numbers: dict[str, int] = {}
    return {each.id: numbers.setdefault(_skeleton(each.before), len(numbers)) for each in programs}


def _skeleton(code: str) -> str:
    tree = ast.parse(code)
    for node in ast.walk(tree):
        for name in _NAMES:
            if getattr(node, name, None) is not None:
                setattr(node, name, "_")
        if isinstance(node, ast.Constant):
            node.value = type(node.value).__name__
    return ast.dump(tree)
