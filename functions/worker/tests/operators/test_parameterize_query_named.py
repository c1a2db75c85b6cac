"""`parameterize-query` in a run that names the driver: where that decides, and where the file does.

The cases are in the files `named*.txt` of the folder `queries`; each title begins with the named driver.
"""

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from sgcode_worker.operators.queries.driver.named import NAMED_DRIVERS
from tests.operators.planning import findings, plan
from tests.operators.test_parameterize_query import NAME, program, read_cases

REWRITTEN = read_cases("named.txt")
OTHERWISE = read_cases("named_otherwise.txt")
UNKNOWN = "def f(cur, a):\n    cur.execute(f\"DELETE FROM t WHERE x = '{a}'\")\n"
TOLD = {
    f"{file}: {title}": body
    for file in ("drivers", "connections", "libraries")
    for title, body in read_cases(f"{file}.txt").items()
}


def rewrite(code: str, driver: str | None) -> Applied:
    edits = plan(code.encode(), NAME, {"B608"})
    return apply_edits(code.encode(), edits, database_driver=driver)


@pytest.mark.parametrize("case", REWRITTEN)
def test_the_named_driver_decides_where_the_file_does_not(case: str) -> None:
    driver, _, remark = case.partition(": ")
    before, after = (f"{part.rstrip()}\n" for part in REWRITTEN[case].split("\n--- becomes\n"))

    result = rewrite(before, driver)

    candidate = result.candidate or b""
    assert candidate.decode() == after, result.declined
    assert "B608" not in {each.rule for each in findings(candidate)}
    applied = result.document()["applied"]
    gates = verify_candidate(before.encode(), candidate, applied)
    assert [gate["evidence"] for gate in gates.values() if gate["light"] != "pass"] == []
    said = remark.partition("with a remark: ")[2] or f"Written for {driver}, which --database-driver names."
    assert all(said in each["summary"] for each in applied), applied
    assert rewrite(after, driver).candidate is None


@pytest.mark.parametrize("case", OTHERWISE)
def test_leaves_alone_what_cannot_be_the_named_drivers(case: str) -> None:
    driver, _, rest = case.partition(": ")

    result = rewrite(OTHERWISE[case], driver)

    assert result.candidate is None, result.candidate
    assert result.declined
    assert all(rest.partition(": ")[2] in each.reason for each in result.declined), result.declined


@pytest.mark.parametrize("case", [each for each in REWRITTEN if "with a remark" not in each])
def test_without_a_name_the_file_says_too_little(case: str) -> None:
    result = rewrite(REWRITTEN[case].split("\n--- becomes\n")[0], None)

    assert result.candidate is None
    said = ("--database-driver", "in a way of its own")
    assert all(any(each in declined.reason for each in said) for declined in result.declined)


@pytest.mark.parametrize("driver", NAMED_DRIVERS)
def test_every_driver_can_be_named(driver: str) -> None:
    awaited = UNKNOWN.replace("def", "async def").replace("cur.execute", "await cur.execute")

    results = [rewrite(code, driver) for code in (UNKNOWN, UNKNOWN.replace("cur", "conn"), awaited)]

    assert any(each.candidate for each in results)


@pytest.mark.parametrize("driver", ["oracledb", "sqlalchemy"])
@pytest.mark.parametrize("case", TOLD)
def test_what_the_file_tells_goes_first(case: str, driver: str) -> None:
    before = program(TOLD[case].split("\n--- becomes\n")[0])

    assert rewrite(before, driver).candidate == rewrite(before, None).candidate
