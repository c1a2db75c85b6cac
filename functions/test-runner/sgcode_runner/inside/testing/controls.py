"""The runner's own tests, which run among the user's: how they are told apart, and what they must give."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "controls"
FILE = "sgcode_control_test.py"


def is_control(test_id: str) -> bool:
    """Tell whether a test is one of the runner's own."""
    path = test_id.partition("::")[0]
    return path.rpartition("/")[2] == FILE


def runs_before(test_id: str) -> bool:
    """Tell whether one of the runner's own tests runs before the user's, or after them."""
    return test_id.endswith("[before]")


def expected_outcome(test_id: str) -> str:
    """Return the outcome in which the name of one of the runner's own tests ends."""
    return test_id.partition("[")[0].rpartition("_")[2]
