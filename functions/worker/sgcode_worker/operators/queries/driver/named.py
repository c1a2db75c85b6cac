"""The driver that a run names, for queries of files that do not tell theirs."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.bound_elsewhere import styles_bound
from sgcode_worker.operators.queries.driver.drivers import DIALECTS, SQLALCHEMY, SQLALCHEMY_MODULES, Dialect
from sgcode_worker.operators.queries.driver.evidence import evidence_for
from sgcode_worker.operators.queries.driver.evident import SETTING, evident_dialect, said
from sgcode_worker.operators.queries.driver.shapes import is_awaited, is_cursor
from sgcode_worker.operators.queries.driver.words import ALL, MYSQL, POSTGRES, SQLITE, Databases
from sgcode_worker.operators.queries.refusal import Refusal


@dataclass(frozen=True)
class _Driver:
    modules: frozenset[str]
    dialect: Dialect
    databases: Databases = ALL
    reads: frozenset[str] = frozenset()
    """The placeholders that other statements may have with it."""
    awaits: bool = False


def _driver(
    module: str, databases: Databases = ALL, reads: str = "", *, also: str = "", awaits: bool = False
) -> _Driver:
    dialect = DIALECTS[module]
    styles = frozenset((reads or dialect.placeholder).split())
    return _Driver(frozenset((module, *also.split())), dialect, databases, styles, awaits)


# Under the names by which the packages are installed. mariadb and mysql-connector (prepared cursors) read
# both `?` and `%s`, sqlite3 and duckdb more than `?`, as their manuals say.
_DRIVERS: Mapping[str, _Driver] = {
    "sqlite3": _driver("sqlite3", SQLITE, "? :name", also="pysqlite2"),
    "aiosqlite": _driver("aiosqlite", SQLITE, "? :name", awaits=True),
    "duckdb": _driver("duckdb", reads="? $1"),
    "mysqlclient": _driver("MySQLdb", MYSQL, also="flask_mysqldb"),
    "pymysql": _driver("pymysql", MYSQL, also="flaskext.mysql"),
    "aiomysql": _driver("aiomysql", MYSQL, awaits=True),
    "mysql-connector": _driver("mysql.connector", MYSQL, "%s ?", awaits=True),
    "mariadb": _driver("mariadb", MYSQL, "? %s"),
    "psycopg2": _driver("psycopg2", POSTGRES, also="psycopg2cffi"),
    "psycopg": _driver("psycopg", POSTGRES, awaits=True),
    "aiopg": _driver("aiopg", POSTGRES, awaits=True),
    "pg8000": _driver("pg8000", POSTGRES),
    "pymssql": _driver("pymssql"),
    "pyodbc": _driver("pyodbc"),
    "oracledb": _driver("oracledb", reads=":name", also="cx_Oracle", awaits=True),
    "django": _driver("django.db"),
    "sqlalchemy": _Driver(SQLALCHEMY_MODULES, SQLALCHEMY, reads=frozenset({":name"}), awaits=True),
}
NAMED_DRIVERS = tuple(_DRIVERS)
"""What `databaseDriver` of a run may be: `DatabaseDriverSchema` of functions/domain/worker-steps.ts."""


def named_dialect(program: Program, receiver: cst.BaseExpression, name: str) -> Dialect:
    """Return the dialect of the named driver, for a file that mentions none.

    Where the query cannot be that driver's, what the file says decides. Refuses where it says too little.
    """
    against = _speaks_against(program, receiver, name)
    if against is None:
        return as_named(program, receiver, name)
    against = f"{against}, so it is not {name}'s, which {SETTING} names"
    try:
        dialect = evident_dialect(program, receiver)
    except Refusal:
        raise Refusal(f"{against}; and the file does not tell whose it is.") from None
    return replace(dialect, remark=f"{against}.")


def as_named(program: Program, receiver: cst.BaseExpression, name: str) -> Dialect:
    """Return the dialect of the named driver, with a remark that says who named it and what does not fit."""
    driver = _DRIVERS[name]
    remark = f"Written for {name}, which {SETTING} names."
    if not _fits(program, receiver, driver):
        remark = f"{remark} Not all that the file says fits it: {said(evidence_for(program, receiver))}."
    return replace(driver.dialect, remark=remark)


def overruling(dialect: Dialect, library: str, name: str | None) -> Dialect:
    """Return the dialect of the library that the file tells, with a remark where another one is named."""
    if name is None or _DRIVERS[name].dialect == dialect:
        return dialect
    return replace(dialect, remark=f"The file runs it through {library}, not {name}, which {SETTING} names.")


def decides_among(
    program: Program, receiver: cst.BaseExpression, name: str, mentioned: Set[str], traced: Set[str]
) -> bool:
    """Whether the named driver is one of those that the file mentions, and nothing leads to another one.

    `traced` are the drivers that the receiver may come from; '' among them where it may come from elsewhere.
    """
    driver = _DRIVERS[name]
    return (
        bool(mentioned & driver.modules)
        and traced <= driver.modules | {""}
        and _fits(program, receiver, driver)
        and _speaks_against(program, receiver, name) is None
    )


def _fits(program: Program, receiver: cst.BaseExpression, driver: _Driver) -> bool:
    return bool(evidence_for(program, receiver).databases & driver.databases)


def _speaks_against(program: Program, receiver: cst.BaseExpression, name: str) -> str | None:
    """Return what in the file rules the named driver out for the receiver; None for nothing."""
    driver = _DRIVERS[name]
    if is_awaited(program, receiver) and not driver.awaits:
        return "The query is awaited"
    if driver.dialect == SQLALCHEMY and is_cursor(program, receiver):
        return "The query is run by a cursor"
    styles = styles_bound(program, receiver)
    if styles and not styles & driver.reads:
        return f"Other statements here bind values with {' and '.join(sorted(styles))}"
    return None
