"""Answers that are broken, or that try to bring in what nobody asked for."""

import builtins
from pathlib import Path

import pytest

from sgcode_worker.gates.verify import verify_candidate
from tests.repairing.asking import Asking, target

CODE = """\
import os
import subprocess
from tools import *


@app.route("/run", methods=["POST"])
def run(command):
    return subprocess.run(command, shell=True)


class Box:
    def open(self, name):
        return eval(name)


def left(value):
    return helper(value)


""" + "".join(f"filler_{number} = {number}\n" for number in range(20))
GOOD = "def run(command):\n    return subprocess.run([command])\n"


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(tmp_path, CODE, 8, 13)


MALFORMED = {
    "nothing": ("", "holds no code"),
    "blank": (" \n\t\n", "holds no code"),
    "prose": ("Sure, here is the code you asked for.", "does not parse: SyntaxError in line 1"),
    "unclosed": (GOOD + "def open(self, name:\n    pass", "does not parse: SyntaxError in line 3"),
    "unclosed text": (GOOD + "x = '''", "does not parse: SyntaxError in line 3"),
    "Python 2": (GOOD + "print 'done'\n", "does not parse: SyntaxError in line 3"),
    "NUL": (GOOD + "\0", "a NUL character"),
    "half a character": (GOOD + "x = '\ud83d'\n", "characters that no text may hold"),
    "huge": (GOOD + "x = 1\n" * 200_000, "larger than 200,000 bytes"),
    "deep brackets": (GOOD + "x = " + "(" * 5_000 + ")" * 5_000, "does not parse"),
    "deep terms": (GOOD + "x = 1" + "+1" * 20_000, "nests too deep or is too large"),
    "deep patterns": (f"{GOOD}match x:\n case {'{1:' * 40}1{'}' * 40}: pass\n", "nests too deep"),
    "many indents": ("x = 1\n" + "    x = 2\ny = 3\n" * 60, "does not parse: IndentationError"),
    "mixed indents": ("def run(command):\n\tx = 1\n        return 2\n", "does not parse"),
    "an indent in a function": (
        "def run(command):\n    call(1,\n        2)\n        return [command]\n",
        "does not parse: IndentationError in line 4",
    ),
    "an indent in a method": (
        "x = 1\n    def open(self, name):\n        call(1)\n            return name\n",
        "does not parse: IndentationError in line 4",
    ),
    "form feed": ("x = 1\n\x0cy = 2\n" + GOOD, "rewriting library"),
    "nothing asked for": (
        "def other():\n    pass\nimport os\n",
        "none of the parts to be replaced: `run`, `Box.open`",
    ),
    "defined twice": (GOOD + GOOD + GOOD, "defines `run` more than once"),
    "another kind": ("async " + GOOD, "`run` must stay `def`"),
    "another module by a known name": (
        "import os as subprocess\n" + GOOD,
        "binds a name that the program uses for something else",
    ),
    "another function by a known name": (
        "from evil import left\n" + GOOD.replace("[", "[left, "),
        "binds a name",
    ),
    "a builtin by import": ("from evil import print\n" + GOOD.replace("[", "[print, "), "binds a name"),
    "a name of a star import": ("import helper\n" + GOOD.replace("[", "[helper, "), "binds a name"),
    "a name used elsewhere": (
        "def helper(x):\n    return x\n" + GOOD.replace("[command", "[helper(command)"),
        "has a name that the program uses already",
    ),
    "two modules by one name": (
        "import a as c\nimport b as c\n" + GOOD.replace("[", "[c, "),
        "import each name once",
    ),
    "a package around": ("from . import c\n" + GOOD.replace("[", "[c, "), "a package around the program"),
    "a new class": (
        "class New:\n    pass\n" + GOOD.replace("[", "[New, "),
        "something new that is not added",
    ),
    "an import on a condition": (
        "try:\n    import c\nexcept ImportError:\n    c = None\n" + GOOD.replace("[", "[c, "),
        "add only plain imports",
    ),
    "a new method": (
        "class Box:\n    def open(self, name):\n        self.new()\n    def new(self):\n        pass\n",
        "`open` needs something new of its class",
    ),
    "a new attribute": (
        "class Box:\n    NEW = 1\n    def open(self, name):\n        return self.NEW\n",
        "`open` needs something new of its class",
    ),
    "a method behind a function": (
        GOOD + "\n    def open(self, name):\n        return name\n",
        "Write `Box.open` inside of its class.",
    ),
    "a backslash": ("def run(command):\n    return 1 \\\n\n", "ends in a backslash"),
    "what does not compile": (
        "def run(command):\n    x = 1\n    global x\n    return x\n",
        "does not compile",
    ),
    "a return outside": ("return 1\n" + GOOD, None),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_does_not_fit_is_malformed(asking: Asking, name: str) -> None:
    answer, reason = MALFORMED[name]

    result = asking.answer(answer)

    if reason is None:
        assert result.candidate == CODE.replace("command, shell=True", "[command]").encode()
        return
    assert result.outcome == "malformed"
    assert reason in (result.reason or "")
    assert len(result.reason or "") <= 300


IGNORED = {
    "code beside the parts": f"open({{path!r}}, 'w').close()\n{GOOD}os.remove('x')\n",
    "code in a branch": f"if True:\n    open({{path!r}}, 'w')\n{GOOD}",
    "a function that was not asked for": f"{GOOD}def left(value):\n    return 0\n",
    "a new function that nobody calls": f"def __getattr__(name):\n    return 0\n{GOOD}",
    "an import that nobody needs": f"import evil\nfrom evil import *\n{GOOD}",
    "a method of another kind": f"{GOOD}class Box:\n    def __del__(self):\n        os.abort()\n",
    "other bases": f"{GOOD}class Box(Evil, metaclass=Evil):\n    x = 1\n",
    "a builtin": f"def print(*x):\n    pass\nlen = int\n{GOOD}",
    "a future": f"from __future__ import annotations\n{GOOD}",
    "an encoding": f"# coding: utf-7\n{GOOD}",
    "a shebang": f"#!/bin/sh\n# -*- coding: klingon -*-\n{GOOD}",
    "a byte order mark": f"\ufeff{GOOD}",
    "line ends": GOOD.replace("\n", "\r\n"),
    "old line ends": GOOD.replace("\n", "\r"),
    "a comment before": f"# nosec, reviewed\n{GOOD}# noqa\n",
    "a module level shadow": f"run = None\n{GOOD}os = subprocess = None\n",
}


@pytest.mark.parametrize("name", IGNORED)
def test_what_was_not_asked_for_is_neither_taken_nor_run(asking: Asking, tmp_path: Path, name: str) -> None:
    path = tmp_path / "run.txt"

    text = asking.text(IGNORED[name].replace("{path!r}", repr(str(path))))

    assert text == CODE.replace("command, shell=True", "[command]")
    assert not path.exists()


def test_builtins_are_never_bound_anew(asking: Asking) -> None:
    for name in ("open", "eval", "print", "__import__"):
        answer = f"def {name}(x):\n    return x\n{GOOD.replace('[command', f'[{name}(command)')}"

        assert f"def {name}(x)" not in asking.text(answer)
        assert name in dir(builtins)


@pytest.mark.parametrize(
    "answer",
    [
        f'@app.route("/run", methods=["GET"])\n{GOOD}',
        f'@app.route("/other", methods=["POST"])\n{GOOD}',
        f"@login\n{GOOD}",
        GOOD.replace("(command)", "(command, force)"),
        "def run(command):\n    pass\n",
        "def run(command):\n    return os.popen(command)  # nosec\n",
    ],
)
def test_what_changes_a_part_too_much_is_for_the_gates(asking: Asking, answer: str) -> None:
    candidate = asking.text(answer).encode()

    gates = verify_candidate(asking.code, candidate, asking.blobs.get_json("edits.json")["repaired"])

    assert "fail" in {gate["light"] for gate in gates.values()}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("x = (", "does not parse after put back: SyntaxError in line 1"),
        ("# coding: utf-7\nx = 1\n", "does not parse"),
        ("# coding: latin-1\nx = '\xe9'\n", "names another encoding"),
        ("def f():\n    x = 1\n    global x\n", "does not compile after put back: line 3"),
        ("return 1", "does not compile after put back"),
        ("x = '\0'", "a NUL character"),
        ("x = 1" + "+1" * 20_000, "does not parse"),
        ("x = 1\n" * 200_000, "larger than"),
        (" ", "no code"),
    ],
)
def test_a_whole_file_that_does_not_fit_is_malformed(asking: Asking, answer: str, reason: str) -> None:
    result = asking.answer(answer, "whole")

    assert result.outcome == "malformed"
    assert reason in (result.reason or "")


