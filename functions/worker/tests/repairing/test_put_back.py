from pathlib import Path

import pytest

from sgcode_worker.errors import InvalidInputError
from sgcode_worker.handler import dispatch
from tests.repairing.asking import FILLER, Asking, target

CODE = f"""\
#!/usr/bin/env python
import os

import flask

{FILLER}
KEY = "hunter22"

# what f does
@app.route("/f")
def f(a):
    # first
    return eval(a)
    # behind


class A:
    SALT = "salt"

    def m(self, x):
        return os.popen(x)

    async def n(self):
        return 2


app.run(debug=True)
"""
LINES = CODE.splitlines()
BODY = {text: number for number, text in enumerate(LINES, 1)}
EVAL, POPEN, KEY = BODY["    return eval(a)"], BODY["        return os.popen(x)"], BODY['KEY = "hunter22"']
SALT, RUN = BODY['    SALT = "salt"'], BODY["app.run(debug=True)"]


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(tmp_path, CODE, EVAL, POPEN, KEY, SALT, RUN)


def changed(*pairs: tuple[str, str]) -> str:
    """The code with each text replaced, which is there once."""
    text = CODE
    for before, after in pairs:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


def test_a_function_without_its_decorators_keeps_them(asking: Asking) -> None:
    answer = "def f(a):\n    return int(a)\n"

    assert asking.text(answer) == changed(("    # first\n    return eval(a)", "    return int(a)"))


def test_a_function_with_decorators_brings_its_own(asking: Asking) -> None:
    answer = '@app.route("/f")\n@checked\ndef f(a):\n    return int(a)\n'

    text = asking.text(answer)

    assert '# what f does\n@app.route("/f")\n@checked\ndef f(a):\n    return int(a)\n    # behind\n' in text


@pytest.mark.parametrize(
    "answer",
    [
        "class A:\n    def m(self, x):\n        return x.y(\n            1)\n",
        "class A(object):\n  def m(self, x):\n    return x.y(\n      1)\n",
        "class A:\n\tdef m(self, x):\n\t\treturn x.y(\n\t\t\t1)\n",
        "def m(self, x):\n    return x.y(\n        1)\n",
        "    def m(self, x):\n        return x.y(\n            1)\n",
        "def m(self, x):\n        return x.y(\n            1)\n",
        "import os\n\n    def m(self, x):\n        return x.y(\n            1)\nimport os\n",
    ],
)
def test_a_method_is_indented_as_in_its_class(asking: Asking, answer: str) -> None:
    text = asking.text(answer)

    before, after = text.split("    def m(self, x):\n        return x.y(\n")
    assert before == CODE.split("    def m(self")[0]
    assert after.split("\n", 1)[0].strip() == "1)"
    assert after.split("\n", 1)[1] == CODE.split("os.popen(x)\n")[1]


def test_texts_over_several_lines_are_not_indented(asking: Asking) -> None:
    answer = 'def m(self, x):\n    """a\n  b"""\n    return f"""c\n{x}\n"""\n'

    assert '        """a\n  b"""\n        return f"""c\n{x}\n"""\n' in asking.text(answer)


def test_several_parts_and_what_they_need(asking: Asking) -> None:
    answer = """
import ast
import os
from html import escape as esc

LIMIT = 3

def check(value):
    if len(value) > LIMIT:
        raise ValueError(esc(value))
    return value

def unused():
    pass

KEY = os.environ["KEY"]

def f(a):
    return ast.literal_eval(check(a))

class A:
    SALT = os.environ["SALT"]
    def m(self, x):
        return check(x)

app.run()
"""
    helpers = (
        "\nLIMIT = 3\n\n\ndef check(value):\n    if len(value) > LIMIT:\n"
        '        raise ValueError(esc(value))\n    return value\n\n\nKEY = os.environ["KEY"]'
    )

    assert asking.text(answer) == changed(
        ("import os\n", "import os\nimport ast\nfrom html import escape as esc\n"),
        ('KEY = "hunter22"', helpers),
        ("    # first\n    return eval(a)", "    return ast.literal_eval(check(a))"),
        ('SALT = "salt"', 'SALT = os.environ["SALT"]'),
        ("return os.popen(x)", "return check(x)"),
        ("app.run(debug=True)", "app.run()"),
    )


def test_says_what_was_repaired(tmp_path: Path) -> None:
    code = "import os\npassword = 'hunter2-a'\nx = 1\ndef f():\n    return eval('1')\n" + FILLER
    asked = target(
        2, "a", operator="secret-from-env", rule="B105", cwe="CWE-259", column=11, endColumn=22, source="both"
    )
    asking = Asking(tmp_path, code, asked, target(5, "b"))
    allowed = asking.excerpt["allowed"][0]
    (variable,) = allowed["environment"]

    with_variable = asking.answer(f"password = os.environ['{variable['name']}']\n").edits["repaired"]
    without = asking.answer("password = os.environ['OTHER']\ndef f():\n    return 1\n").edits["repaired"]

    assert with_variable == [
        {
            "name": "module:1",
            "line": 2,
            "targets": [
                {"id": "a", "rule": "B105", "source": "both", "cwe": "CWE-259", "operator": "secret-from-env"}
            ],
            "declared": allowed["declared"],
            "environment": [variable],
        }
    ]
    assert [(part["name"], part["environment"]) for part in without] == [("module:1", []), ("f", [])]
    assert without[1]["declared"] == []


