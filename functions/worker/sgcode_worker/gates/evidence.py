"""What a gate answers: a light with the evidence that a person needs to believe it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EVIDENCE_LIMIT = 40


@dataclass(frozen=True)
class Evidence:
    """One reason; `line` counts from 1 in the candidate, None where it has no place there."""

    message: str
    line: int | None = None


def gate_result(
    failures: Sequence[Evidence], allowed: Sequence[Evidence], checked: str, not_checked: str
) -> dict[str, Any]:
    """Return a GateResult document: `fail` with its reasons, or `pass` with what was allowed."""
    told = list(dict.fromkeys(failures if failures else allowed))
    evidence = [{"message": each.message, "line": each.line} for each in told[:EVIDENCE_LIMIT]]
    if len(told) > EVIDENCE_LIMIT:
        evidence.append({"message": f"... and {len(told) - EVIDENCE_LIMIT} more", "line": None})
    return {
        "light": "fail" if failures else "pass",
        "evidence": evidence,
        "checked": checked,
        "notChecked": not_checked,
    }
