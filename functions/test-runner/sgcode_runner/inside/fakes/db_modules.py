"""Modules under the drivers' own names, made of the shared connections and cursors."""

import types
from typing import Any

from sgcode_runner.inside.fakes.db_driver import Connection, Driver, target_of
from sgcode_runner.inside.fakes.db_errors import error_classes
from sgcode_runner.inside.fakes.sql_store import Store
from sgcode_runner.inside.watch.recorder import Recorder

_MYSQL = {"style": "format", "rows_in_tuple": True}
_POSTGRES = {"style": "format", "returns_none": True, "none_without_values": True}
_DRIVERS: dict[str, dict[str, Any]] = {
    "MySQLdb": _MYSQL,
    "pymysql": _MYSQL,
    "mysql.connector": {"style": "format", "returns_none": True, "none_without_values": True},
    "mariadb": {"style": "qmark", "returns_none": True},
    "psycopg2": _POSTGRES,
    "psycopg": {**_POSTGRES, "returns_cursor": True, "returns_none": False},
    "pymssql": {"style": "format", "returns_none": True, "none_without_values": True},
    "pyodbc": {"style": "qmark", "returns_cursor": True, "spread": True},
    "cx_Oracle": {"style": "numeric", "returns_none": True},
    "oracledb": {"style": "numeric", "returns_none": True},
}
STYLES = {**{name: ways["style"] for name, ways in _DRIVERS.items()}, "sqlite3": "qmark"}
"""How each driver's statements name the places of their values."""

_STYLE_NAMES = {"format": "format", "qmark": "qmark", "numeric": "named"}
_DICTIONARIES = {
    "MySQLdb.cursors": ("DictCursor", "SSDictCursor"),
    "pymysql.cursors": ("DictCursor", "SSDictCursor"),
    "psycopg2.extras": ("RealDictCursor",),
    "psycopg.rows": ("dict_row",),
}


def _shape(name: str, shape: str) -> type:
    return type(name, (), {"shape": shape})


def driver_modules(store: Store, recorder: Recorder) -> dict[str, types.ModuleType]:
    """Return the fake modules of the drivers that the standard library lacks, by their names."""
    modules: dict[str, types.ModuleType] = {}
    for name, ways in _DRIVERS.items():
        driver = Driver(name, errors=error_classes(name), **ways)
        module = driver_module(driver, store, recorder)
        modules[name] = module
    modules["mysql"] = types.ModuleType("mysql")
    modules["mysql"].__path__ = []  # type: ignore[attr-defined]
    modules["mysql"].connector = modules["mysql.connector"]  # type: ignore[attr-defined]
    for name, classes in _DICTIONARIES.items():
        part = types.ModuleType(name)
        for each in classes:
            setattr(part, each, _shape(each, "dict"))
        part.Cursor = part.SSCursor = _shape("Cursor", "tuple")  # type: ignore[attr-defined]
        part.DictRow = part.NamedTupleCursor = _shape("Row", "row")  # type: ignore[attr-defined]
        if name == "psycopg2.extras":
            part.DictCursor = _shape("DictCursor", "row")  # type: ignore[attr-defined]
        modules[name] = part
        setattr(modules[name.split(".")[0]], name.split(".")[1], part)
    errors = types.ModuleType("mysql.connector.errors")
    vars(errors).update(vars(modules["mysql.connector"])["sgcode_errors"])
    modules["mysql.connector.errors"] = errors
    modules["mysql.connector"].errors = errors  # type: ignore[attr-defined]
    _add_composed(modules)
    return modules


def driver_module(driver: Driver, store: Store, recorder: Recorder) -> types.ModuleType:
    """Return a module with what every driver has: connect, its errors and its constants."""
    module = types.ModuleType(driver.name)
    module.__path__ = []  # type: ignore[attr-defined]

    def connect(*values: Any, **named: Any) -> Connection:
        target = target_of(driver, values, named)
        shape = getattr(named.get("cursorclass") or named.get("row_factory"), "shape", "tuple")
        connection = Connection(driver, store, recorder, target, shape)
        connection.autocommit = bool(named.get("autocommit", driver.autocommit))
        return connection

    vars(module).update(driver.errors)
    vars(module).update(
        connect=connect,
        connection=Connection,
        Connection=connect,
        Connect=connect,
        MySQLConnection=connect,
        sgcode_errors=driver.errors,
        apilevel="2.0",
        threadsafety=1,
        paramstyle=_STYLE_NAMES[driver.style],
        Binary=bytes,
        escape_string=lambda value: value,
    )
    if driver.name == "psycopg2":
        vars(module).update(paramstyle="pyformat", extensions=types.SimpleNamespace(connection=Connection))
    return module


def _add_composed(modules: dict[str, types.ModuleType]) -> None:
    """psycopg2.sql: pieces of a statement that are put together as text."""

    class Composed:
        def __init__(self, text: Any) -> None:
            self.sgcode_text = str(text)

        def format(self, *parts: Any, **named: Any) -> "Composed":
            texts = [getattr(part, "sgcode_text", part) for part in parts]
            return Composed(
                self.sgcode_text.format(
                    *texts, **{key: getattr(part, "sgcode_text", part) for key, part in named.items()}
                )
            )

        def join(self, parts: Any) -> "Composed":
            return Composed(self.sgcode_text.join(part.sgcode_text for part in parts))

        def __add__(self, other: "Composed") -> "Composed":
            return Composed(self.sgcode_text + other.sgcode_text)

        def as_string(self, _: Any) -> str:
            return self.sgcode_text

    for name in ("psycopg2", "psycopg"):
        part = types.ModuleType(f"{name}.sql")
        vars(part).update(
            SQL=Composed,
            Composed=Composed,
            Identifier=lambda *names: Composed(".".join(names)),
            Literal=lambda value: Composed(f"'{value}'"),
            Placeholder=lambda name=None: Composed(f"%({name})s" if name else "%s"),
        )
        modules[f"{name}.sql"] = part
        modules[name].sql = part  # type: ignore[attr-defined]
