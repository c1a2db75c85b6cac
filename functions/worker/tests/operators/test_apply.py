from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.operators.apply import Applied, apply_edits
from sgcode_worker.operators.operator import Operator, PlannedEdit
from tests.bad_inputs import ANALYZABLE, UNANALYZABLE
from tests.operators.planning import edit_at
from tests.operators.toy import Quoting

OPERATORS: dict[str, Operator] = {"quoting": Quoting()}


def applied(code: str, *calls: str, encoding: str = "utf-8") -> Applied:
    """The result of one edit for each call, its text being its id."""
    edits = [edit_at(code, call, "quoting", id=call) for call in calls]
    return apply_edits(code.encode(encoding), edits, OPERATORS)


def ids(result: Applied) -> list[str]:
    return [edit.id for edit, _ in result.applied]


def reasons(result: Applied) -> dict[str, str]:
    return {each.id: each.reason for each in result.declined}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import shlex\r\nif a:\r\n\ty = old(x)\r\n", "import shlex\r\nif a:\r\n\ty = shlex.quote(x)\r\n"),
        ("import shlex\ny = old(x)", "import shlex\ny = shlex.quote(x)"),
        ("import shlex\ny = old(x)\r\nz = 1\n", "import shlex\ny = shlex.quote(x)\r\nz = 1\n"),
        ("import shlex\ny = old(x)  # why \n\n\n", "import shlex\ny = shlex.quote(x)  # why \n\n\n"),
        (
            "import shlex\nif a:\n\tif b:\n\t \ty=old(x)\n",
            "import shlex\nif a:\n\tif b:\n\t \ty=shlex.quote(x)\n",
        ),
        ("import shlex\nd = {1 :2,}; y = old( x )\n", "import shlex\nd = {1 :2,}; y = shlex.quote( x )\n"),
        ("import shlex\ny = old(x) \\\n  + 1\n", "import shlex\ny = shlex.quote(x) \\\n  + 1\n"),
        ("import shlex\n'\\\n\u2028'; y = old(x)\n", "import shlex\n'\\\n\u2028'; y = shlex.quote(x)\n"),
    ],
)
def test_everything_else_stays_byte_for_byte(before: str, after: str) -> None:
    call = "old( x )" if "old( x )" in before else "old(x)"

    assert applied(before, call).candidate == after.encode()


@pytest.mark.parametrize("code", ["if a:\r  y = old(x)\r", "import shlex\n\x0cy = old(x)\n"])
def test_what_could_not_be_kept_is_left_alone(code: str) -> None:
    result = applied(code, "old(x)")

    assert (result.candidate, result.applied) == (None, [])
    assert reasons(result) == {
        "old(x)": "Its form feeds or lone carriage returns could not be kept as they are."
    }


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("# coding: utf-8\n", "utf-8-sig"),
        ("# -*- coding: latin-1 -*-\n", "latin-1"),
        ("# coding: cp1252\n", "cp1252"),
    ],
)
def test_keeps_the_encoding_and_the_byte_order_mark(head: str, encoding: str) -> None:
    code = f"{head}import shlex\nname = 'José'; y = old('é')\n"

    result = applied(code, "old('é')", encoding=encoding)

    assert result.candidate == code.replace("old", "shlex.quote").encode(encoding)


def test_what_the_encoding_cannot_write_is_declined() -> None:
    result = applied("# coding: latin-1\nunencodable(x)\n", "unencodable(x)", encoding="latin-1")

    assert result.candidate is None
    assert reasons(result) == {"unencodable(x)": "The rewrite does not fit into the program."}


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ("raising(x)", "The operator quoting failed here (ValueError)."),
        ("unwilling(x)", "The function is unwilling."),
        ("unparsable(x)", "With the rewrite the program could not be parsed."),
        ("uncompilable(x)", "With the rewrite the program would not compile."),
        ("misfit(x)", "With the rewrite the program could not be parsed."),
        ("same(x)", "The code is already as quoting would leave it."),
        ("empty(x)", "The rewrite names no node of the program, or one inside another."),
    ],
)
def test_one_fault_does_not_cost_the_other_edits(call: str, reason: str) -> None:
    code = f"import shlex\na = old(x)\nb = {call}\nc = old(y)\n"

    result = applied(code, "old(x)", call, "old(y)")

    assert ids(result) == ["old(x)", "old(y)"]
    assert reasons(result) == {call: reason}
    assert result.candidate == code.replace("old", "shlex.quote").encode()


