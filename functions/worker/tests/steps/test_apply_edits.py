from pathlib import Path
from typing import Any

import pytest

from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InvalidInputError, NotFoundError
from sgcode_worker.steps import apply_edits

CODE = b"import yaml\n\ndef f(x):\n    return yaml.load(x)\n"
EDIT: dict[str, Any] = {
    "id": "abc-safe-loader",
    "operator": "safe-loader",
    "rule": "B506",
    "cwe": "CWE-20",
    "source": "both",
    "line": 4,
    "column": 11,
    "endLine": 4,
    "endColumn": 23,
    "definition": "f",
}
QUERY = "def f(cur, x):\n    cur.execute(f\"SELECT y FROM t WHERE x = '{x}'\")\n"
QUERY_PLACE = {"rule": "B608", "line": 2, "column": 16, "endLine": 2, "endColumn": 50}
GIVEN: dict[str, Any] = {
    "codeKey": "code.py",
    "planKey": "plan.json",
    "candidateKey": "out.py",
    "editsKey": "edits.json",
    "allowedPackages": [],
    "databaseDriver": None,
}


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    blobs = FileBlobs(tmp_path)
    blobs.put("code.py", CODE)
    return blobs


def run(blobs: FileBlobs, plan: object) -> dict[str, Any]:
    blobs.put_json("plan.json", plan)
    output = apply_edits.run(GIVEN, blobs)
    assert output.pop("ms") >= 0
    return output


def test_writes_the_candidate_and_the_account(blobs: FileBlobs) -> None:
    output = run(blobs, {"edits": [EDIT]})

    assert output == {"changed": True, "applied": 1, "declined": 0}
    assert blobs.get("out.py") == CODE.replace(b"yaml.load", b"yaml.safe_load")
    document = blobs.get_json("edits.json")
    (applied,) = document["applied"]
    assert applied.keys() == {
        *("id", "operator", "cwe", "source", "line", "summary", "declared", "environment"),
    }
    assert {name: applied[name] for name in ("id", "operator", "cwe", "source", "line")} == {
        name: EDIT[name] for name in ("id", "operator", "cwe", "source", "line")
    }
    assert applied["declared"][0].keys() == {"kind", "name", "definition", "detail"}
    assert document["declined"] == []


@pytest.mark.parametrize(
    ("edits", "declined"),
    [([], 0), ([{**EDIT, "line": 1, "endLine": 1}], 1), ([{**EDIT, "operator": "no-such", "cwe": None}], 1)],
)
def test_writes_no_candidate_where_nothing_changes(
    blobs: FileBlobs, edits: list[dict[str, Any]], declined: int
) -> None:
    output = run(blobs, {"edits": edits})

    assert output == {"changed": False, "applied": 0, "declined": declined}
    assert [each["id"] for each in blobs.get_json("edits.json")["declined"]] == [EDIT["id"]] * declined
    with pytest.raises(NotFoundError):
        blobs.get("out.py")


def test_a_program_that_cannot_be_read_is_an_account_too(blobs: FileBlobs) -> None:
    blobs.put("code.py", b"def f(:\n")

    assert run(blobs, {"edits": [EDIT]}) == {"changed": False, "applied": 0, "declined": 1}
    assert "could not be read" in blobs.get_json("edits.json")["declined"][0]["reason"]


@pytest.mark.parametrize("value", [None, True, [], 1.5, "", -1])
@pytest.mark.parametrize("field", sorted(EDIT))
def test_names_the_wrong_field_of_a_plan(blobs: FileBlobs, field: str, value: object) -> None:
    if (field, value) == ("cwe", None) or (value == "" and isinstance(EDIT[field], str)):
        return

    with pytest.raises(InvalidInputError, match=rf"^edits\[1\]\.{field} must be "):
        run(blobs, {"edits": [EDIT, {**EDIT, field: value}]})


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ([], "plan.json must be an object"),
        ({}, "edits must be a list"),
        ({"edits": {}}, "edits must be a list"),
        ({"edits": [1]}, r"edits\[0\] must be an object"),
    ],
)
def test_names_what_is_wrong_with_a_plan(blobs: FileBlobs, plan: object, message: str) -> None:
    with pytest.raises(InvalidInputError, match=f"^{message}$"):
        run(blobs, plan)


@pytest.mark.parametrize(("driver", "placeholder"), [("sqlite3", "?"), ("mysqlclient", "%s")])
def test_writes_queries_for_the_driver_that_is_named(blobs: FileBlobs, driver: str, placeholder: str) -> None:
    blobs.put("code.py", QUERY.encode())
    blobs.put_json("plan.json", {"edits": [{**EDIT, "operator": "parameterize-query", **QUERY_PLACE}]})

    output = apply_edits.run({**GIVEN, "databaseDriver": driver}, blobs)

    assert output["applied"] == 1
    assert f'"SELECT y FROM t WHERE x = {placeholder}", (str(x),)'.encode() in blobs.get("out.py")


def test_an_unknown_driver_is_refused(blobs: FileBlobs) -> None:
    blobs.put_json("plan.json", {"edits": []})

    with pytest.raises(InvalidInputError, match=r"^databaseDriver must be one of sqlite3, .*, or null$"):
        apply_edits.run({**GIVEN, "databaseDriver": "MySQLdb"}, blobs)


@pytest.mark.parametrize("missing", ["codeKey", "planKey"])
def test_names_a_missing_blob(blobs: FileBlobs, missing: str) -> None:
    blobs.put_json("plan.json", {"edits": []})

    with pytest.raises(NotFoundError, match=r"^no blob none\."):
        apply_edits.run({**GIVEN, missing: "none.json"}, blobs)
