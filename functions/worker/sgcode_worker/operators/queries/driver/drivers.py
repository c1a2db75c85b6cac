"""What the database drivers differ in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Passing = Literal["together", "one by one", "named"]


@dataclass(frozen=True)
class Dialect:
    """How queries of a driver are written and how it puts parameters in."""

    placeholder: str
    """`?` or `%s`; what stands before the number of numbered ones."""
    is_numbered: bool = False
    passing: Passing = "together"
    """How `execute` takes parameters: as one tuple, each by itself, or as a dictionary by name."""
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
    percent_is_unclear: bool = False
    """Whether drivers that are possible treat a percent sign in different ways."""
    basis: str = field(default="", compare=False)
    """What the choice of the driver rests on, where the program does not name it."""
    remark: str = field(default="", compare=False)
    """What a person is to know of how the driver that a run names had a part in the choice."""

    def written(self, number: int) -> str:
        """The placeholder of that number."""
        return f"{self.placeholder}{number}" if self.is_numbered else self.placeholder


SQLITE = Dialect("?", texts_in_double_quotes=True, names_in_double_quotes=True, bracket_names=True)
_MYSQL = Dialect(
    "%s",
    doubles_percent=True,
    texts_in_double_quotes=True,
    backslash_escapes=True,
    hash_comments=True,
    several_statements=True,
)
# This one replaces `%s` and leaves every other percent sign alone.
_MYSQL_CONNECTOR = replace(_MYSQL, doubles_percent=False)
_MARIADB = replace(_MYSQL_CONNECTOR, placeholder="?", several_statements=False, percent_is_unclear=True)
_POSTGRES = Dialect("%s", doubles_percent=True, several_statements=True)
_ORACLE = Dialect(":", is_numbered=True)
_ODBC = Dialect("?", bracket_names=True, needs_typed_positions=True)

# Where only the database is known, or not even that: what is right with each driver that is possible.
LIKE_SQLITE = replace(SQLITE, needs_typed_positions=True)
LIKE_MYSQL = replace(_MYSQL, percent_is_unclear=True)
LIKE_POSTGRES = replace(_POSTGRES, needs_typed_positions=True, several_statements=False)
LIKE_SERVERS = replace(
    LIKE_MYSQL, names_in_double_quotes=True, needs_typed_positions=True, several_statements=False
)
# SQLAlchemy's text() takes `:name` for any database. Each placeholder gets the name of its value at the end.
BOUND = "bound_"
SQLALCHEMY = replace(
    LIKE_SERVERS, placeholder=f":{BOUND}", is_numbered=True, passing="named", doubles_percent=False
)
# `query` of the class pg.DB of PyGreSQL.
PYGRESQL = Dialect("$", is_numbered=True, passing="one by one", needs_typed_positions=True)

DIALECTS: Mapping[str, Dialect] = {
    "sqlite3": SQLITE,
    "aiosqlite": SQLITE,
    "pysqlite2": SQLITE,
    "apsw": SQLITE,
    "duckdb": Dialect("?", needs_typed_positions=True),
    "MySQLdb": _MYSQL,
    "pymysql": _MYSQL,
    "flask_mysqldb": _MYSQL,
    "flaskext.mysql": _MYSQL,
    "aiomysql": _MYSQL,
    "asyncmy": _MYSQL,
    "mysql.connector": _MYSQL_CONNECTOR,
    "mariadb": _MARIADB,
    "psycopg2": _POSTGRES,
    "psycopg2cffi": _POSTGRES,
    "aiopg": _POSTGRES,
    "odoo": _POSTGRES,
    "psycopg": Dialect("%s", doubles_percent=True, needs_typed_positions=True),
    "pg8000": Dialect("%s", doubles_percent=True, needs_typed_positions=True),
    "django.db": Dialect("%s", doubles_percent=True, needs_typed_positions=True),
    "frappe": replace(LIKE_SERVERS, percent_is_unclear=False),
    "pymssql": Dialect("%s", doubles_percent=True, bracket_names=True, several_statements=True),
    "pyodbc": _ODBC,
    "pypyodbc": _ODBC,
    "aioodbc": _ODBC,
    "cx_Oracle": _ORACLE,
    "oracledb": _ORACLE,
}
SQLALCHEMY_MODULES = frozenset({"sqlalchemy", "flask_sqlalchemy", "sqlmodel"})
UNSUPPORTED = SQLALCHEMY_MODULES | frozenset(
    "asyncpg databases peewee pg8000.native snowflake cassandra".split()
)
"""Libraries with an `execute` whose parameters work another way: with one of these, nothing is guessed."""
