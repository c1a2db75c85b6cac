"""Multisets of facts, compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sgcode_worker.gates.definition import Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison


@dataclass
class Facts:
    """How often each fact holds and where it was seen first."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, fact: str, line: int | None = None) -> None:
        """Count a fact once more."""
        self.counts[fact] += 1
        if line is not None:
            self.lines.setdefault(fact, line)

    def line(self, fact: str) -> int | None:
        """Where the fact was seen first."""
        return self.lines.get(fact)


def facts(found: Iterable[tuple[str, int | None]]) -> Facts:
    """Return the facts counted."""
    result = Facts()
    for fact, line in found:
        result.add(fact, line)
    return result


def lost(before: Facts, after: Facts) -> Counter[str]:
    """Return what holds less often than before."""
    return before.counts - after.counts


def newly(comparison: Comparison, read: Callable[[Outline], Facts]) -> Iterator[Evidence]:
    """Yield what holds more often in the candidate than before, at the place where it was seen first."""
    before, after = read(comparison.original), read(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(fact, after.line(fact))
