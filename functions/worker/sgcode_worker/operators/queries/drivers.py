"""What the database drivers differ in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """How queries of a driver are written and how it puts parameters in."""

    placeholder: str
    """`?`, `%s`, or `:` for numbered ones."""
    doubles_percent: bool = False
    """Whether a percent sign must be doubled once there are parameters."""
    texts_in_double_quotes: bool = False
    """Whether "..." is a text; in standard SQL it is a name."""
    names_in_double_quotes: bool = False
    """Whether "..." is a name first, and a text only where there is no column of that name."""
    backslash_escapes: bool = False
    hash_comments: bool = False
    several_statements: bool = False
    """Whether parameters may go into several statements at once: the driver fills them in itself."""
    bracket_names: bool = False
    needs_typed_positions: bool = False
    """Whether the server infers a parameter's type, so that it must stand where that is clear."""


_SQLITE = Dialect("?", texts_in_double_quotes=True, names_in_double_quotes=True, bracket_names=True)
_MYSQL = Dialect(
    "%s",
    doubles_percent=True,
    texts_in_double_quotes=True,
    backslash_escapes=True,
    hash_comments=True,
    several_statements=True,
)
# This one replaces `%s` and leaves every other percent sign alone.
_MYSQL_CONNECTOR = Dialect(
    "%s", texts_in_double_quotes=True, backslash_escapes=True, hash_comments=True, several_statements=True
)
_POSTGRES = Dialect("%s", doubles_percent=True, several_statements=True)
_ORACLE = Dialect(":")

DIALECTS: Mapping[str, Dialect] = {
    "sqlite3": _SQLITE,
    "aiosqlite": _SQLITE,
    "pysqlite2": _SQLITE,
    "MySQLdb": _MYSQL,
    "pymysql": _MYSQL,
    "flask_mysqldb": _MYSQL,
    "flaskext.mysql": _MYSQL,
    "aiomysql": _MYSQL,
    "mysql.connector": _MYSQL_CONNECTOR,
    "psycopg2": _POSTGRES,
    "aiopg": _POSTGRES,
    "psycopg": Dialect("%s", doubles_percent=True, needs_typed_positions=True),
    "django.db": Dialect("%s", doubles_percent=True, needs_typed_positions=True),
    "pymssql": Dialect("%s", doubles_percent=True, bracket_names=True, several_statements=True),
    "pyodbc": Dialect("?", bracket_names=True, needs_typed_positions=True),
    "cx_Oracle": _ORACLE,
    "oracledb": _ORACLE,
}
UNSUPPORTED = frozenset(
    "sqlalchemy flask_sqlalchemy asyncpg databases peewee pg8000 mariadb duckdb snowflake cassandra".split()
)
"""Libraries with an `execute` whose parameters work another way: with one of these, nothing is guessed."""
