"""What an analyzer is: a tool that reads a program and answers with findings, or with why it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sgcode_worker.limits import MAX_SNIPPET
from sgcode_worker.source import CompileError, Source

Grade = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Rule:
    """One check of an analyzer. `cwe` is None where the tool decides it finding by finding."""

    id: str
    name: str
    cwe: str | None


@dataclass(frozen=True)
class Span:
    """A half-open span: lines from 1, columns from 0 in code points."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Finding:
    """One result of one rule at one place."""

    rule: str
    cwe: str | None
    severity: Grade
    confidence: Grade
    message: str
    span: Span
    definition: str
    """Qualified name of the enclosing function or class, '' at module level."""
    code: str
    """The source lines of the enclosing statement, at most `MAX_SNIPPET` characters."""
    fingerprint: str


@dataclass(frozen=True)
class Analysis:
    """What an analyzer says about one program. With a `reason` it could not analyze it: never clean."""

    findings: Sequence[Finding] = ()
    reason: str | None = None


class Analyzer(Protocol):
    """A security analyzer. Its answer depends on the program alone, never on files or earlier programs."""

    name: str
    version: str

    def rules(self) -> Sequence[Rule]:
        """Return every check that the tool may report."""
        ...

    def analyze(self, source: Source) -> Analysis:
        """Return the findings, or the reason why there is no answer. Never raises for bad input."""
        ...


def analysis_document(analyzer: Analyzer, source: Source, analysis: Analysis) -> dict[str, Any]:
    """Return the Analysis as it is stored: `AnalysisSchema` of functions/domain/finding.ts."""
    return {
        "analyzer": analyzer.name,
        "version": analyzer.version,
        "status": "analyzed" if analysis.reason is None else "unanalyzable",
        "reason": analysis.reason,
        "compileError": _compile_error_document(source.compile_error),
        "findings": [_finding_document(analyzer, finding) for finding in analysis.findings],
    }


def _compile_error_document(error: CompileError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {"message": error.message, "line": error.line, "lateGlobal": error.late_global}


def _finding_document(analyzer: Analyzer, finding: Finding) -> dict[str, Any]:
    return {
        "analyzer": analyzer.name,
        "rule": finding.rule,
        "cwe": finding.cwe,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message[:MAX_SNIPPET],
        "line": finding.span.line,
        "column": finding.span.column,
        "endLine": finding.span.end_line,
        "endColumn": finding.span.end_column,
        "definition": finding.definition,
        "code": finding.code,
        "fingerprint": finding.fingerprint,
    }
