"""The dialect of a query in a file that names no driver, as far as the rest of the file gives it away."""

from dataclasses import replace

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver import drivers
from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.driver.evidence import Evidence, evidence_for
from sgcode_worker.operators.queries.driver.shapes import is_awaited, is_cursor
from sgcode_worker.operators.queries.driver.words import MYSQL, POSTGRES, SQLITE, Databases
from sgcode_worker.operators.queries.refusal import Refusal

_DIALECTS: dict[Databases, Dialect] = {
    SQLITE: drivers.LIKE_SQLITE,
    MYSQL: drivers.LIKE_MYSQL,
    POSTGRES: drivers.LIKE_POSTGRES,
    MYSQL | POSTGRES: drivers.LIKE_SERVERS,
}
_WHY = 2
"""How many pieces of evidence a summary gives."""
SETTING = "--database-driver"
_NAME_IT = f"Name the driver with {SETTING}."


def evident_dialect(program: Program, receiver: cst.BaseExpression) -> Dialect:
    """Return the dialect that the evidence leaves, and what it rests on. Refuses where several are left."""
    evidence = evidence_for(program, receiver)
    if not evidence.databases:
        raise Refusal(
            f"What the file says of its database does not fit together: {said(evidence)}. {_NAME_IT}"
        )
    dialect = _DIALECTS.get(evidence.databases)
    if evidence.databases == SQLITE and not evidence.is_by_style:
        dialect = drivers.SQLITE
    if dialect is None:
        raise Refusal(
            "The database driver cannot be told: the file imports none of the known ones, and nothing in it "
            "says whether placeholders are `?` or `%s`. An import would, or a type such as "
            f"`cursor: sqlite3.Cursor`; or name it with {SETTING}."
        )
    if not evidence.is_of_receiver and not is_cursor(program, receiver):
        raise Refusal(
            f"The database is told ({said(evidence)}), but not whether a driver or a library such as "
            f"SQLAlchemy runs the query, which take parameters in different ways. {_NAME_IT}"
        )
    if evidence.databases != SQLITE and is_awaited(program, receiver) and not is_cursor(program, receiver):
        raise Refusal("The query is awaited on a connection, as asyncpg does, whose parameters are typed.")
    return replace(dialect, basis=said(evidence))


def said(evidence: Evidence) -> str:
    """Return the first pieces of the evidence, in words."""
    return "; ".join(evidence.bases[:_WHY])
