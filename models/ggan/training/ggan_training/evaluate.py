"""All figures of what models said of programs that they had never seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ggan_training.calibration import (
    OPERATOR_THRESHOLD,
    CleanCode,
    cut_threshold,
    flagged,
    line_threshold,
    recall,
)
from ggan_training.judging import Judged, Said
from ggan_training.metrics import (
    Figure,
    operator_f1,
    operator_f1_everywhere,
    operator_table,
    ranking,
    tie_ranking,
    top_lines,
)

_KEEP = 0


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a line is flagged, an operator proposed, a flow cut."""

    line: float
    operator: float
    cut: float


def calibrate(judged: Sequence[Judged]) -> Thresholds:
    """Return the thresholds by clean code and held-out programs, of which the models had seen nothing.

    Both the clean modules and the fixed forms keep to one flagged line in a hundred.
    """
    line = max(line_threshold(_clean(judged)), line_threshold(_fixed(judged)))
    held_out = [each for each in judged if each.set == "synthetic"]
    return Thresholds(line, OPERATOR_THRESHOLD, cut_threshold(held_out))


def clean_code(judged: Sequence[Judged], thresholds: Thresholds) -> dict[str, CleanCode]:
    """Return how much of the clean code is flagged: modules, and the fixed forms of pairs."""
    return {
        "modules": flagged(_clean(judged), thresholds.line),
        "fixed": flagged(_fixed(judged), thresholds.line),
    }


def evaluate(
    judged: Sequence[Judged],
    ties: Collection[str],
    hands: Mapping[str, tuple[int, int]],
    operators: Sequence[str],
    seed: int,
) -> dict[str, Any]:
    """Return the figures, the thresholds, and what is flagged of clean code, as JSON.

    `ties` are the pairs on which Bandit ties; `hands` says of some pairs the line and the operator that a
    person named.
    """
    pairs, tune = _of(judged, "pairs"), _of(judged, "tune")
    synthetic = _of(judged, "synthetic")
    figures: dict[str, Figure] = {
        "pair ranking": ranking(pairs, seed),
        "pair ranking, Bandit ties": tie_ranking(pairs, ties, seed),
        "changed line in top 1": top_lines(pairs, 1, seed),
        "changed line in top 3": top_lines(pairs, 3, seed),
        "tune ranking": ranking(tune, seed),
        "tune, changed line in top 3": top_lines(tune, 3, seed),
        "held-out templates, ranking": ranking(synthetic, seed),
        "held-out templates, operator macro-F1": operator_f1(synthetic, seed),
        "held-out templates, operator macro-F1 over all nodes": operator_f1_everywhere(synthetic, seed),
    }
    thresholds = calibrate(judged)
    return {
        "figures": {name: asdict(figure) for name, figure in figures.items()},
        "thresholds": asdict(thresholds),
        "clean": {
            name: asdict(code) | {"flaggedPer100": code.flagged_per_100}
            for name, code in clean_code(judged, thresholds).items()
        },
        "recall": {
            each: recall(_of(judged, each), thresholds.line) for each in ("pairs", "tune", "synthetic")
        },
        "operators": operator_table(synthetic, operators),
        "hand labels": hand_agreement(pairs, hands),
    }


def hand_agreement(judged: Sequence[Judged], hands: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return on how many pairs the model names the operator that a person named for the line.

    The model's word on a line is that of its riskiest node with an operator other than keep, else keep.
    """
    rows = [(hands[each.id][1], _word(each.before, hands[each.id][0])) for each in judged if each.id in hands]
    named = [(truth, said) for truth, said in rows if truth != _KEEP]
    none = [(truth, said) for truth, said in rows if truth == _KEEP]
    return {
        "named": len(named),
        "named right": sum(truth == said for truth, said in named),
        "named otherwise": sum(said not in (truth, _KEEP) for truth, said in named),
        "none of ours": len(none),
        "none of ours right": sum(truth == said for truth, said in none),
    }


def _word(said: Said, line: int) -> int:
    nodes = zip(said.lines, said.risks, said.operators, strict=True)
    words = [(risk, operator) for begin, risk, operator in nodes if begin == line and operator != _KEEP]
    return max(words)[1] if words else _KEEP


def _of(judged: Sequence[Judged], name: str) -> list[Judged]:
    return [each for each in judged if each.set == name]


def _clean(judged: Sequence[Judged]) -> list[Said]:
    return [each.before for each in _of(judged, "clean")]


def _fixed(judged: Sequence[Judged]) -> list[Said]:
    return [each.after for each in _of(judged, "pairs") if each.after is not None]
