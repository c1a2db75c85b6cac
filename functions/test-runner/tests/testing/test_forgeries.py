import functools

import pytest

from sgcode_runner.handler import handle
from tests.forms import FORMS, use_form
from tests.testing.forgeries import BY_DESCRIPTORS, FORGERIES, TESTS, program_of

MUST_FAIL = [
    "test_program.py::test_bad",
    "test_program.py::test_raises",
    "test_program.py::TestMethods::test_bad",
    "test_program.py::TestUnits::test_bad",
]


@functools.cache
def run_once(program, seconds=20):
    """Each forgery runs once, whatever is asked about it."""
    return run(program, seconds)


def run(program, seconds=20):
    return handle(
        {
            "kind": "tests",
            "program": program,
            "module": "program",
            "tests": TESTS,
            "testsFile": "test_program.py",
            "seconds": seconds,
            "environment": {},
        }
    )


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_trick_makes_a_failing_test_pass(forgery):
    answer = run_once(program_of(forgery), 2 if forgery == "never end" else 20)

    assert_nothing_passed(answer)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("forgery", BY_DESCRIPTORS)
def test_no_trick_with_pipes_works_in_any_box(form, forgery, monkeypatch):
    use_form(form, monkeypatch)

    assert_nothing_passed(run(program_of(forgery)))


def assert_nothing_passed(answer):
    outcomes = {each["id"]: each["outcome"] for each in answer["tests"]}
    assert [name for name in MUST_FAIL if outcomes.get(name) == "passed"] == [], answer
    assert set(outcomes) == {*MUST_FAIL, "test_program.py::test_first"} or not outcomes


@pytest.mark.parametrize("form", FORMS)
def test_the_same_tests_pass_over_an_honest_program(form, monkeypatch):
    use_form(form, monkeypatch)
    honest = "def add(a, b):\n    if a == b == 1: raise TypeError\n    return a + b\n"

    answer = run(honest)

    assert answer["ended"] == "complete"
    assert [each["outcome"] for each in answer["tests"]] == ["passed"] * 5


@pytest.mark.parametrize(
    ("forgery", "ended"),
    [
        ("exit while imported", "crashed"),
        ("exit politely while imported", "uncollected"),
        ("kill the watcher", "crashed"),
        ("write records to every descriptor", "forged"),
        ("write the very records that are due, and exit", "forged"),
        ("write to the watcher's descriptors", "complete"),
        ("change reports", "forged"),
        ("change reports for a moment", "forged"),
        ("change unittest", "forged"),
        ("add a plugin", "forged"),
        ("replace the code of tests", "forged"),
        ("never end", "timeout"),
        ("print without end", "complete"),
        ("wrong, no trick", "complete"),
    ],
)
def test_it_says_how_a_run_ended(forgery, ended):
    answer = run_once(program_of(forgery), 2 if forgery == "never end" else 20)

    assert answer["ended"] == ended
