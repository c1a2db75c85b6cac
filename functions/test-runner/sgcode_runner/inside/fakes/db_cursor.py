"""Cursors over the shared store: each statement is recorded as it would reach the database."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from sgcode_runner.inside.fakes.sql_bind import BindingError, bound_tokens
from sgcode_runner.inside.fakes.sql_canon import canonical_tokens, written
from sgcode_runner.inside.fakes.sql_loose import loose_tokens
from sgcode_runner.inside.fakes.sql_store import Outcome
from sgcode_runner.inside.fakes.sql_tokens import Token, tokens_of

_NOTHING = Outcome([], None, -1, None)


class Cursor:
    """A cursor of any driver; what differs between drivers is in its connection's `driver`."""

    arraysize = 1

    def __init__(self, connection: Any, shape: str = "tuple") -> None:
        self.connection = connection
        self._shape = shape
        self._outcome = _NOTHING
        self._next = 0
        self._closed = False

    def execute(self, statement: Any, values: Any = None, *more: Any, **named: Any) -> Any:
        """Run one statement with its values."""
        driver = self.connection.driver
        if named.keys() & {"multi", "prepare", "binary", "map_results"}:
            named = {}
        if driver.spread and (more or (values is not None and not isinstance(values, (list, tuple, dict)))):
            values = [values, *more]
        values = named or values
        if driver.none_without_values and not values:
            values = None
        self._run(statement, values)
        return self if driver.returns_cursor else None if driver.returns_none else self.rowcount

    def executemany(self, statement: Any, rows: Any) -> Any:
        """Run one statement for each set of values."""
        for values in rows:
            self._run(statement, values)
        return self if self.connection.driver.returns_cursor else None

    def executescript(self, script: str) -> Any:
        """Run several statements without values."""
        for statement in str(script).split(";"):
            if statement.strip():
                self._run(statement, None)
        return self

    def callproc(self, name: str, values: Any = ()) -> Any:
        """Record a call of a stored procedure."""
        self.connection.recorder.note("procedure", name, repr(list(values)))
        return values

    def _run(self, statement: Any, values: Any) -> None:
        driver, recorder = self.connection.driver, self.connection.recorder
        if self._closed or self.connection.closed:
            raise driver.errors["ProgrammingError"]("Cannot operate on a closed database.")
        recorder.turn_to(self.connection.target)
        try:
            tokens = _tokens(driver.style, _plain(statement), values)
        except BindingError as error:
            recorder.note("statement refused", str(error))
            raise self._error(error) from None
        recorder.note_statement(_plain(statement), written(tokens))
        self._check_fit(tokens)
        try:
            self._outcome = self.connection.store.run(tokens)
        except sqlite3.IntegrityError as error:
            raise driver.errors["IntegrityError"](str(error)) from None
        self._next = 0
        if self._outcome.broken and recorder.lacking:
            recorder.call_unfit("a missing value leaves a statement broken")
        if self.connection.autocommit:
            self.connection.store.commit()

    def _error(self, error: BindingError) -> Exception:
        return self.connection.driver.errors.get(error.name, TypeError)(str(error))

    def _check_fit(self, tokens: list[Token]) -> None:
        """A word of the request where the statement wants a name or a number is no ordinary request."""
        recorder = self.connection.recorder
        for word in recorder.words:
            parts = canonical_tokens(tokens_of(word, double_is_text=True))
            size = len(parts)
            if not parts or parts[0].kind != "word" or parts[0].value in {"null", "true", "false"}:
                continue
            if any(tokens[at : at + size] == parts for at in range(len(tokens))):
                recorder.call_unfit(f"the value {word!r} stands unquoted in a statement")

    def _row(self, row: tuple[Any, ...]) -> Any:
        names = self._outcome.names or []
        shape = self.connection.shape_of(self)
        if shape == "dict":
            return dict(zip(names, row, strict=False))
        if shape == "row":
            return Row(names, row)
        if callable(shape):
            return shape(self, row)
        return row

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        if self._next >= len(self._outcome.rows):
            return None
        self._next += 1
        return self._row(self._outcome.rows[self._next - 1])

    def fetchmany(self, size: int | None = None) -> Any:
        """Return the next rows, in the driver's own kind of sequence."""
        end = self._next + (size or self.arraysize)
        rows = [self._row(row) for row in self._outcome.rows[self._next : end]]
        self._next = min(end, len(self._outcome.rows))
        return tuple(rows) if self.connection.driver.rows_in_tuple else rows

    def fetchall(self) -> Any:
        """Return all rows that are left."""
        return self.fetchmany(max(len(self._outcome.rows), 1))

    def fetchval(self) -> Any:
        """Return the first column of the next row, or None."""
        row = self.fetchone()
        return row[0] if row else None

    def scalar(self) -> Any:
        """Return the first column of the next row, or None."""
        return self.fetchval()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed or found."""
        return self._outcome.count

    @property
    def lastrowid(self) -> int | None:
        """The key of the last row that was added."""
        return self._outcome.last_id

    @property
    def description(self) -> Any:
        """The names of the columns, or None where there are none."""
        names = self._outcome.names
        return None if names is None else tuple((name, *[None] * 6) for name in names)

    def close(self) -> None:
        """End the use of the cursor."""
        self._closed = True

    def nextset(self) -> None:
        """There is never more than one result."""

    def __repr__(self) -> str:
        return f"<cursor of {self.connection!r}>"

    def __enter__(self) -> "Cursor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Row(tuple):
    """A row whose columns are found by their names as well as by their places."""

    _names: list[str]

    def __new__(cls, names: list[str], values: tuple[Any, ...]) -> "Row":
        """Return the row with its columns' names."""
        row = super().__new__(cls, values)
        row._names = names
        return row

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            lowered = [name.lower() for name in self._names]
            if key.lower() not in lowered:
                raise IndexError("No item with that key")
            return super().__getitem__(lowered.index(key.lower()))
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            return self[name]
        raise AttributeError(name)

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._names)

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._names, self, strict=False))

    @property
    def _mapping(self) -> dict[str, Any]:
        return self._asdict()


def _tokens(style: str, statement: Any, values: Any) -> list[Token]:
    return loose_tokens(statement, values) if style == "any" else bound_tokens(style, statement, values)


def _plain(statement: Any) -> Any:
    """Return the text of a statement object, such as an SQLAlchemy text or a composed psycopg2 query."""
    text = getattr(statement, "sgcode_text", None)
    return text if isinstance(text, str) else statement
