"""What `parameterize-query` rewrites and what it leaves alone, spelling by spelling.

The cases are in the text files of the folder `queries`: code, and what is to come of it or why
nothing does. Code without imports stands in a function of a program that uses sqlite3.
"""

import textwrap
from pathlib import Path

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, findings, plan

NAME = "parameterize-query"
FILES = (
    "in_the_call",
    "through_a_variable",
    "shown_and_settled",
    "choices",
    "handed_on",
    "drivers",
    "connections",
)
FOLDER = Path(__file__).parent / "queries"


def read_cases(file: str) -> dict[str, str]:
    sections = ("\n" + (FOLDER / file).read_text()).split("\n=== ")[1:]
    return {title: body for title, _, body in (section.partition("\n") for section in sections)}


REWRITTEN = {f"{file}: {title}": body for file in FILES for title, body in read_cases(f"{file}.txt").items()}
LEFT_ALONE = read_cases("left_alone.txt")


def program(code: str) -> str:
    if code.startswith(("import ", "from ", "try:\n    import")):
        return code.rstrip("\n") + "\n"
    body = textwrap.indent(code.rstrip("\n"), "    ")
    return f"import sqlite3\n\n\nasync def f(cur, a, b, c):\n{body}\n"


def rewrite(code: str) -> Applied:
    return apply_edits(code.encode(), plan(code.encode(), NAME, {"B608"}))


@pytest.mark.parametrize("case", REWRITTEN)
def test_rewrites(case: str) -> None:
    before, after = map(program, REWRITTEN[case].split("\n--- becomes\n"))

    result = rewrite(before)

    candidate = result.candidate or b""
    assert candidate.decode() == after, result.declined
    assert "B608" not in {each.rule for each in findings(candidate)}
    gates = verify_candidate(before.encode(), candidate, result.document()["applied"])
    assert [gate["evidence"] for gate in gates.values() if gate["light"] != "pass"] == []


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_leaves_alone(case: str) -> None:
    reason = case.partition(": ")[2]
    code = program(LEFT_ALONE[case])

    result = rewrite(code)

    assert result.candidate is None, result.candidate
    assert [reason in each.reason for each in result.declined] in ([True], [True, True]), result.declined


def test_declares_that_the_text_of_a_module_changes() -> None:
    before = (
        "import sqlite3\nq = \"DELETE FROM t WHERE x = '%s'\" % input()\n"
        "print()\nsqlite3.connect('x').execute(q)\n"
    )

    result = rewrite(before)

    document = result.document()["applied"]
    assert [
        (each["kind"], each["name"], each["definition"]) for edit in document for each in edit["declared"]
    ] == [("constant", "q", "")]
    gates = verify_candidate(before.encode(), result.candidate or b"", document)
    assert gates["surface"]["light"] == "pass"
    assert verify_candidate(before.encode(), result.candidate or b"", [])["surface"]["light"] == "fail"


@pytest.mark.parametrize("place", ["cur.execute(q)", "a + ", "AND y"])
def test_finds_the_query_wherever_it_is_pointed_at(place: str) -> None:
    code = program(
        'q = "DELETE FROM t WHERE x = \'" + a + "\'"\nq += " AND y = \'" + b + "\'"\ncur.execute(q)'
    )

    result = apply_edits(code.encode(), [edit_at(code, place, NAME)])

    assert b"cur.execute(q, q_params)" in (result.candidate or b"")


def test_keeps_line_ends_tabs_and_comments() -> None:
    before = (
        "import sqlite3\r\ndef f(cur, a):\r\n\t# why\r\n\tq = ('DELETE FROM t '\r\n"
        "\t\t'WHERE x=\"' + a + '\"')  # so\r\n\tcur.execute( q )  # run\r\n"
    )
    after = before.replace("x=\"' + a + '\"'", "x=?'").replace("( q )", "( q, (a,) )")

    assert (rewrite(before).candidate or b"").decode() == after


def test_gives_up_on_functions_that_take_too_long_to_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    code = program("q = f\"DELETE FROM t WHERE x = '{a}'\"\nwhile c:\n    cur.execute(q)")
    assert rewrite(code).candidate is not None
    monkeypatch.setattr("sgcode_worker.operators.queries.flow._MAX_STEPS", 3)

    (declined,) = rewrite(code).declined

    assert declined.reason == "The function is too large to follow the query through it."
