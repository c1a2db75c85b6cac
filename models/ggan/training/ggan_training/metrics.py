"""Figures over what a model said, each with its standard error."""

import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ggan_training.examples import UNKNOWN_OPERATOR
from ggan_training.judging import Judged

_DRAWS = 1000
_KEEP = 0
T = TypeVar("T")


@dataclass(frozen=True)
class Figure:
    """A figure over `count` things, and its standard error."""

    value: float
    error: float
    count: int


def ranking(judged: Sequence[Judged], seed: int) -> Figure:
    """How often a program's score is above its fixed form's, unrounded; equal scores count as wrong."""
    pairs = [(each.group, each.before.score, each.after.score) for each in judged if each.after]
    return _share([(group, before > after) for group, before, after in pairs], seed)


def tie_ranking(judged: Sequence[Judged], ties: Collection[str], seed: int) -> Figure:
    """The ranking on the programs of which an analyzer cannot tell the two forms apart."""
    return ranking([each for each in judged if each.id in ties], seed)


def top_lines(judged: Sequence[Judged], most: int, seed: int) -> Figure:
    """How often a changed line is among the riskiest; of lines as risky the later ones come first."""
    rows = [
        (each.group, bool(each.changed.intersection(_riskiest(each, most))))
        for each in judged
        if each.changed
    ]
    return _share(rows, seed)


def operator_f1(judged: Sequence[Judged], seed: int) -> Figure:
    """Macro-F1 over the operators that the labels name, by the nodes that have one: is it the right one?"""
    rows = [(each.group, [pair for pair in _outcomes(each) if pair[0] != _KEEP]) for each in judged]
    return _bootstrap(rows, _macro_f1, seed)


def operator_f1_everywhere(judged: Sequence[Judged], seed: int) -> Figure:
    """The same by all nodes, those of fixed and of clean programs included: is it right, and nowhere else?

    A node of which nobody knows the operator is left out.
    """
    rows = [(each.group, _outcomes(each)) for each in judged]
    return _bootstrap(rows, _macro_f1, seed)


def operator_table(judged: Sequence[Judged], names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return precision, recall and count of each operator."""
    table = {}
    for operator, (hits, wrong, missed) in sorted(_counts([_outcomes(each) for each in judged]).items()):
        if hits + missed > 0:
            table[names[operator]] = {
                "precision": hits / max(1, hits + wrong),
                "recall": hits / (hits + missed),
                "count": hits + missed,
            }
    return table


def _riskiest(judged: Judged, most: int) -> list[int]:
    lines = sorted(judged.before.line_risks().items(), key=lambda item: (-item[1], -item[0]))
    return [line for line, _ in lines[:most]]


def _outcomes(judged: Judged) -> list[tuple[int, int]]:
    truth = judged.operator
    found = [pair for pair in zip(truth, judged.before.operators, strict=True) if pair[0] != UNKNOWN_OPERATOR]
    if judged.after is not None:
        found += [(_KEEP, said) for said in judged.after.operators]
    return [pair for pair in found if pair != (_KEEP, _KEEP)]


def _counts(outcomes: Sequence[Sequence[tuple[int, int]]]) -> dict[int, tuple[int, int, int]]:
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for rows in outcomes:
        for truth, said in rows:
            if truth == said:
                counts[truth][0] += 1
            else:
                counts[said][1] += 1
                counts[truth][2] += 1
    return {operator: (row[0], row[1], row[2]) for operator, row in counts.items() if operator != _KEEP}


def _macro_f1(outcomes: Sequence[Sequence[tuple[int, int]]]) -> float:
    scores = [
        2 * hits / (2 * hits + wrong + missed)
        for hits, wrong, missed in _counts(outcomes).values()
        if hits + missed > 0
    ]
    return statistics.fmean(scores) if scores else 0.0


def _share(rows: Sequence[tuple[str, bool]], seed: int) -> Figure:
    return _bootstrap(rows, lambda values: statistics.fmean(values) if values else 0.0, seed)


def _bootstrap(rows: Sequence[tuple[str, T]], figure: Callable[[Sequence[T]], float], seed: int) -> Figure:
    """The standard error is that of whole groups drawn again: what is in a group is alike."""
    groups: dict[str, list[T]] = defaultdict(list)
    for group, value in rows:
        groups[group].append(value)
    value = figure([each for _, each in rows])
    if len(groups) < 2:
        return Figure(value, 0.0, len(rows))
    draws = random.Random(seed)
    members = list(groups.values())
    again = [
        figure([each for group in draws.choices(members, k=len(members)) for each in group])
        for _ in range(_DRAWS)
    ]
    return Figure(value, statistics.stdev(again), len(rows))
