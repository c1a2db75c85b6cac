import pytest

from sgcode_runner.inside.testing.records import ForgedError
from sgcode_runner.inside.testing.referee import Referee

CONTROL = "sgcode_control_test.py::test_x_failed[after]"
TEST = "test_program.py::test_y"
COLLECTED = {"kind": "collected", "ids": [TEST, CONTROL]}
FINISHED = {"kind": "finished"}


def result(name, outcome):
    return {"kind": "result", "id": name, "outcome": outcome, "message": ""}


def told(*records):
    said = []
    referee = Referee(said.append)
    for record in records:
        referee.take(record)
    return said, referee.is_complete


def test_it_passes_on_what_concerns_the_user():
    said, is_complete = told(COLLECTED, result(TEST, "passed"), result(CONTROL, "failed"), FINISHED)

    assert is_complete
    assert said == [{"kind": "collected", "ids": [TEST]}, result(TEST, "passed")]


@pytest.mark.parametrize(
    "records",
    [
        [COLLECTED, result(CONTROL, "passed")],
        [COLLECTED, result(CONTROL, "error")],
        [COLLECTED, result(TEST, "passed"), FINISHED],
        [COLLECTED, result(TEST, "failed"), result(TEST, "passed")],
        [COLLECTED, result("test_program.py::test_z", "passed")],
        [COLLECTED, COLLECTED],
        [result(TEST, "passed")],
        [FINISHED],
        [COLLECTED, {"kind": "tampered", "what": "pytest.raises"}],
        [COLLECTED, {"kind": "other"}],
    ],
)
def test_it_believes_no_other_account(records):
    with pytest.raises(ForgedError):
        told(*records)


def test_a_program_that_ends_the_collection_has_no_tests():
    said, is_complete = told({"kind": "collected", "ids": []})

    assert is_complete
    assert said[0]["kind"] == "uncollected"
