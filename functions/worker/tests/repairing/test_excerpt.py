from pathlib import Path
from typing import Any

import pytest

from sgcode_worker.errors import InvalidInputError
from tests.repairing.asking import Asking, target

CODE = '''\
#!/usr/bin/env python
"""Doc."""
import os
try:
    import yaml
except ImportError:
    yaml = None

PASSWORD = "hunter22"; USER = "u"


@first(
    1
)
@second
async def f(a,
            b=1):
    def inner():
        return eval(a)
    return inner()


class A(
    object
):
    """doc"""

    KEY = "k"

    @property
    def x(self):
        return 1

    @x.setter
    def x(self, value):
        self.value = eval(value)

    class B:
        def m(self):
            class Local:
                def n(self):
                    return eval("1")
            return Local

if PASSWORD:
    def g():
        return eval("2")
    TOP = eval("3")
else:
    def g(): return eval("4")

for each in range(3):
    # nothing stands here
    print(each)
print("a") if yaml else None
filler = 1
filler = 2
filler = 3
filler = 4
filler = 5
filler = 6
filler = 7
filler = 8
filler = 9
'''


def line_of(text: str, number: int = 0) -> int:
    lines = [index for index, line in enumerate(CODE.splitlines(), 1) if text in line]
    return lines[number]


def parts(folder: Path, *targets: Any) -> list[tuple[str, str, int, int]]:
    asking = Asking(folder, CODE, *targets)
    assert asking.output["parts"] == len(asking.parts)
    lines = CODE.splitlines()
    for part in asking.parts:
        assert part["code"] == "\n".join(lines[part["line"] - 1 : part["endLine"]])
    return [(part["name"], part["kind"], part["line"], part["endLine"]) for part in asking.parts]


@pytest.mark.parametrize(
    ("line", "name", "kind", "begin", "end"),
    [
        (line_of("return eval(a)"), "f", "function", "@first", "return inner"),
        (line_of("@second"), "f", "function", "@first", "return inner"),
        (line_of("self.value"), "A.x#2", "method", "@x.setter", "self.value"),
        (line_of("return 1"), "A.x", "method", "@property", "return 1"),
        (line_of('eval("1")'), "A.B.m", "method", "def m", "return Local"),
        (line_of('eval("2")'), "g", "function", "def g", 'eval("2")'),
        (line_of('eval("4")'), "g#2", "function", 'eval("4")', 'eval("4")'),
        (line_of("PASSWORD ="), "module:1", "statement", "PASSWORD =", "PASSWORD ="),
        (line_of("KEY ="), "A:1", "statement", "KEY =", "KEY ="),
        (line_of("TOP ="), "module:1", "statement", "if PASSWORD", 'eval("4")'),
        (line_of("print(each)"), "module:1", "statement", "for each", "print(each)"),
        (line_of("# nothing"), "module:1", "statement", "for each", "print(each)"),
        (line_of("object"), "module:1", "statement", "class A", "return Local"),
        (line_of("import yaml"), "module:1", "statement", "try:", "yaml = None"),
        (line_of("import os"), "module:1", "statement", "import os", "import os"),
    ],
)
def test_a_part_is_around_its_target(
    tmp_path: Path, line: int, name: str, kind: str, begin: str, end: str
) -> None:
    assert parts(tmp_path, line) == [(name, kind, line_of(begin), line_of(end))]


def test_parts_come_once_in_the_order_of_the_text_and_without_imports_on_the_way(tmp_path: Path) -> None:
    way = [line_of("import os"), line_of("KEY ="), line_of("KEY ="), line_of("@second"), 10_000]
    asking = Asking(
        tmp_path, CODE, target(line_of("self.value"), "x", lines=way), target(line_of("KEY ="), "k")
    )

    assert [(part["name"], part["targets"]) for part in asking.parts] == [
        ("f", []),
        ("A:1", ["k"]),
        ("A.x#2", ["x"]),
    ]


def test_a_statement_takes_over_what_stands_in_it(tmp_path: Path) -> None:
    asking = Asking(tmp_path, CODE, target(line_of('eval("2")'), "in"), target(line_of("TOP ="), "out"))

    assert [(part["name"], sorted(part["targets"])) for part in asking.parts] == [("module:1", ["in", "out"])]


