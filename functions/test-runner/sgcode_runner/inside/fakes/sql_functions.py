"""Functions of other databases that SQLite lacks."""

import hashlib
import sqlite3
from typing import Any

_MOMENT = "2024-05-06 10:30:00"


def add_functions(database: sqlite3.Connection) -> None:
    """Give the database the functions that programs for MySQL and PostgreSQL call most."""
    fixed = {"now": _MOMENT, "curdate": _MOMENT[:10], "curtime": _MOMENT[11:], "sysdate": _MOMENT}
    for name, value in fixed.items():
        database.create_function(name, 0, lambda value=value: value)
    database.create_function("unix_timestamp", -1, lambda *_: 1714991400)
    database.create_function("concat", -1, lambda *texts: "".join(map(_text, texts)))
    database.create_function("if", 3, lambda test, one, two: one if test else two)
    database.create_function("md5", 1, lambda value: _digest("md5", value))
    database.create_function("sha1", 1, lambda value: _digest("sha1", value))
    database.create_function("sha2", 2, lambda value, bits: _digest(f"sha{bits or 256}", value))
    database.create_function("rand", -1, lambda *_: 0.5)
    database.create_function("random", 0, lambda: 4611686018427387904)
    database.create_function("last_insert_id", 0, lambda: 1)
    database.create_function("version", 0, lambda: "8.0")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _digest(name: str, value: Any) -> str:
    return hashlib.new(name, _text(value).encode()).hexdigest()
