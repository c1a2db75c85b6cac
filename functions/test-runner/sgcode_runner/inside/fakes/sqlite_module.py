"""The standard library's sqlite3 over the shared store, so that no statement runs unseen."""

import sqlite3
import types
from typing import Any

from sgcode_runner.inside.fakes.db_cursor import Cursor, Row
from sgcode_runner.inside.fakes.db_driver import Connection, Driver, target_of
from sgcode_runner.inside.fakes.db_errors import error_classes
from sgcode_runner.inside.fakes.sql_store import Store
from sgcode_runner.inside.watch.recorder import Recorder


def sqlite_module(store: Store, recorder: Recorder) -> types.ModuleType:
    """Return the fake module. Its errors are its own; its constants are the real ones."""
    driver = Driver("sqlite3", "qmark", returns_cursor=True, errors=error_classes("sqlite3"))
    module = types.ModuleType("sqlite3")
    vars(module).update(
        {
            name: value
            for name, value in vars(sqlite3).items()
            if isinstance(value, (int, str)) and name[:1] != "_"
        }
    )

    def connect(database: Any = ":memory:", *values: Any, **named: Any) -> Connection:
        target = target_of(driver, (str(database), *values), {})
        connection = Connection(driver, store, recorder, target)
        connection.autocommit = "isolation_level" in named and named["isolation_level"] is None
        return connection

    row = type("Row", (Row,), {"shape": "row"})
    vars(module).update(driver.errors)
    vars(module).update(
        connect=connect,
        Connection=Connection,
        Cursor=Cursor,
        Row=row,
        Binary=bytes,
        register_adapter=lambda *_: None,
        register_converter=lambda *_: None,
    )
    module.dbapi2 = module  # type: ignore[attr-defined]
    return module
