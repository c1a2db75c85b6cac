"""Tests whose outcomes are known: when one differs, something in the process decides outcomes by itself.

Each name ends in the outcome that the test must have. They run before and after the user's tests.
"""

import unittest

import pytest

PLACES = ["before", "after"]


@pytest.mark.parametrize("place", PLACES)
def test_assertion_failed(place: str) -> None:
    """Must fail."""
    assert place == ""


@pytest.mark.parametrize("place", PLACES)
def test_exception_failed(place: str) -> None:
    """Must fail."""
    raise ValueError(place)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_raised_failed(place: str) -> None:
    """Must fail."""
    with pytest.raises(ValueError):
        str(place)


@pytest.mark.parametrize("place", PLACES)
def test_assertion_passed(place: str) -> None:
    """Must pass."""
    assert place != ""


class TestControl(unittest.TestCase):
    """The same for unittest."""

    def test_equal_failed(self) -> None:
        """Must fail."""
        self.assertEqual(1, 2)

    def test_true_failed(self) -> None:
        """Must fail."""
        self.assertTrue([])

    def test_raises_failed(self) -> None:
        """Must fail."""
        with self.assertRaises(ValueError):
            str(1)

    def test_equal_passed(self) -> None:
        """Must pass."""
        self.assertEqual(1, 1)
