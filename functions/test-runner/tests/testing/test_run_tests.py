import pytest

from sgcode_runner.handler import handle
from tests.forms import use_no_form

PROGRAM = """
import os

def add(a, b):
    return a + b

def secret():
    return os.environ["API_KEY"]
"""

REQUEST = {
    "kind": "tests",
    "program": PROGRAM,
    "module": "program",
    "tests": "",
    "testsFile": "test_program.py",
    "seconds": 20,
    "environment": {},
}


def outcomes_of(tests, **more):
    answer = handle({**REQUEST, "tests": tests, **more})
    return {each["id"].partition("::")[2]: each["outcome"] for each in answer["tests"]}, answer


def test_it_tells_what_became_of_each_kind_of_test():
    tests = """
import asyncio, unittest, pytest
from program import add

@pytest.fixture
def broken(): raise ValueError("no")
@pytest.fixture
def gone():
    yield
    raise ValueError("no")

def test_passes(tmp_path, capsys, monkeypatch): assert add(1, 2) == 3
def test_fails(): assert add(1, 2) == 4
@pytest.mark.parametrize("x", [1, 2])
def test_each(x): assert x == 1
def test_setup(broken): pass
def test_teardown(gone): pass
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): assert 0
def test_parts(subtests):
    with subtests.test("a"): assert 1
    with subtests.test("b"): assert 0

class TestClass:
    def test_method(self): assert add(2, 2) == 4

class TestUnit(unittest.TestCase):
    def test_passes(self): self.assertEqual(add(1, 1), 2)
    def test_fails(self): self.assertEqual(add(1, 1), 3)
    def test_parts(self):
        for part in (1, 2):
            with self.subTest(part=part): self.assertEqual(part, 1)
    @unittest.expectedFailure
    def test_expected(self): self.fail()

class TestLater(unittest.IsolatedAsyncioTestCase):
    async def test_passes(self):
        await asyncio.sleep(0)
        self.assertEqual(add(1, 1), 2)
    async def test_fails(self): self.assertEqual(add(1, 1), 3)
"""

    outcomes, answer = outcomes_of(tests)

    assert (answer["ended"], answer["reason"]) == ("complete", None)
    assert outcomes == {
        "test_passes": "passed",
        "test_fails": "failed",
        "test_each[1]": "passed",
        "test_each[2]": "failed",
        "test_setup": "error",
        "test_teardown": "error",
        "test_skipped": "skipped",
        "test_expected": "skipped",
        "test_parts": "failed",
        "TestClass::test_method": "passed",
        "TestUnit::test_passes": "passed",
        "TestUnit::test_fails": "failed",
        "TestUnit::test_parts": "failed",
        "TestUnit::test_expected": "skipped",
        "TestLater::test_passes": "passed",
        "TestLater::test_fails": "failed",
    }


def test_it_tells_why_a_test_failed():
    answer = handle({**REQUEST, "tests": "def test_x(): assert 'a' == 'b', 'so \\x1b[31mred'"})

    message = answer["tests"][0]["message"]
    assert "so " in message
    assert "\x1b" not in message


def test_a_program_sees_the_environment_that_it_was_given():
    tests = "import os\nfrom program import secret\n"
    tests += "def test_it(): assert secret() == 'k' and 'SECRET' not in os.environ"

    outcomes, _ = outcomes_of(tests, environment={"API_KEY": "k"})

    assert outcomes == {"test_it": "passed"}


def test_tests_may_replace_and_restore_what_judges_them():
    tests = """
from unittest import mock
def test_it(monkeypatch):
    with mock.patch("builtins.open", mock.mock_open(read_data="x")):
        assert open("y").read() == "x"
    monkeypatch.setattr("builtins.sorted", lambda each: each)
    assert sorted([2, 1]) == [2, 1]
def test_after(): assert sorted([2, 1]) == [1, 2]
"""

    outcomes, answer = outcomes_of(tests)

    assert answer["ended"] == "complete"
    assert outcomes == {"test_it": "passed", "test_after": "passed"}


