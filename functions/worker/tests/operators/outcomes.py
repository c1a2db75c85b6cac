"""Checks what becomes of a program at Bandit's findings, with everything that every rewrite promises."""

from collections.abc import Collection

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import findings, plan


def check_rewritten(operator: str, rules: Collection[str], before: str, after: str) -> Applied:
    """Check that the operator makes `after` of the program, past the gates and without its findings."""
    data = before.encode()
    result = apply_edits(data, plan(data, operator, rules))
    gates = verify_candidate(data, result.candidate or data, result.document()["applied"])
    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []
    if result.candidate is not None and result.candidate.decode() != after:
        return check_rewritten(operator, rules, result.candidate.decode(), after)
    assert (result.candidate or b"").decode() == after, result.declined
    assert [each.rule for each in findings(after.encode()) if each.rule in rules] == []
    return result


def check_left_alone(operator: str, rules: Collection[str], code: str, reason: str) -> None:
    """Check that the operator is tried at a finding of the program, leaves it alone and says why."""
    data = code.encode()
    result = apply_edits(data, plan(data, operator, rules))
    assert result.candidate is None, result.candidate.decode()
    assert result.declined
    assert [each.reason for each in result.declined if reason not in each.reason] == []
