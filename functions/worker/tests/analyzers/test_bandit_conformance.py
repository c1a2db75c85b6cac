"""Bandit's own examples: here they have the findings that its command has."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from sgcode_worker.analyzers.bandit_analyzer import BanditAnalyzer
from sgcode_worker.source import read_source, split_lines

CHECKOUT = Path(__file__).parents[4]
DATA = Path(os.environ.get("SGCODE_SHARED_DATA") or CHECKOUT.parent / "shared" / "data")
EXAMPLES = DATA / "bandit-examples"

Row = tuple[str, int, str, str | None, str, str]


def rows(analyzer: BanditAnalyzer) -> Counter[Row]:
    found: Counter[Row] = Counter()
    for path in sorted(EXAMPLES.glob("*.py")):
        for each in analyzer.analyze(read_source(path.read_bytes())).findings:
            found[path.name, each.span.line, each.rule, each.cwe, each.severity, each.confidence] += 1
    return found


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason=f"no Bandit examples at {EXAMPLES}")
class TestConformance:
    def expected(self) -> Counter[Row]:
        return Counter(
            (
                row["file"],
                row["line"],
                row["rule"],
                f"CWE-{row['cwe']}" if row["cwe"] else None,
                row["severity"].lower(),
                row["confidence"].lower(),
            )
            for row in json.loads((EXAMPLES / "expected-1.9.4.json").read_text())
        )

    def test_finds_exactly_what_the_command_finds(self) -> None:
        found = rows(BanditAnalyzer(ignore_nosec=False))

        assert found == self.expected()
        assert found.total() == 597

    def test_beyond_that_finds_only_what_nosec_comments_hide(self) -> None:
        found = rows(BanditAnalyzer())
        beyond = found - self.expected()

        assert not self.expected() - found
        assert beyond.total() == 50
        for name, line, *_ in beyond:
            near = split_lines((EXAMPLES / name).read_text())[max(0, line - 3) : line + 3]
            assert any("nosec" in each.lower() for each in near), (name, line)
