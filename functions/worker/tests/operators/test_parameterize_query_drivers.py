"""How `parameterize-query` tells the driver, and how each library is given its values.

The cases are in the text files of the folder `queries`, each a whole file.
"""

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.queries.driver.words import said_by_text
from tests.operators.planning import findings
from tests.operators.test_parameterize_query import read_cases, rewrite

REWRITTEN = {
    f"{file}: {title}": body
    for file in ("evidence", "libraries")
    for title, body in read_cases(f"{file}.txt").items()
}
LEFT_ALONE = read_cases("no_evidence.txt")


@pytest.mark.parametrize("case", REWRITTEN)
def test_rewrites_as_the_driver_takes_values(case: str) -> None:
    before, after = (f"{part.rstrip()}\n" for part in REWRITTEN[case].split("\n--- becomes\n"))

    result = rewrite(before)

    candidate = result.candidate or b""
    assert candidate.decode() == after, result.declined
    assert "B608" not in {each.rule for each in findings(candidate)}
    gates = verify_candidate(before.encode(), candidate, result.document()["applied"])
    assert [gate["evidence"] for gate in gates.values() if gate["light"] != "pass"] == []
    assert rewrite(after).candidate is None


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_leaves_alone_what_nothing_tells(case: str) -> None:
    reason = case.partition(": ")[2]

    result = rewrite(LEFT_ALONE[case])

    assert result.candidate is None, result.candidate
    assert result.declined
    assert all(reason in each.reason for each in result.declined), result.declined


@pytest.mark.parametrize("case", [each for each in REWRITTEN if each.startswith("evidence: words")])
def test_says_what_the_choice_rests_on(case: str) -> None:
    before = REWRITTEN[case].split("\n--- becomes\n")[0]

    (applied,) = rewrite(before).document()["applied"]

    assert "No driver is named here" in applied["summary"]
    assert "its SQL says" in applied["summary"]


def test_a_driver_that_is_named_needs_no_reason() -> None:
    (applied,) = rewrite(REWRITTEN["libraries: duckdb"].split("\n--- becomes\n")[0]).document()["applied"]

    assert applied["summary"] == "Gives the values of the query to the database as parameters."


@pytest.mark.parametrize(
    ("text", "databases"),
    [
        ("INSERT OR REPLACE INTO t VALUES (1)", {"SQLite"}),
        ("SELECT * FROM t WHERE d < date('now', '-7 days')", {"SQLite"}),
        ("SELECT * FROM t WHERE d < date('now')", {"SQLite", "MySQL", "PostgreSQL"}),
        ("CREATE TABLE t (x serial, y jsonb)", {"SQLite", "MySQL", "PostgreSQL"}),
        ("SELECT * FROM t WHERE x < now() - INTERVAL '1' DAY", {"MySQL", "PostgreSQL"}),
        ("INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE x = 1", {"MySQL"}),
        ("SELECT * FROM t WHERE x < NOW() - INTERVAL 1 DAY", {"MySQL"}),
        ("SELECT * FROM t WHERE x < now() - INTERVAL '1 day'", {"PostgreSQL"}),
        ("SELECT x::date FROM t", {"PostgreSQL"}),
        ("INSERT INTO aio.tokens VALUES (1)", {"MySQL", "PostgreSQL"}),
        ("SELECT `x` FROM t", {"SQLite", "MySQL"}),
        ("SELECT t.x FROM t JOIN main.u ON t.x = u.x", {"SQLite", "MySQL", "PostgreSQL"}),
        ("SELECT x FROM t WHERE y = 'a::b' AND left_ = 1", {"SQLite", "MySQL", "PostgreSQL"}),
        ("a::date is now() in `code`", {"SQLite", "MySQL", "PostgreSQL"}),
    ],
)
def test_words_tell_databases_apart(text: str, databases: set[str]) -> None:
    left = {"SQLite", "MySQL", "PostgreSQL"}

    for possible, _ in said_by_text(text):
        left &= possible

    assert left == databases
