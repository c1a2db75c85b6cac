"""The repair pairs that Bandit cannot tell apart."""

from collections import Counter
from collections.abc import Iterable

from sgcode_worker.analyzers.analyzer import Analyzer
from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.source import read_source

from ggan_data.programs import LabelledProgram

# These rules flag that a module is imported, whatever is done with it.
IMPORT_RULES = frozenset(f"B{number}" for number in range(401, 416))


def tied(pairs: Iterable[LabelledProgram]) -> list[str]:
    """Return the ids of pairs of which Bandit reports equally many findings before and after the fix."""
    bandit = load_analyzer("bandit")
    return [
        pair.id
        for pair in pairs
        if pair.after is not None and _count(bandit, pair.before) == _count(bandit, pair.after)
    ]


def _count(bandit: Analyzer, code: str) -> int:
    """How many findings there are; -1 where the program cannot be read."""
    analysis = bandit.analyze(read_source(code.encode("utf-8")))
    rules = Counter(each.rule for each in analysis.findings)
    return sum(rules.values()) - sum(rules[rule] for rule in IMPORT_RULES) if analysis.reason is None else -1
