"""Suppression comments of any tool, and comments that stand where code was."""

import io
import re
import tokenize
import unicodedata
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison

_SUPPRESSION = re.compile(
    r"\b(?:nosec|noqa|nosemgrep|nosem|nolint|noinspection|no-?sonar|noboost|nopep8|lgtm|codeql\s*\[|"
    r"type:\s*ignore|pyright:\s*(?:ignore|basic)|mypy:|pylint:|pragma:\s*(?:no\s?cover|allowlist|whitelist)|"
    r"flake8:|ruff:|bandit:|dlint:|pyre-(?:ignore|fixme|unsafe)|pytype:\s*(?:disable|skip)|fmt:\s*(?:off|skip)|"
    r"isort:\s*skip|yapf:\s*disable|autopep8:|semgrep|snyk|deepcode\s+ignore|checkov:skip|tfsec:ignore|"
    r"gitleaks:allow|ggignore|nosecret|trufflehog:ignore|skipcq|sourcery\s+skip|devskim:\s*ignore|"
    r"coverity|fortify|veracode|checkmarx|kics-scan|trivy:ignore|safety:\s*ignore)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\b(?:rest|remainder|remaining|existing|previous|original|other|unchanged|same|omitted|truncated|elided|"
    r"snip(?:ped)?|your|actual|implement(?:ation)?)\b.{0,40}"
    r"\b(?:code|functions?|methods?|logic|implementation|routes?|endpoints?|imports?|class(?:es)?|program|file|"
    r"here|above|before|unchanged|brevity|same)\b"
    r"|^#+\s*(?:\.\.\.|…)|\b(?:todo|fixme)\b.{0,20}\bimplement"
    r"|\b(?:omitted|shortened|abbreviated|truncated)\s+for\b|\b(?:remains?|stays?|kept)\s+(?:the\s+same|unchanged|as\s+is)\b",
    re.IGNORECASE,
)


def check_comments(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every new comment that silences a tool or stands for left-out code, and characters unseen."""
    if _unseen(comparison.candidate.text) > _unseen(comparison.original.text):
        yield Evidence("the source holds more characters that nobody sees than before")
    new = _new_comments(comparison.original.text, comparison.candidate.text)
    for text, line in new:
        if _SUPPRESSION.search(text):
            yield Evidence(f"a new comment silences a tool: `{text.strip()[:80]}`", line)
        elif _PLACEHOLDER.search(text):
            yield Evidence(f"a comment stands where code was: `{text.strip()[:80]}`", line)


def _unseen(text: str) -> int:
    return sum(unicodedata.category(each) == "Cf" for each in text) if not text.isascii() else 0


def _new_comments(original: str, candidate: str) -> list[tuple[str, int]]:
    suspect = [line for line in candidate.splitlines() if "#" in line]
    if not any(
        _SUPPRESSION.search(line) or _PLACEHOLDER.search(line.partition("#")[2]) or "..." in line
        for line in suspect
    ):
        return []
    known = Counter(text.strip() for text, _ in _comments(original))
    new: list[tuple[str, int]] = []
    for text, line in _comments(candidate):
        key = text.strip()
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append((text, line))
    return new


def _comments(code: str) -> Iterator[tuple[str, int]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                yield token.string, token.start[0]
    except (tokenize.TokenError, SyntaxError):
        return