def test_a_program_may_have_the_name_of_a_library():
    outcomes, _ = outcomes_of(
        "import colorsys\ndef test_it(): assert colorsys.add(1, 1) == 2", module="colorsys"
    )

    assert outcomes == {"test_it": "passed"}


@pytest.mark.parametrize("tests", ["import nothing_like_it", "def test_(:", "from program import absent"])
def test_it_tells_that_tests_cannot_be_collected(tests):
    answer = handle({**REQUEST, "tests": tests})

    assert (answer["ended"], answer["tests"]) == ("uncollected", [])
    assert answer["reason"]


def test_a_file_without_tests_is_complete_and_empty():
    answer = handle({**REQUEST, "tests": "x = 1"})

    assert (answer["ended"], answer["tests"]) == ("complete", [])


def test_a_run_out_of_time_keeps_what_was_done_before():
    tests = "import time\ndef test_a(): pass\ndef test_b(): time.sleep(60)\ndef test_c(): pass"

    outcomes, answer = outcomes_of(tests, seconds=2)

    assert answer["ended"] == "timeout"
    assert outcomes == {"test_a": "passed", "test_b": "failed", "test_c": "failed"}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"program": 1}, "InvalidInputError"),
        ({"program": "\ud800"}, "InvalidInputError"),
        ({"program": "#" * 1_000_001}, "InputTooLargeError"),
        ({"module": "../x"}, "InvalidInputError"),
        ({"module": "class"}, "InvalidInputError"),
        ({"testsFile": "../test_x.py"}, "InvalidInputError"),
        ({"testsFile": "program.py"}, "InvalidInputError"),
        ({"testsFile": "conftest.txt"}, "InvalidInputError"),
        ({"seconds": 0}, "InvalidInputError"),
        ({"seconds": True}, "InvalidInputError"),
        ({"seconds": 1e9}, "InvalidInputError"),
        ({"environment": {"PYTHONPATH": "x"}}, "InvalidInputError"),
        ({"environment": {"PYTEST_ADDOPTS": "x"}}, "InvalidInputError"),
        ({"environment": {"LD_PRELOAD": "x"}}, "InvalidInputError"),
        ({"environment": {"A=B": "x"}}, "InvalidInputError"),
        ({"environment": {"A": "x\0"}}, "InvalidInputError"),
        ({"kind": "other"}, "InvalidInputError"),
        ({"unsafe": "yes"}, "InvalidInputError"),
    ],
)
def test_it_refuses_what_it_cannot_take(change, name):
    assert handle({**REQUEST, **change})["error"]["name"] == name


def test_it_describes_how_it_seals():
    described = handle({"kind": "describe"})

    assert described["seal"] in ("bubblewrap", "unshare")


def test_it_runs_without_a_seal_only_where_there_is_none_and_it_is_asked_to(monkeypatch):
    tests = "import os\ndef test_it(): assert os.getcwd().startswith('/box')"

    assert outcomes_of(tests, unsafe=True)[0] == {"test_it": "passed"}
    use_no_form(monkeypatch)
    assert handle({**REQUEST, "tests": tests})["error"]["name"] == "RunnerUnavailableError"
    assert outcomes_of(tests, unsafe=True)[0] == {"test_it": "failed"}


def test_a_variable_that_only_the_changed_program_reads_answers_with_the_text_before():
    original = PROGRAM.replace('os.environ["API_KEY"]', '"s3cret"')
    tests = """
from program import secret
def test_secret(): assert secret() == "s3cret"
"""

    with_original, _ = outcomes_of(tests, original=original)
    without, _ = outcomes_of(tests)
    given, _ = outcomes_of(tests, original=original, environment={"API_KEY": "other"})

    assert with_original == {"test_secret": "passed"}
    assert without == {"test_secret": "failed"}
    assert given == {"test_secret": "failed"}


def test_an_original_that_cannot_be_read_takes_nothing_away():
    tests = "from program import add\ndef test_add(): assert add(1, 2) == 3\n"

    assert outcomes_of(tests, original="def f(:")[0] == {"test_add": "passed"}
