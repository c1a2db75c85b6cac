"""Real fixes: functions before and after, and how they are split so that nothing leaks."""

import ast
import json
import random
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALIKE = 0.5
"""From this share of common word triples on, two functions are copies of each other."""

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Pair:
    """A function that had a weakness, and the same function after it was fixed."""

    id: str
    cwe: str
    group: str
    """The repository."""
    extension: str
    instruction: str
    """What both versions answer; nothing in it tells them apart."""
    vulnerable: str
    secure: str


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a JSONL file with `id, cwe, group, file, before, after` and maybe `description`.

    Raises ValueError, which names the line, where a line lacks one of them.
    """
    with path.open(encoding="utf-8") as lines:
        return [_pair(json.loads(line), number) for number, line in enumerate(lines, start=1) if line.strip()]


def split(pairs: Sequence[Pair], share: float, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to learn from and about `share` of all, held out.

    Whole repositories are held out, together with every other that has a copy of one of their functions.
    """
    roots = _roots(pairs)
    sizes = Counter(roots[pair.group] for pair in pairs)
    drawn = sorted(sizes)
    random.Random(seed).shuffle(drawn)
    held: set[str] = set()
    left = round(share * len(pairs))
    for root in drawn:
        if sizes[root] <= left:
            held.add(root)
            left -= sizes[root]
    return (
        [pair for pair in pairs if roots[pair.group] not in held],
        [pair for pair in pairs if roots[pair.group] in held],
    )


def _pair(row: Mapping[str, Any], number: int) -> Pair:
    missing = [name for name in ("id", "cwe", "group", "file", "before", "after") if name not in row]
    if missing:
        raise ValueError(f"line {number} has no {', '.join(missing)}")
    before, after = (f"{textwrap.dedent(row[side])}\n" for side in ("before", "after"))
    return Pair(
        id=row["id"],
        cwe=row["cwe"],
        group=row["group"],
        extension=Path(row["file"]).suffix.removeprefix("."),
        instruction=row.get("description") or _described(before, after),
        vulnerable=before,
        secure=after,
    )


def _described(before: str, after: str) -> str:
    """Say what a function is for in words that are true of both versions.

    SafeCoder had its descriptions written by a model. Here it is the name, and the parameters and the first
    sentence that both have: what is in one version only could give the fix away.
    """
    one, other = (_definition(code) for code in (before, after))
    if one is None or other is None:
        names = [name for name in re.findall(r"def\s+(\w+)", before) if re.search(rf"def\s+{name}\b", after)]
        return _words(names[0]) if names else "Continue this module."
    text = _words(one.name)
    shared = [name for name in _parameters(one) if name in _parameters(other)]
    if shared:
        text += f" Its parameters are {', '.join(shared)}."
    sentence = _sentence(one)
    return f"{text} {sentence}" if sentence and sentence == _sentence(other) else text


def _definition(code: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return next(functions, None)


def _words(name: str) -> str:
    return f"Write the function {name}."


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def _sentence(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    text = (ast.get_docstring(function) or "").split("\n\n")[0]
    return " ".join(text.split())[:200]


def _roots(pairs: Sequence[Pair]) -> dict[str, str]:
    """Return for each repository the first of those that are one with it."""
    parents = {pair.group: pair.group for pair in pairs}

    def root(group: str) -> str:
        while parents[group] != group:
            group = parents[group]
        return group

    for one, other in _copies(pairs):
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    return {group: root(group) for group in parents}


def _copies(pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    """Return the repositories, two by two, that have a function in common."""
    shingles = [_triples(pair.vulnerable) for pair in pairs]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        for triple in own:
            having[triple].append(index)
    common: Counter[tuple[int, int]] = Counter()
    for indexes in having.values():
        # What half of the world writes tells nothing, and would make this quadratic.
        if len(indexes) <= 50:
            common.update((a, b) for a in indexes for b in indexes if a < b)
    return [
        (pairs[a].group, pairs[b].group)
        for (a, b), shared in common.items()
        if shared >= ALIKE * len(shingles[a] | shingles[b])
    ]


def _triples(code: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(code)
    return set(zip(words, words[1:], words[2:], strict=False))
