"""Connections, and what tells one database driver from another."""

from dataclasses import dataclass, field
from typing import Any

from sgcode_runner.inside.fakes.db_cursor import Cursor
from sgcode_runner.inside.fakes.sql_store import Store
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of


@dataclass
class Driver:
    """The ways of one driver: how values are written, what calls return, which errors it raises."""

    name: str
    style: str
    rows_in_tuple: bool = False
    returns_cursor: bool = False
    returns_none: bool = False
    none_without_values: bool = False
    spread: bool = False
    autocommit: bool = False
    errors: dict[str, type[Exception]] = field(default_factory=dict)


_ARGUMENTS = {
    "passwd": "password",
    "db": "database",
    "dbname": "database",
    "pwd": "password",
    "uid": "user",
    "username": "user",
}
# A program reaches the same database whichever of its drivers it uses.
_FAMILIES = {
    "MySQLdb": "MySQL",
    "pymysql": "MySQL",
    "mysql.connector": "MySQL",
    "mariadb": "MySQL",
    "psycopg2": "PostgreSQL",
    "psycopg": "PostgreSQL",
    "cx_Oracle": "Oracle",
    "oracledb": "Oracle",
}
_ORDER = ("host", "user", "password", "database")


class Connection:
    """A connection of any driver to the one store."""

    def __init__(
        self, driver: Driver, store: Store, recorder: Recorder, target: str, shape: Any = "tuple"
    ) -> None:
        self.driver, self.store, self.recorder, self.target = driver, store, recorder, target
        self.row_factory: Any = None
        self.text_factory: Any = str
        self.closed = False
        self.open = True
        self._shape = shape
        self.autocommit = driver.autocommit

    def cursor(self, *kinds: Any, **options: Any) -> Cursor:
        """Return a cursor whose rows have the shape that was asked for."""
        if self.closed:
            raise self.driver.errors["ProgrammingError"]("Cannot operate on a closed database.")
        asked = options.get("cursor_factory") or options.get("cursorclass") or (kinds[0] if kinds else None)
        shape = "dict" if options.get("dictionary") else asked if isinstance(asked, str) else None
        if isinstance(asked, type) or asked is not None:
            shape = getattr(asked, "shape", shape)
        return Cursor(self, shape or self._shape)

    def shape_of(self, cursor: Cursor) -> Any:
        """Return the shape of a cursor's rows: tuple, dict, row, or a function that makes them."""
        factory = self.row_factory
        if factory is None:
            return cursor._shape
        return getattr(factory, "shape", factory)

    def execute(self, statement: Any, *values: Any, **named: Any) -> Any:
        """Run a statement on a cursor of its own and return the cursor."""
        cursor = self.cursor()
        cursor.execute(statement, *values, **named)
        return cursor

    def executemany(self, statement: Any, rows: Any) -> Any:
        """Run a statement for many sets of values on a cursor of its own and return the cursor."""
        cursor = self.cursor()
        cursor.executemany(statement, rows)
        return cursor

    def executescript(self, script: str) -> Any:
        """Run several statements and return the cursor."""
        return self.cursor().executescript(script)

    query = execute

    def commit(self) -> None:
        """Keep the changes."""
        self.recorder.note("commit")
        self.store.commit()

    def rollback(self) -> None:
        """Undo the changes."""
        self.recorder.note("rollback")
        self.store.rollback()

    def close(self) -> None:
        """Close: changes that were not committed are lost, as in a database."""
        if not self.closed:
            self.closed, self.open = True, False
            self.store.rollback()

    def is_connected(self) -> bool:
        """Whether the connection is open."""
        return not self.closed

    def ping(self, *_: Any, **__: Any) -> None:
        """The database is always there."""

    def escape_string(self, value: Any) -> Any:
        """Return the text as it is: benign values have nothing to escape."""
        return value

    def escape(self, value: Any, *_: Any) -> str:
        """Return the text in quotes."""
        return f"'{value}'"

    def create_function(self, *_: Any, **__: Any) -> None:
        """Functions of the program are not run by the database."""

    def set_trace_callback(self, *_: Any) -> None:
        """Nothing is traced."""

    def __repr__(self) -> str:
        return f"<connection to {self.target}>"

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self.driver.name in {"sqlite3", "psycopg2", "psycopg", "pyodbc"}:
            self.rollback() if kind else self.commit()
        if self.driver.name not in {"sqlite3", "psycopg2", "pyodbc"}:
            self.close()


def target_of(driver: Driver, values: tuple[Any, ...], named: dict[str, Any]) -> str:
    """Return which database a program connects to and as whom, whichever way it says so."""
    told = {_ORDER[index]: value for index, value in enumerate(values[:4])}
    if driver.name in {"sqlite3", "pyodbc"} or (len(values) == 1 and "=" in str(values[0])):
        told = {"database": values[0]} if values else {}
    for name, value in named.items():
        told[_ARGUMENTS.get(name, name)] = value
    shown = {name: told[name] for name in (*_ORDER, "port") if name in told}
    return f"{_FAMILIES.get(driver.name, driver.name)} {text_of(shown)}"