def test_a_part_that_stays_as_it_is_was_not_repaired(asking: Asking) -> None:
    result = asking.answer('KEY = "hunter22"\ndef f(a):\n    return 1\n')

    assert [part["name"] for part in result.edits["repaired"]] == ["f"]


def test_a_whole_file_replaces_it(asking: Asking) -> None:
    answer = changed(("eval(a)", "int(a)"))

    result = asking.answer(answer.rstrip(), "whole")

    assert result.candidate == answer.encode()
    assert [part["name"] for part in result.edits["repaired"]] == asking.names


def test_a_whole_file_without_parts_is_one(tmp_path: Path) -> None:
    asking = Asking(tmp_path, "def f(:\n", target(1, "a", operator="safe-loader"))

    result = asking.answer("def f():\n    pass", "whole")

    assert result.candidate == b"def f():\n    pass\n"
    assert [(part["name"], part["line"]) for part in result.edits["repaired"]] == [("module", 1)]
    assert [each["id"] for each in result.edits["repaired"][0]["targets"]] == ["a"]


@pytest.mark.parametrize(
    ("data", "answer", "expected"),
    [
        (b"\xef\xbb\xbfx = 1\r\ny = 2\r\n", "x = 3\ny = 2\n", b"\xef\xbb\xbfx = 3\r\ny = 2\r\n"),
        (
            b"# coding: latin-1\nx = '\xe9'",
            "# coding: latin-1\nx = '\xe8'\n",
            b"# coding: latin-1\nx = '\xe8'",
        ),
        (b"x = 1\n\x0cy = 2\n", "x = 1\n\x0cy = 3", b"x = 1\n\x0cy = 3\n"),
        (b"x = 1\ry = 2\r", "x = 1\ny = 3", b"x = 1\ry = 3\r"),
        (b"x = 1\n\n\n", "\ufeffx = 2", b"x = 2\n\n\n"),
    ],
)
def test_a_whole_file_takes_over_how_the_code_is_written(
    tmp_path: Path, data: bytes, answer: str, expected: bytes
) -> None:
    asking = Asking(tmp_path, data, 1)

    assert asking.answer(answer, "whole").candidate == expected


def test_parts_keep_how_the_code_is_written(tmp_path: Path) -> None:
    head = b"# coding: latin-1\r\ntitle = '\xe9'\n"
    code = head + b"def f(a):\r\n\tif a:\r\n\t\treturn eval(a)\r\n" + b"x = 1\r\n" * 9 + b"y = 2"
    asking = Asking(tmp_path, code, 5)

    result = asking.answer("def f(a):\n    if a:\n        return '\xe9'\n")

    assert result.candidate == code.replace(b"eval(a)", b"'\xe9'")


@pytest.mark.parametrize("code", [CODE, CODE.replace("\n", "\r\n"), CODE.rstrip()])
def test_the_code_itself_changes_nothing(tmp_path: Path, code: str) -> None:
    asking = Asking(tmp_path, code, EVAL, POPEN, KEY, SALT, RUN)

    assert asking.answer(code).outcome == "unchanged"
    assert asking.answer(code, "whole").outcome == "unchanged"
    assert asking.answer(CODE + "\n", "whole").outcome == "unchanged"


def test_an_excerpt_of_other_code_is_refused(asking: Asking) -> None:
    asking.blobs.put("code.py", b"\n" + asking.code)

    with pytest.raises(InvalidInputError, match=r"^the excerpt is of another code"):
        asking.answer("def f(a):\n    return 1\n")


@pytest.mark.parametrize(
    ("key", "document", "message"),
    [
        ("answer.json", {"form": "some", "code": ""}, "form must be parts or whole"),
        ("answer.json", {"form": "parts"}, "code must be a string"),
        ("excerpt.json", {"parts": [{}], "allowed": []}, r"parts\[0\]\.name must be a string"),
        ("excerpt.json", {"parts": []}, "allowed must be a list"),
        ("excerpt.json", {"parts": [], "allowed": [{"target": 1}]}, r"allowed\[0\]\.target must be"),
    ],
)
def test_names_what_is_wrong_with_a_document(
    asking: Asking, key: str, document: object, message: str
) -> None:
    asking.answer("x = 1")
    asking.blobs.put_json(key, document)
    names = {"code": "py", "excerpt": "json", "answer": "json", "candidate": "py", "edits": "json"}

    with pytest.raises(InvalidInputError, match=f"^{key}: {message}"):
        dispatch("put-back", {f"{name}Key": f"{name}.{end}" for name, end in names.items()}, asking.blobs)
