"""Bandit, in this process.

Bandit answers `no findings` where it could not look: a file that it skipped, a rule that raised, a `# nosec`,
a `.bandit` file. Here each of these is either switched off or makes the program unanalyzable.
"""

import io
import logging
import re
import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import bandit
from bandit.core import config, extension_loader

from sgcode_worker.analyzers.analyzer import Analysis, Finding, Grade, Rule
from sgcode_worker.analyzers.bandit_cwes import cwe_of_plugin
from sgcode_worker.analyzers.bandit_scan import Scan
from sgcode_worker.analyzers.fingerprint import fingerprints
from sgcode_worker.analyzers.places import Located, Places, Reported
from sgcode_worker.limits import MAX_FINDINGS
from sgcode_worker.source import Source

# For any other name Bandit reads code snippets from the disk.
_FILE_NAME = "<stdin>"
_GRADES: dict[str, Grade] = {"HIGH": "high", "MEDIUM": "medium", "LOW": "low", "UNDEFINED": "low"}
_WHOLE_FILE_RULE = "B613"
# Some messages show an object as Python does, with a place in memory that is another one each time.
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class _Issue(Protocol):
    """The part of bandit.core.issue.Issue that is read here."""

    test_id: str
    severity: str
    confidence: str
    text: str
    lineno: int
    linerange: list[int]
    col_offset: int
    end_col_offset: int
    cwe: Any


class _RuleErrors(logging.Handler):
    """Collects what Bandit logs about rules that raised: it goes on without them and says nothing else."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count one rule that raised."""
        self.count += 1


class BanditAnalyzer:
    """Bandit with all rules and its default configuration, where suppression comments hide nothing."""

    name = "bandit"
    version = bandit.__version__

    def __init__(self, *, ignore_nosec: bool = True) -> None:
        self._ignore_nosec = ignore_nosec
        self._config = config.BanditConfig()
        self._rule_errors = _RuleErrors()
        for noisy in ("bandit", "stevedore"):
            logger = logging.getLogger(noisy)
            logger.propagate = False
            logger.setLevel(logging.ERROR)
            logger.addHandler(logging.NullHandler())
        logging.getLogger("bandit.core.tester").addHandler(self._rule_errors)

    @cached_property
    def _rules(self) -> Sequence[Rule]:
        loaded = extension_loader.MANAGER
        rules = [Rule(id, each.name, cwe_of_plugin(each.plugin)) for id, each in loaded.plugins_by_id.items()]
        for id, each in loaded.blacklist_by_id.items():
            rules.append(Rule(id, each["name"], _cwe(each["cwe"])))
        return sorted(rules, key=lambda rule: rule.id)

    def rules(self) -> Sequence[Rule]:
        """Return Bandit's rules by id, the blacklist's included."""
        return self._rules

    def analyze(self, source: Source) -> Analysis:
        """Return Bandit's findings in the order of the file, or the reason why there are none to return."""
        if source.tree is None:
            return Analysis(reason=source.reason)
        self._rule_errors.count = 0
        # A scan keeps results and skipped files of earlier programs.
        scan = Scan(self._config, source.tree, ignore_nosec=self._ignore_nosec)
        scan.files_list = [_FILE_NAME]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scan._parse_file(_FILE_NAME, io.BytesIO(source.data), scan.files_list)
        if scan.skipped:
            return Analysis(reason=f"Bandit could not analyze it: {scan.skipped[0][1]}.")
        if self._rule_errors.count:
            return Analysis(
                reason=f"Bandit could not analyze it: {self._rule_errors.count} of its checks failed."
            )
        if len(scan.results) > MAX_FINDINGS:
            return Analysis(reason=f"Bandit has more than {MAX_FINDINGS:,} findings in it.")
        return Analysis(_findings(scan.results, source) if scan.results else [])


def _findings(issues: Sequence[_Issue], source: Source) -> list[Finding]:
    # The rule that counts lines in its own way may mean any of them.
    counts_alike = all(issue.test_id != _WHOLE_FILE_RULE for issue in issues)
    places = Places(source, [issue.lineno for issue in issues] if counts_alike else None)
    located = [(issue, _locate(issue, source, places)) for issue in issues]
    located.sort(key=lambda pair: (pair[1].span.line, pair[1].span.column, pair[0].test_id))
    marks = fingerprints((issue.test_id, place.definition, place.statement) for issue, place in located)
    return [
        Finding(
            rule=issue.test_id,
            cwe=_cwe(issue.cwe.id),
            severity=_GRADES[issue.severity],
            confidence=_GRADES[issue.confidence],
            message=_ADDRESS.sub("", issue.text),
            span=place.span,
            definition=place.definition,
            code=place.code,
            fingerprint=mark,
        )
        for (issue, place), mark in zip(located, marks, strict=True)
    ]


def _locate(issue: _Issue, source: Source, places: Places) -> Located:
    if issue.test_id == _WHOLE_FILE_RULE:
        # This rule counts lines by str.splitlines(), for which a form feed ends one, and columns from 1.
        before = source.text.splitlines(keepends=True)[: issue.lineno - 1]
        return places.at_offset(sum(map(len, before)) + issue.col_offset - 1)
    last_line = issue.linerange[-1] if issue.linerange else issue.lineno
    return places.at_node(Reported(issue.lineno, issue.col_offset, issue.end_col_offset, last_line))


def _cwe(number: int) -> str | None:
    return f"CWE-{number}" if number else None