def test_statements_are_numbered_by_what_holds_them(tmp_path: Path) -> None:
    lines = [line_of("PASSWORD ="), line_of("KEY ="), line_of("for each"), line_of("filler = 9")]

    assert [name for name, *_ in parts(tmp_path, *lines)] == ["module:1", "A:1", "module:2", "module:3"]


def test_a_target_over_several_lines_begins_where_the_first_statement_is(tmp_path: Path) -> None:
    assert [name for name, *_ in parts(tmp_path, target(8, end_line=9))] == ["module:1"]
    assert parts(tmp_path, target(8), target(10_000, end_line=20_000)) == []


def test_imports_are_those_of_the_module(tmp_path: Path) -> None:
    code = "import os, sys\nif 1:\n    from a import (b,  # why\n        c as d)\ndef f():\n    import no\n"

    assert Asking(tmp_path, code).excerpt["imports"] == ["import os, sys", "from a import b, c as d"]


def test_line_ends_stay_with_the_file(tmp_path: Path) -> None:
    code = "x = 1\r\ndef f():\r\n    return '''a\r\nb'''\r\n" + "y = 1\r\n" * 9

    (part,) = Asking(tmp_path, code, 3).parts

    assert part["code"] == "def f():\n    return '''a\nb'''"


KEPT = (
    """\
import os, subprocess
TABLE = "users"

@app.route("/u", methods=["POST", "GET"])
def show(name, *, page: int = 1) -> dict:  # not this
    user = request.form["user"]
    cur.execute(f"SELECT id FROM users WHERE name = '{user}'")
    subprocess.run(f"ls -l {user}", shell=True)
    open("data.txt").read()
    os.environ["HOME"]
    return jsonify({"ok": True, "rows": cur.fetchall()})

settings.key = os.getenv("KEY"); LIMIT = 3
"""
    + "filler = 1\n" * 9
)


def test_keeps_what_the_gates_look_at(tmp_path: Path) -> None:
    function, statement = Asking(tmp_path, KEPT, 7, 13).parts

    keep = function["keep"]
    assert keep["signature"] == "def show(name, *, page: int=1) -> dict:"
    assert keep["routes"] == ["route('/u', methods 'GET' 'POST') of `show`"]
    assert keep["queries"] == ["SELECT id FROM users WHERE name = '...'"]
    assert keep["commands"] == ["ls -l ..."]
    assert {
        "reads the form parameter 'user', which must be there",
        "answers with key 'rows'",
        "opens a file named with 'data.txt'",
        "reads the environment variable HOME",
    } <= set(keep["names"])
    assert statement["keep"] == {
        "signature": "",
        "routes": [],
        "names": ["reads the environment variable KEY", "binds the name LIMIT"],
        "queries": [],
        "commands": [],
    }


def test_what_is_kept_is_short(tmp_path: Path) -> None:
    reads = "".join(f"    request.form['{number}{'k' * 300}']\n" for number in range(40))
    code = f"def f({'a' * 400}):\n{reads}" + "filler = 1\n" * 90

    (part,) = Asking(tmp_path, code, 2).parts

    assert len(part["keep"]["names"]) == 20
    assert max(map(len, [part["keep"]["signature"], *part["keep"]["names"]])) == 200


SECRETS = "import os\ndef f():\n    password = 'hunter2-a'\n    return password\n" + "filler = 1\n" * 9


def secret(line: int, id: str, operator: str | None = "secret-from-env", begin: int = 15) -> dict[str, Any]:
    return target(line, id, operator=operator, rule="B105", column=begin, endColumn=begin + 11)


