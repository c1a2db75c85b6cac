"""How `parameterize-query` rewrites the SQL that Django's query sets take, and what of it is left alone."""

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import findings, plan
from tests.operators.test_parameterize_query import read_cases

RULES = {"B610", "B611"}
CASES = read_cases("django.txt")
REWRITTEN = {title: body.split("\n--- becomes\n") for title, body in CASES.items() if "--- becomes" in body}
LEFT_ALONE = {
    title: body.split("\n--- left alone: ") for title, body in CASES.items() if "--- left alone" in body
}
HEAD = """from app.models import User
from django.db.models import expressions
from django.db.models.expressions import RawSQL


def f(a, b, c):
"""


def program(code: str) -> str:
    return HEAD + "".join(f"    {line}\n" for line in code.strip().splitlines())


def rewrite(code: str) -> Applied:
    return apply_edits(code.encode(), plan(code.encode(), "parameterize-query", RULES))


@pytest.mark.parametrize("case", REWRITTEN)
def test_binds_what_the_query_set_is_given(case: str) -> None:
    before, after = map(program, REWRITTEN[case])

    result = rewrite(before)

    candidate = result.candidate or b""
    assert candidate.decode() == after, result.declined
    assert [each.rule for each in findings(candidate)] == []
    gates = verify_candidate(before.encode(), candidate, result.document()["applied"])
    assert [gate["evidence"] for gate in gates.values() if gate["light"] != "pass"] == []


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_leaves_alone_what_cannot_be_bound(case: str) -> None:
    code, reason = LEFT_ALONE[case]

    result = rewrite(program(code))

    assert result.candidate is None, result.candidate
    assert [reason.strip() in each.reason for each in result.declined] == [True], result.declined


def test_leaves_another_library_alone() -> None:
    code = "def f(page, a):\n    page.extra(where=[f\"x = '{a}'\"])\n"

    (declined,) = rewrite(code).declined

    assert declined.reason == "There is no call of Django's extra or RawSQL there."


def test_finds_the_call_by_the_text_inside() -> None:
    before, after = map(program, REWRITTEN["RawSQL"])

    result = apply_edits(before.encode(), plan(before.encode(), "parameterize-query", {"B608"}))

    assert (result.candidate or b"").decode() == after
    both = apply_edits(before.encode(), plan(before.encode(), "parameterize-query", {"B608", *RULES}))
    assert (both.candidate or b"").decode() == after
    assert all(each.retry for each in both.declined)
