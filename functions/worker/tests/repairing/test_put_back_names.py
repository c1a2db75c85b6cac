"""Which piece of the code a piece of the answer is meant for, where names alone do not tell."""

from pathlib import Path

import pytest

from tests.repairing.asking import FILLER, Asking

OVERLOADS = (
    """\
@overload
def f(a: int) -> int: ...
@overload
def f(a: str) -> str: ...
def f(a): return eval(a)

class A:
    @property
    def x(self):
        return eval("1")
    @x.setter
    def x(self, value):
        eval(value)

try:
    import fast
    def g():
        return eval("3")
except ImportError:
    def g():
        return eval("4")
"""
    + FILLER
)


@pytest.mark.parametrize(
    ("line", "answer", "before", "after"),
    [
        (5, "def f(a): return int(a)", "return eval(a)", "return int(a)"),
        (5, OVERLOADS.replace("eval(a)", "int(a)"), "eval(a)", "int(a)"),
        (13, "class A:\n @x.setter\n def x(self, value):\n  int(value)", "eval(value)", "int(value)"),
        (13, OVERLOADS.replace("eval(", "int("), "eval(value)", "int(value)"),
        (10, OVERLOADS.replace("eval(", "int("), 'eval("1")', 'int("1")'),
        (18, OVERLOADS.replace("eval(", "int("), 'eval("3")', 'int("3")'),
        (21, OVERLOADS.replace("eval(", "int("), 'eval("4")', 'int("4")'),
        (21, "def g():\n  return 4", 'return eval("4")', "return 4"),
    ],
)
def test_one_of_several_definitions_of_a_name(
    tmp_path: Path, line: int, answer: str, before: str, after: str
) -> None:
    assert Asking(tmp_path, OVERLOADS, line).text(answer) == OVERLOADS.replace(before, after)


@pytest.mark.parametrize(
    ("statement", "answer", "after"),
    [
        ("os.system(x)", "spawn.run([x])", "spawn.run([x])"),
        ("a = 1; b = eval('2')", "a = 1; b = 2", "a = 1; b = 2"),
        ("if eval('x'):\n    y = 1", "if x:\n    y = 1", "if x:\n    y = 1"),
        ("config['key'] = 's'", "config['key'] = t", "config['key'] = t"),
        ("exec(x)", "y = run(x)", "y = run(x)"),
        ("import pickle", "import json as pickle", "import json as pickle"),
    ],
)
def test_a_statement_is_known_by_what_it_is_about(
    tmp_path: Path, statement: str, answer: str, after: str
) -> None:
    code = f"first = 0\n{statement}\n{FILLER}"
    asking = Asking(tmp_path, code, 2)

    assert asking.text(answer) == code.replace(statement, after)
    assert asking.text(code.replace(statement, answer)) == code.replace(statement, after)


def test_a_new_constant_is_no_answer_to_a_statement(tmp_path: Path) -> None:
    code = f"run(debug=True)\ndef f(a):\n    return eval(a)\n{FILLER}"

    text = Asking(tmp_path, code, 1, 3).text("LIMIT = 3\ndef f(a):\n    return LIMIT\n")

    assert text == code.replace("def f", "\n\nLIMIT = 3\n\n\ndef f").replace("eval(a)", "LIMIT")


IMPORTS = (
    'import os\nimport yaml\nfrom flask import request\n\ndef f(a):\n    return os.system("ls " + a)\n'
    + FILLER
)


@pytest.mark.parametrize(
    ("program", "answer", "added"),
    [
        pytest.param(
            IMPORTS, "from flask import request, os, yaml\ndef f(a):\n    return os.stat(a)\n", "", id="there"
        ),
        pytest.param(
            IMPORTS, "import request\ndef f(a):\n    return request.get(a)\n", "", id="there, from a module"
        ),
        pytest.param(
            IMPORTS,
            "def f(a):\n    return subprocess.run(['ls', a])\n",
            "import subprocess\n",
            id="forgotten",
        ),
        pytest.param(IMPORTS, "def f(a):\n    return requests.get(a)\n", "", id="not of the usual ones"),
        pytest.param(
            "from shell import *\n" + IMPORTS, "def f(a):\n    return subprocess.run(a)\n", "", id="star"
        ),
        pytest.param(
            IMPORTS + "subprocess = None\n", "def f(a):\n    return subprocess.run(a)\n", "", id="bound"
        ),
    ],
)
def test_imports_that_small_models_get_wrong(tmp_path: Path, program: str, answer: str, added: str) -> None:
    text = Asking(tmp_path, program, program[: program.index("os.system")].count("\n") + 1).text(answer)

    body = answer[answer.index("def f") :]
    before = program[program.index("def f") : program.index(FILLER)]
    assert text.replace(added, "", 1) == program.replace(before, body)
    assert added in text
