import re
from collections.abc import Callable
from typing import Any

import pytest

from sgcode_worker.contract import (
    check_blob_key,
    check_list,
    check_text,
    check_whole_number,
    parse_analyze,
    parse_apply_edits,
    parse_excerpt,
    parse_put_back,
    parse_verify,
)
from sgcode_worker.errors import InvalidInputError

Parse = Callable[[object], Any]

ANALYZE = {"analyzer": "bandit", "codeKey": "a.py", "analysisKey": "b.json"}
APPLY_EDITS = {
    "codeKey": "a.py",
    "planKey": "b.json",
    "candidateKey": "c.py",
    "editsKey": "d.json",
    "allowedPackages": ["defusedxml"],
    "databaseDriver": "psycopg2",
}
VERIFY = {"originalKey": "a.py", "candidateKey": "b.py", "editsKeys": ["c.json"], "gatesKey": "d.json"}
EXCERPT = {
    "codeKey": "a.py",
    "planKey": "b.json",
    "excerptKey": "c.json",
    "allowedPackages": ["defusedxml"],
    "databaseDriver": "psycopg2",
}
PUT_BACK = {
    "codeKey": "a.py",
    "excerptKey": "b.json",
    "answerKey": "c.json",
    "candidateKey": "d.py",
    "editsKey": "e.json",
}
STEPS: list[tuple[Parse, dict[str, Any]]] = [
    (parse_analyze, ANALYZE),
    (parse_apply_edits, APPLY_EDITS),
    (parse_verify, VERIFY),
    (parse_excerpt, EXCERPT),
    (parse_put_back, PUT_BACK),
]
FIELDS = [(parse, given, field) for parse, given in STEPS for field in given]


@pytest.mark.parametrize(("parse", "given"), STEPS)
def test_takes_every_field_from_its_name(parse: Parse, given: dict[str, Any]) -> None:
    parsed = vars(parse({**given, "more": 1}))

    assert sorted(map(str, parsed.values())) == sorted(
        str(tuple(value) if isinstance(value, list) else value) for value in given.values()
    )
    for field, value in given.items():
        name = re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", field)
        assert parsed[name] == (tuple(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(("parse", "given", "field"), FIELDS)
def test_names_a_missing_field(parse: Parse, given: dict[str, Any], field: str) -> None:
    value = {name: each for name, each in given.items() if name != field}

    with pytest.raises(InvalidInputError, match=f"^{field} must be "):
        parse(value)


@pytest.mark.parametrize(
    ("parse", "given", "field", "wrong"),
    [
        (*field, wrong)
        for field in FIELDS
        for wrong in (None, 1, True, {}, "../x.py")
        # Which texts name an analyzer or a driver is known elsewhere.
        if field[2] not in ("analyzer", "databaseDriver") or not isinstance(wrong, str)
        if field[2] != "databaseDriver" or wrong is not None
    ],
)
def test_names_a_wrong_field(parse: Parse, given: dict[str, Any], field: str, wrong: object) -> None:
    with pytest.raises(InvalidInputError, match=f"^{field} must be "):
        parse({**given, field: wrong})


def test_no_driver_needs_to_be_named() -> None:
    assert parse_apply_edits({**APPLY_EDITS, "databaseDriver": None}).database_driver is None


@pytest.mark.parametrize("value", [None, [], "x", 1])
@pytest.mark.parametrize(("parse", "given"), STEPS)
def test_an_input_is_an_object(parse: Parse, given: dict[str, Any], value: object) -> None:
    with pytest.raises(InvalidInputError, match=r"^input must be an object$"):
        parse(value)


def test_names_the_wrong_item_of_a_list() -> None:
    with pytest.raises(InvalidInputError, match=r"^editsKeys\[1\] must be a blob key"):
        parse_verify({**VERIFY, "editsKeys": ["a.json", "/etc/passwd"]})


@pytest.mark.parametrize("key", ["a.py", "0.json", "runs/1/original.py", "a-b/c-1.json", f"{'a' * 197}.py"])
def test_a_blob_key(key: str) -> None:
    assert check_blob_key(key, "key") == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "a.txt",
        ".py",
        "-a.py",
        "a/.py",
        "/a.py",
        "a//b.py",
        "../a.py",
        "a/../b.py",
        "a/./b.py",
        "A.py",
        "é.py",
        "a b.py",
        "a.py\n",
        "a\0.py",
        "a\\b.py",
        "a.py/",
        "a.py.json/b",
        f"{'a' * 198}.py",
    ],
)
def test_no_blob_key(key: str) -> None:
    with pytest.raises(InvalidInputError, match=r"^key must be a blob key"):
        check_blob_key(key, "key")


@pytest.mark.parametrize("value", [True, 0.0, "1", None, -1, 0])
def test_no_whole_number(value: object) -> None:
    with pytest.raises(InvalidInputError, match=r"^line must be a whole number from 1$"):
        check_whole_number(value, "line", 1)


def test_a_whole_number() -> None:
    assert [check_whole_number(value, "line", 0) for value in (0, 7)] == [0, 7]


def test_a_list_of_text() -> None:
    assert check_list(["a", ""], "names", check_text) == ["a", ""]
    with pytest.raises(InvalidInputError, match=r"^names\[0\] must be a string$"):
        check_list([1], "names", check_text)
