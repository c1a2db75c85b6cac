"""Every program is the same as itself, and none is once its functions are empty."""

import ast

import pytest

from .programs import PROGRAMS, check


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_equals_itself(name):
    answer = check(PROGRAMS[name], PROGRAMS[name])

    assert (answer["verdict"], answer["difference"]) == ("kept", None)
    assert answer["compared"] > 0


@pytest.mark.parametrize("name", [name for name, text in PROGRAMS.items() if "def " in text])
def test_a_program_with_empty_functions_is_another(name):
    tree = ast.parse(PROGRAMS[name])
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]

    assert check(PROGRAMS[name], ast.unparse(tree))["verdict"] == "deviated"


def test_what_was_mended_is_said():
    assert "does not compile" in check(PROGRAMS["not compiling"], PROGRAMS["not compiling"])["reason"]


MOVED_UP = {
    "global": (
        "left = 8\ndef f(n):\n    if n < left:\n        global left\n        left = n\n    return left\n",
        "left = 8\ndef f(n):\n    global left\n    if n < left:\n        left = n\n    return left\n",
    ),
    "nonlocal": (
        "def f(n):\n    m = 9\n    def g():\n        print(m)\n        nonlocal m\n        m -= n\n    g()\n"
        "    return m\n",
        "def f(n):\n    m = 9\n    def g():\n        nonlocal m\n        print(m)\n        m -= n\n    g()\n"
        "    return m\n",
    ),
    "in a class": (
        "class Box:\n    left = 1\n    global left\n    left = 2\ndef f(n): return left + n\n",
        "class Box:\n    global left\n    left = 1\n    left = 2\ndef f(n): return left + n\n",
    ),
    "of the module": (
        "left = 3\nglobal left\ndef f(n): return left + n\n",
        "global left\nleft = 3\ndef f(n): return left + n\n",
    ),
}


@pytest.mark.parametrize("name", MOVED_UP)
def test_a_late_declaration_is_as_good_as_one_in_time(name):
    answer = check(*MOVED_UP[name])

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


@pytest.mark.parametrize("text", ["def broken(:\n", "x = 1\n", "def f(): return unknown_name\n"])
def test_what_does_nothing_to_watch_is_not_judged(text):
    answer = check(text, text)

    assert answer["verdict"] == "not-runnable"
    assert answer["reason"]


def test_a_candidate_that_does_not_compile_deviates():
    answer = check(PROGRAMS["checks"], "def withdraw(:\n")

    assert answer["verdict"] == "deviated"
    assert "does not compile" in answer["difference"]


def test_the_same_pair_gets_the_same_answer():
    broken = PROGRAMS["orders"].replace("201", "200")
    answers = [check(PROGRAMS["orders"], broken) for _ in range(3)]

    assert len({(each["verdict"], each["difference"], each["compared"]) for each in answers}) == 1
