"""The parts of SQLAlchemy that run statements written as text; the rest are stand-ins."""

import types
from typing import Any

from sgcode_runner.inside.fakes.db_driver import Connection, Driver
from sgcode_runner.inside.fakes.db_errors import error_classes
from sgcode_runner.inside.fakes.missing_modules import StubModule
from sgcode_runner.inside.fakes.sql_store import Store
from sgcode_runner.inside.fakes.stub import Stub
from sgcode_runner.inside.watch.recorder import Recorder


class Text:
    """A statement written as text."""

    def __init__(self, text: Any) -> None:
        self.sgcode_text = str(text)
        self.sgcode_values: dict[str, Any] = {}

    def bindparams(self, *_: Any, **values: Any) -> "Text":
        """Keep values with the statement."""
        self.sgcode_values.update(values)
        return self

    def __str__(self) -> str:
        return self.sgcode_text


class _Connection(Connection):
    def execute(self, statement: Any, *values: Any, **named: Any) -> Any:
        kept = getattr(statement, "sgcode_values", None)
        if kept:
            values = (kept,)
        if isinstance(statement, Stub):
            self.recorder.note("call", f"execute({statement!r})")
            return Stub("rows", self.recorder)
        return super().execute(statement, *values[:1], **named)

    def scalar(self, *values: Any, **named: Any) -> Any:
        return self.execute(*values, **named).scalar()

    def begin(self) -> "_Connection":
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Stub(f"session.{name}", self.recorder)


class Engine:
    """An engine: every connection leads to the one store."""

    def __init__(self, store: Store, recorder: Recorder) -> None:
        self._driver = Driver(
            "sqlalchemy", "qmark", returns_cursor=True, errors=error_classes("sqlalchemy.exc")
        )
        self._store, self._recorder, self.target = store, recorder, "sqlalchemy"

    def connect(self) -> _Connection:
        """Return a connection."""
        return _Connection(self._driver, self._store, self._recorder, self.target, "row")

    begin = raw_connection = connect

    def execute(self, *values: Any, **named: Any) -> Any:
        """Run a statement on a connection of its own."""
        return self.connect().execute(*values, **named)

    def dispose(self) -> None:
        """Nothing is open."""


def alchemy_modules(store: Store, recorder: Recorder) -> dict[str, types.ModuleType]:
    """Return the fake modules by their names."""
    engine = Engine(store, recorder)
    module = StubModule("sqlalchemy", recorder)

    def create_engine(url: Any, **_: Any) -> Engine:
        engine.target = f"sqlalchemy {url}"
        return engine

    module.create_engine = create_engine
    module.text = Text
    orm = StubModule("sqlalchemy.orm", recorder)
    orm.sessionmaker = lambda *_, **__: engine.connect
    orm.scoped_session = lambda factory, *_: factory()
    orm.Session = lambda *_, **__: engine.connect()
    sql = StubModule("sqlalchemy.sql", recorder)
    sql.text = Text
    flask = StubModule("flask_sqlalchemy", recorder)
    flask.SQLAlchemy = _flask_part(engine, recorder)
    return {"sqlalchemy": module, "sqlalchemy.orm": orm, "sqlalchemy.sql": sql, "flask_sqlalchemy": flask}


def _flask_part(engine: Engine, recorder: Recorder) -> type:
    class SQLAlchemy:
        def __init__(self, *_: Any, **__: Any) -> None:
            self.session, self.engine = engine.connect(), engine
            self.text = Text
            self.Model = Stub("db.Model", recorder)

        def init_app(self, _: Any) -> None:
            """The app needs nothing more."""

        def __getattr__(self, name: str) -> Any:
            return Stub(f"db.{name}", recorder)

    return SQLAlchemy
