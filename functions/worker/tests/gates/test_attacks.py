"""Candidates that try to pass without fixing, and honest fixes of the same programs beside them."""

import ast

import pytest

from sgcode_worker.gates.verify import verify_candidate
from tests.gates.attack_files import Case, read_cases

ATTACKS = read_cases("attack")
FIXES = read_cases("fix")


def failing(case: Case) -> list[str]:
    gates = verify_candidate(case.original.encode(), case.candidate.encode(), case.applied_edits)
    return [
        f"{light}: {each['message']}"
        for light, gate in gates.items()
        if gate["light"] == "fail"
        for each in gate["evidence"]
    ]


@pytest.mark.parametrize("case", ATTACKS, ids=[case.name for case in ATTACKS])
def test_refuses_the_attack(case: Case) -> None:
    ast.parse(case.candidate)

    assert failing(case)


@pytest.mark.parametrize("case", FIXES, ids=[case.name for case in FIXES])
def test_accepts_the_fix(case: Case) -> None:
    assert failing(case) == []


def test_the_list_is_long_enough() -> None:
    assert len(ATTACKS) >= 60
    assert len({(case.original, case.candidate) for case in ATTACKS}) == len(ATTACKS)