def test_the_fault_of_an_operator_may_be_the_only_edit() -> None:
    result = applied("unparsable(x)\n", "unparsable(x)")

    assert (result.candidate, result.applied) == (None, [])
    assert [each.id for each in result.declined] == ["unparsable(x)"]


def test_a_program_that_did_not_compile_before_may_still_be_rewritten() -> None:
    result = applied("import shlex\nreturn old(x)\n", "old(x)")

    assert result.candidate == b"import shlex\nreturn shlex.quote(x)\n"


def test_an_unknown_operator_is_declined() -> None:
    edit = edit_at("f(x)\n", "f(x)", "no-such-operator")

    result = apply_edits(b"f(x)\n", [edit], OPERATORS)

    assert reasons(result) == {edit.id: "There is no operator named no-such-operator."}


def test_no_edits_change_nothing() -> None:
    assert apply_edits(b"f(x)\n", [], OPERATORS) == Applied()


def test_a_place_that_is_not_in_the_program_is_declined() -> None:
    far = edit_at("\n" * 99 + "f(x)\n", "f(x)", "quoting")

    assert reasons(apply_edits(b"y = 1\n", [far], OPERATORS)) == {far.id: "No call is there."}


def test_two_findings_of_one_place_are_one_rewrite() -> None:
    code = "import shlex\nold(x)\n"
    place = replace(edit_at(code, "old(x)", "quoting"), source="analyzer")
    edits = [replace(place, id=id) for id in ("one", "two")]

    result = apply_edits(code.encode(), edits, OPERATORS)

    assert ids(result) == ["one", "two"]
    assert result.candidate == b"import shlex\nshlex.quote(x)\n"


def test_what_only_the_network_asks_for_is_not_counted_twice() -> None:
    code = "import shlex\nold(x)\nold(y)\n"
    found = replace(edit_at(code, "old(x)", "quoting", id="found"), source="analyzer")
    places = {"same": "old(x)", "other": "old(y)", "again": "old(y)"}
    proposed = [edit_at(code, call, "quoting", id=id) for id, call in places.items()]

    result = apply_edits(code.encode(), [found, *proposed], OPERATORS)

    assert ids(result) == ["found", "other"]
    assert reasons(result) == dict.fromkeys(("same", "again"), "Another edit does the same.")


def test_an_edit_inside_another_is_tried_again_later() -> None:
    result = applied("import shlex\nold(old(x))\n", "old(old(x))", "old(x)")

    assert result.candidate == b"import shlex\nshlex.quote(old(x))\n"
    assert [(each.id, each.retry) for each in result.declined] == [("old(x)", True)]


@pytest.mark.parametrize("name", UNANALYZABLE)
def test_a_program_that_cannot_be_read_is_left_alone(name: str) -> None:
    data, reason = UNANALYZABLE[name]
    edit = edit_at("f(x)\n", "f(x)", "quoting")

    result = apply_edits(data, [edit], OPERATORS)

    assert (result.candidate, result.applied) == (None, [])
    assert reasons(result)[edit.id].startswith("The program could not be read: ")
    assert reason in reasons(result)[edit.id]


@pytest.mark.parametrize("name", ANALYZABLE.keys() - {"CR", "form feed"})
def test_every_ordinary_program_can_be_edited(name: str) -> None:
    edit = edit_at("f(x)\n", "f(x)", "quoting")

    result = apply_edits(ANALYZABLE[name], [edit], OPERATORS)

    assert "could not be" not in reasons(result).get(edit.id, "")


def test_the_account_has_the_agreed_form() -> None:
    code = "import shlex\nold(x); unwilling(y)\n"

    document = applied(code, "old(x)", "unwilling(y)").document()

    assert document == {
        "applied": [
            {
                "id": "old(x)",
                "operator": "quoting",
                "cwe": None,
                "source": "ggan",
                "line": 2,
                "summary": "Quotes the value.",
                "declared": [],
                "environment": [],
            }
        ],
        "declined": [
            {
                "id": "unwilling(y)",
                "operator": "quoting",
                "line": 2,
                "reason": "The function is unwilling.",
                "retry": False,
            }
        ],
    }


@given(
    st.text(alphabet="()[]{}:=\"'\\#\n\r\t\x0c old(x),;ifé\u202e", max_size=60),
    st.integers(1, 4),
    st.integers(0, 9),
)
def test_never_raises(text: str, line: int, column: int) -> None:
    edit = PlannedEdit("1", "quoting", "B1", None, "ggan", line, column, line, column + 1, "")

    result = apply_edits(text.encode(), [edit], OPERATORS)

    assert len(result.applied) + len(result.declined) == 1
