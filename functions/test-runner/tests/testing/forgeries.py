"""Programs that try to make a failing test pass; `add` is wrong in each, and TESTS has tests that say so."""

from tests.testing.changed_judges import CHANGED_JUDGES
from tests.testing.forged_results import FORGED_RESULTS

TESTS = """
import unittest
import pytest
import program
from program import add

def test_first():
    assert add(0, 0) == 0

def test_bad():
    assert add(1, 2) == 3

def test_raises():
    with pytest.raises(TypeError):
        add(1, 1)

class TestMethods:
    def test_bad(self):
        assert add(1, 2) == 3

class TestUnits(unittest.TestCase):
    def test_bad(self):
        self.assertEqual(add(1, 2), 3)
"""

FORGERIES = {**FORGED_RESULTS, **CHANGED_JUDGES}
"""Each by what it tries."""


BY_DESCRIPTORS = [name for name in FORGERIES if "descriptor" in name or "watcher" in name or "go on" in name]
"""Those that reach for the pipes and for the other process, so that the box has a part in it."""


def program_of(forgery):
    """Return the program that tries it."""
    return FORGERIES[forgery]
