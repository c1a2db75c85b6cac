"""Edited tests: what a test asserts must stay, and tests must still run."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_ASSERTS = re.compile(r"(?:assert|fail)[A-Z_]\w*|raises|warns|deprecated_call|called_\w+|fail")
_SKIPS = re.compile(r"skip\w*|xfail|importorskip")


def check_tests(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every test that asserts less, or is skipped, than before."""
    for name, definition in comparison.original.definitions.items():
        if _is_test(definition) and name not in comparison.candidate.definitions:
            yield Evidence(f"the test `{name}` is gone")
    for pair in comparison.pairs:
        if pair.before.kind != "function":
            continue
        before, after = _asserts(pair.before), _asserts(pair.after)
        gone = before - after
        if gone and (_is_test(pair.before) or any(not each.startswith("assert ") for each in gone)):
            yield Evidence(f"the test {pair.label} no longer asserts `{next(iter(gone))[:80]}`", pair.line)
        if _is_test(pair.before) and _skips(pair.after) > _skips(pair.before):
            yield Evidence(f"the test {pair.label} is now skipped", pair.line)


def _is_test(definition: Definition) -> bool:
    last = definition.name.rpartition(".")[2]
    return definition.kind != "module" and (last.startswith(("test", "Test")) or last.endswith("_test"))


def _asserts(definition: Definition) -> Counter[str]:
    found = Counter(source_text(each) for each in definition.statements if isinstance(each, ast.Assert))
    for call in definition.calls:
        if _ASSERTS.fullmatch(call.name):
            found[source_text(call.node)] += 1
    return found


def _skips(definition: Definition) -> int:
    return sum(_SKIPS.fullmatch(call.name) is not None for call in definition.calls)