def test_an_encoding_without_a_character_is_told(tmp_path: Path) -> None:
    code = b"# coding: latin-1\ndef f():\n    return eval('\xe9')\n" + b"x = 1\n" * 9

    result = Asking(tmp_path, code, 3).answer("def f():\n    return '\u20ac'\n")

    assert result.reason == "The answer holds characters that the file's encoding does not have."


def test_a_class_that_is_replaced_whole_keeps_its_methods(tmp_path: Path) -> None:
    code = "class A(eval('B')):\n    def f(self): pass\n    def g(self): pass\n" + "x = 1\n" * 20
    asking = Asking(tmp_path, code, 1)

    result = asking.answer("class A(B):\n    def f(self): pass\n")

    assert result.reason == "Answer all of `module:1`: functions in it are missing."
    assert asking.text(code.replace("eval('B')", "B")) == code.replace("eval('B')", "B")


def test_parts_of_a_program_without_any_are_malformed(tmp_path: Path) -> None:
    for code in ("def f(:\n", "x = 1\n"):
        result = Asking(tmp_path, code, target(99)).answer("x = 2")

        assert "answer with the whole file" in (result.reason or "")


def test_reasons_quote_nothing_of_an_answer(asking: Asking) -> None:
    word = "zzz_secret"
    answers = [answer.replace("evil", word).replace("New", word) for answer, _ in MALFORMED.values()]

    for answer in (
        *answers,
        f"x = {word}(",
        f"{word} {word}",
        f"def {word}():\n  pass",
        f"    {word}\n  {word}",
    ):
        assert word not in (asking.answer(answer).reason or "")