def test_says_what_operators_would_do(tmp_path: Path) -> None:
    code = SECRETS + "password = 'hunter2-b'\n"

    asking = Asking(
        tmp_path, code, secret(3, "a"), secret(14, "b", begin=11), secret(1, "c"), secret(4, "d", None)
    )

    first, second, third = asking.excerpt["allowed"]
    names = [[each["name"] for each in allowed["environment"]] for allowed in (first, second)]
    assert [allowed["target"] for allowed in (first, second, third)] == ["a", "b", "c"]
    assert len({*map(tuple, names)}) == 2, "two secrets have two variables"
    assert names[0][0] in first["summary"]
    assert {"environment"} <= {change["kind"] for change in first["declared"]}
    assert first["declared"][0].keys() == {"kind", "name", "definition", "detail"}
    assert third == {"target": "c", "summary": None, "declared": [], "environment": [], "rewritten": []}
    assert asking.excerpt["targets"][3] == {
        "id": "d",
        "rule": "B105",
        "source": "analyzer",
        "cwe": None,
        "operator": None,
    }


def test_only_the_first_targets_of_a_large_program_are_tried(tmp_path: Path) -> None:
    code = "import os\n" + "password = 'hunter2-a'\n" * 3 + f"filler = '{'x' * 999_000}'\n"
    asked = [secret(line, f"t{index}", begin=11) for index, line in enumerate([2, 3, 4] * 10)]

    allowed = Asking(tmp_path, code, *asked).excerpt["allowed"]

    assert [bool(each["summary"]) for each in allowed] == [True] * 20 + [False] * 10


def test_an_operator_may_use_what_the_run_allows(tmp_path: Path) -> None:
    code = "def f(cur, x):\n    cur.execute(f\"SELECT y FROM t WHERE x = '{x}'\")\n" + "filler = 1\n" * 9
    asked = target(2, operator="parameterize-query", rule="B608", column=16, endColumn=50)

    without = Asking(tmp_path, code, asked)
    named = Asking(tmp_path, code, asked, databaseDriver="sqlite3")

    assert without.excerpt["allowed"][0]["summary"] is None
    assert named.excerpt["allowed"][0]["summary"]


@pytest.mark.parametrize(
    ("code", "line", "reason", "count"),
    [
        (b"def f(:\n", 1, "It is not valid Python", 0),
        (b"x = 1\n\x0cy = 2\n" + b"z = 3\n" * 9, 3, "form feeds", 1),
        (b"def f():\n    return 1\n\n", 2, "most of the file", 1),
        (b"\n\n# nothing\n\n" + b"x = 1\n" * 9, 3, "No statement stands", 0),
        (b"class A(eval('B')):\n" + b"    x = 1\n" * 60 + b"y = 2\n" * 90, 1, "a whole class", 1),
        (b"", 1, "No statement stands", 0),
    ],
)
def test_says_why_only_the_whole_file_can_be_replaced(
    tmp_path: Path, code: bytes, line: int, reason: str, count: int
) -> None:
    asking = Asking(tmp_path, code, line)

    assert reason in asking.excerpt["whole"]
    assert len(asking.parts) == count


def test_more_than_twenty_parts_are_too_many(tmp_path: Path) -> None:
    code = "".join(f"def f{number}():\n    return {number}\n" for number in range(30)) + "x = 1\n" * 90
    way = target(60, "last", lines=range(2, 60, 2))

    asking = Asking(tmp_path, code, way)

    assert asking.excerpt["whole"] == "It would take 30 parts; the limit is 20."
    assert len(asking.parts) == 20
    assert [part["name"] for part in asking.parts if part["targets"]] == ["f29"]


def test_nothing_to_mend_is_no_part(tmp_path: Path) -> None:
    assert Asking(tmp_path, CODE).excerpt == {
        **Asking(tmp_path, CODE).excerpt,
        "whole": None,
        "parts": [],
        "allowed": [],
    }


@pytest.mark.parametrize("value", [None, True, [], 1.5, -1])
@pytest.mark.parametrize("field", sorted(target(1).keys() - {"message", "cwe", "operator"}))
def test_names_the_wrong_field_of_a_target(tmp_path: Path, field: str, value: object) -> None:
    if (field, value) == ("lines", []):
        return

    with pytest.raises(InvalidInputError, match=rf"^targets\[1\]\.{field} must be "):
        Asking(tmp_path, CODE, 1, {**target(1), field: value})


def test_an_unknown_driver_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"^databaseDriver must be one of sqlite3, .*, or null$"):
        Asking(tmp_path, CODE, databaseDriver="MySQLdb")
