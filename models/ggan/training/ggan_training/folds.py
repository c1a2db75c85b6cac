"""Who is judged by a model that has never seen their like."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ggan_training.examples import Example

FOLDS = 5
_JUDGED = ("pairs", "tune")


@dataclass(frozen=True)
class Fold:
    """A share of the judged sets, whole groups each, and everything else to learn from."""

    number: int
    training: list[Example]
    judged: list[Example]


def folds_of(examples: Sequence[Example], seed: int) -> list[Fold]:
    """Return the folds: repair pairs by repository, tasks by function, of both about the same number in each.

    Synthetic and clean programs of the split `train` are in the training of every fold; others in none.
    """
    where: dict[tuple[str, str], int] = {}
    for name in _JUDGED:
        sizes = Counter(example.group for example in examples if example.set == name)
        for group, fold in _spread(sizes, seed).items():
            where[name, group] = fold
    return [
        Fold(
            number,
            [each for each in learnable(examples) if where.get((each.set, each.group)) != number],
            [each for each in examples if where.get((each.set, each.group)) == number],
        )
        for number in range(FOLDS)
    ]


def learnable(examples: Sequence[Example]) -> list[Example]:
    """Return what a model may learn from at all."""
    return [example for example in examples if example.split == "train"]


def held_out(examples: Sequence[Example], name: str) -> list[Example]:
    """Return the programs of a set that no model learns from."""
    return [example for example in examples if example.set == name and example.split == "held-out"]


def _spread(sizes: Counter[str], seed: int) -> dict[str, int]:
    """Put each group in the fold that has least, the large ones first, those of one size in a drawn order."""
    groups = sorted(sizes)
    random.Random(seed).shuffle(groups)
    load = [0] * FOLDS
    placed = {}
    for group in sorted(groups, key=lambda group: -sizes[group]):
        fold = load.index(min(load))
        placed[group] = fold
        load[fold] += sizes[group]
    return placed
