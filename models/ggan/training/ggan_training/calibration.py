"""From which figure on a line is flagged, an operator proposed, a flow cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ggan_training.judging import Judged, Said

# Likelier than all others together. Whether an operator can act at a place is for its precondition and the
# gates to say: a stricter figure would keep back right ones, as the node beside often names the operator too.
OPERATOR_THRESHOLD = 0.5

_LEAST = 0.5
_PRECISION = 0.9


@dataclass(frozen=True)
class CleanCode:
    """Lines of code in which nothing is weak, and how many of them are flagged all the same."""

    lines: int
    flagged: int

    @property
    def flagged_per_100(self) -> float:
        """How many of a hundred lines are flagged."""
        return 100.0 * self.flagged / max(1, self.lines)


def line_threshold(clean: Iterable[Said], allowed_per_100: float = 1.0) -> float:
    """Return the lowest threshold at which no more lines of the clean code are flagged than are allowed."""
    risks = sorted((risk for said in clean for risk in said.line_risks().values()), reverse=True)
    allowed = int(len(risks) * allowed_per_100 / 100.0)
    if allowed >= len(risks):
        return 0.0
    # The first risk that may not be flagged, and a line is flagged from the threshold on.
    above = [risk for risk in risks[:allowed] if risk > risks[allowed]]
    return above[-1] if above else 1.0


def flagged(clean: Iterable[Said], threshold: float) -> CleanCode:
    """Return how many lines of clean code there are, and how many are flagged at a threshold."""
    risks = [risk for said in clean for risk in said.line_risks().values()]
    return CleanCode(len(risks), sum(risk >= threshold for risk in risks))


def recall(judged: Sequence[Judged], threshold: float) -> float:
    """Return the share of programs in which some changed line is flagged."""
    with_lines = [each for each in judged if each.changed]
    hits = [
        any(risk >= threshold for line, risk in each.before.line_risks().items() if line in each.changed)
        for each in with_lines
    ]
    return sum(hits) / max(1, len(hits))


def cut_threshold(judged: Sequence[Judged]) -> float:
    """Return the lowest threshold at which nine of ten cuts are of flows that the fix cuts."""
    rows: list[tuple[float, bool]] = []
    for each in judged:
        rows += [
            (said, truth == 1) for said, truth in zip(each.before.cuts, each.cut, strict=True) if truth >= 0
        ]
        if each.after is not None:
            rows += [(said, False) for said in each.after.cuts]
    return _lowest_precise(rows)


def _lowest_precise(rows: Sequence[tuple[float, bool]]) -> float:
    """The lowest of the figures, none below a half, from which on nine of ten are right; 1 without one."""
    ordered = sorted(rows, reverse=True)
    right, lowest = 0, 1.0
    for index, (figure, is_right) in enumerate(ordered):
        if figure < _LEAST:
            break
        right += is_right
        is_last_of_its_kind = index + 1 == len(ordered) or ordered[index + 1][0] < figure
        if is_last_of_its_kind and right / (index + 1) >= _PRECISION:
            lowest = figure
    return lowest
