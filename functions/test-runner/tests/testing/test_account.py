import json

import pytest

from sgcode_runner.box.result import BoxResult
from sgcode_runner.judging.tests_account import judge_account

NONCE = "5" * 32
COLLECTED = {"kind": "collected", "ids": ["t.py::a", "t.py::b"]}
PASSED = {"kind": "result", "id": "t.py::a", "outcome": "passed", "message": ""}
OTHER = {**PASSED, "id": "t.py::b"}
END = {"kind": "end", "ended": "complete"}


def judged(*records, ended="exited", nonce=NONCE, tail=b""):
    lines = [json.dumps({"nonce": nonce, **record}).encode() + b"\n" for record in records]
    account = judge_account(BoxResult(b"".join(lines) + tail, ended, 0, b"", 1.0), NONCE)
    return account["ended"], [each["outcome"] for each in account["tests"]]


def test_a_whole_account_is_taken_as_it_is():
    assert judged(COLLECTED, PASSED, OTHER, END) == ("complete", ["passed", "passed"])


def test_a_test_without_a_result_failed():
    assert judged(COLLECTED, PASSED, END) == ("complete", ["passed", "failed"])


def test_an_account_without_its_end_is_of_a_crash():
    assert judged(COLLECTED, PASSED) == ("crashed", ["passed", "failed"])


def test_a_limit_is_named_and_half_a_line_forgiven():
    assert judged(COLLECTED, PASSED, ended="timeout", tail=b'{"no') == ("timeout", ["passed", "failed"])


@pytest.mark.parametrize(
    "records",
    [
        [COLLECTED, COLLECTED],
        [COLLECTED, PASSED, PASSED],
        [COLLECTED, {**PASSED, "id": "t.py::c"}],
        [COLLECTED, {**PASSED, "outcome": "great"}],
        [COLLECTED, {**PASSED, "message": 1}],
        [COLLECTED, PASSED, END, OTHER],
        [COLLECTED, {"kind": "other"}],
        [{"kind": "collected", "ids": ["a", "a"]}],
        [{"kind": "collected", "ids": ["a" * 601]}],
        [{"kind": "collected", "ids": ["a"] * 5001}],
        [{"kind": "collected", "ids": "t.py::a"}],
    ],
)
def test_what_the_driver_would_not_write_makes_it_a_forgery(records):
    ended, outcomes = judged(*records)

    assert ended == "forged"
    assert "passed" not in outcomes


@pytest.mark.parametrize("tail", [b"5 passed", b"{}\n", b"[]\n", b"\xff\n", b"[" * 100_000 + b"\n", b"\n"])
def test_anything_else_on_the_pipe_makes_it_a_forgery(tail):
    assert judged(COLLECTED, PASSED, OTHER, tail=tail) == ("forged", ["failed", "failed"])


def test_another_nonce_makes_it_a_forgery():
    assert judged(COLLECTED, PASSED, OTHER, END, nonce="6" * 32)[0] == "forged"
