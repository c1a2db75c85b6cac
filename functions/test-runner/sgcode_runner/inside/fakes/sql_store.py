"""A real database in memory whose tables and columns come into being when a statement first names them."""

import re
import sqlite3
from typing import Any, NamedTuple

from sgcode_runner.inside.fakes.sql_canon import quoted, written
from sgcode_runner.inside.fakes.sql_functions import add_functions
from sgcode_runner.inside.fakes.sql_names import selected_names, table_names
from sgcode_runner.inside.fakes.sql_tokens import Token
from sgcode_runner.inside.plan.values import benign, number, other

_connect = sqlite3.connect
_NO_TABLE = re.compile(r"no such table: (?:\w+\.)?(\S+)")
_NO_COLUMN = re.compile(r"no such column: (?:(\w+)\.)?(\S+)")
_NOT_NAMED = re.compile(r"table (\S+) has no column named (\S+)")
_COUNT = re.compile(r"table (\S+) has (\d+) columns but (\d+) values were supplied")
_BROKEN = re.compile(r"syntax error|incomplete input|unrecognized token")
_MIN_COLUMNS = 5
_MAX_ROWS = 500
_MAX_STEPS = 200_000


class Outcome(NamedTuple):
    """What a statement came to: the rows and the names of their columns where it has any."""

    rows: list[tuple[Any, ...]]
    names: list[str] | None
    count: int
    last_id: int | None
    broken: bool = False


class Store:
    """One database for all connections of a program. `schema` is what the original's own texts tell of it."""

    def __init__(self, schema: dict[str, list[str]], ids: list[str], secrets: dict[str, str]) -> None:
        self._schema, self._ids, self._secrets = schema, ids, secrets
        self.reset()

    def reset(self) -> None:
        """Begin anew, with the seeded rows only."""
        self._database = _connect(":memory:", isolation_level=None, check_same_thread=False)
        self._database.set_progress_handler(lambda: 1, _MAX_STEPS)
        add_functions(self._database)
        self._changed = False

    def commit(self) -> None:
        """Keep what was changed."""
        if self._changed:
            self._database.execute("COMMIT")
            self._changed = False

    def rollback(self) -> None:
        """Undo what was changed since the last commit."""
        if self._changed:
            self._database.execute("ROLLBACK")
            self._changed = False

    def run(self, tokens: list[Token]) -> Outcome:
        """Run a canonical statement. Raises sqlite3.IntegrityError; makes up what SQLite cannot run."""
        statement = written(tokens)
        for _ in range(40):
            try:
                return self._run_once(tokens, statement)
            except sqlite3.IntegrityError:
                raise
            except sqlite3.Error as error:
                changed = self._mend(str(error), tokens, statement)
                if changed is None:
                    return _made_up(tokens)._replace(broken=_BROKEN.search(str(error)) is not None)
                statement = changed
        return _made_up(tokens)

    def _run_once(self, tokens: list[Token], statement: str) -> Outcome:
        verb = tokens[0].value if tokens else ""
        if verb in {"insert", "update", "delete", "replace"} and not self._changed:
            for table in table_names(tokens).values():
                self._make(table)
            self._database.execute("BEGIN")
            self._changed = True
        if verb in {"begin", "commit", "rollback", "attach", "pragma", "detach", "vacuum", "start"}:
            return Outcome([], None, -1, None)
        cursor = self._database.execute(statement)
        rows = cursor.fetchmany(_MAX_ROWS)
        names = [each[0] for each in cursor.description] if cursor.description else None
        return Outcome(rows, names, len(rows) if names else cursor.rowcount, cursor.lastrowid)

    def _mend(self, message: str, tokens: list[Token], statement: str) -> str | None:
        """Add what the statement misses and return the statement to try next, or None."""
        tables = table_names(tokens)
        if match := _NO_TABLE.match(message):
            self._make(match[1])
            return statement
        if match := _NOT_NAMED.match(message):
            return statement if self._add(match[1], match[2]) else None
        if match := _NO_COLUMN.match(message):
            owner = tables.get(match[1] or "", next(iter(tables.values()), None))
            return statement if owner and self._add(owner, match[2]) else None
        if match := _COUNT.match(message):
            columns = self._columns(match[1])
            wanted = int(match[3])
            while len(columns) < wanted:
                columns.append(f"more{len(columns)}")
                self._add(match[1], columns[-1])
            names = ", ".join(columns[:wanted])
            return re.sub(rf"\b{re.escape(match[1])}\b", f"{match[1]} ({names})", statement, count=1)
        return None

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self._database.execute(f"PRAGMA table_info({_name(table)})")]

    def _make(self, table: str) -> None:
        if self._columns(table):
            return
        columns = list(dict.fromkeys(["id", *self._schema.get(table, [])]))
        columns += [f"extra{index}" for index in range(len(columns), _MIN_COLUMNS)]
        typed = ", ".join(
            "id INTEGER PRIMARY KEY" if each == "id" else f"{_name(each)} NUMERIC" for each in columns
        )
        self._database.execute(f"CREATE TABLE {_name(table)} ({typed})")
        names = ", ".join(map(_name, columns))
        for row, identity in enumerate(self._identities()):
            values = ", ".join(
                identity if each == "id" else quoted(self._seed(each, row)) for each in columns
            )
            self._database.execute(f"INSERT INTO {_name(table)} ({names}) VALUES ({values})")

    def _identities(self) -> list[str]:
        numbers = [str(number(name)) for name in self._ids][:6]
        return list(dict.fromkeys([*numbers, "501", "502"]))

    def _seed(self, column: str, row: int) -> str:
        if row == 0:
            return self._secrets.get(column, benign(column))
        return other(column, row)

    def _add(self, table: str, column: str) -> bool:
        if column in self._columns(table) or not re.fullmatch(r"[\w$]+", column):
            return False
        try:
            self._database.execute(f"ALTER TABLE {_name(table)} ADD COLUMN {_name(column)} NUMERIC")
        except sqlite3.Error:
            return False
        for row, identity in enumerate(self._identities()):
            self._database.execute(
                f"UPDATE {_name(table)} SET {_name(column)} = {quoted(self._seed(column, row))} "
                f"WHERE rowid = {identity}"
            )
        return True


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _made_up(tokens: list[Token]) -> Outcome:
    """Return an answer to a statement that SQLite cannot run: one row of the selected columns' own values."""
    names = selected_names(tokens)
    if names is None:
        return Outcome([], None, 1, 1)
    return Outcome([tuple(benign(name) for name in names)], names, 1, None)
