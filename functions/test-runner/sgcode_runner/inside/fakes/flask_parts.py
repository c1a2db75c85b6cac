"""Flask is real but for what leaves the process or needs files; its database extensions are fakes."""

import sys
import types
from typing import Any

from sgcode_runner.inside.fakes.db_driver import Connection
from sgcode_runner.inside.fakes.missing_modules import StubModule
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of


def install_flask(recorder: Recorder) -> None:
    """Record what a Flask app serves and which templates it fills, instead of doing so."""
    import flask
    import werkzeug.serving

    def run(self: Any, host: Any = None, port: Any = None, *_: Any, **__: Any) -> None:
        recorder.note("serve", str(host or "127.0.0.1"), str(port or 5000))

    def run_simple(hostname: Any, port: Any, *_: Any, **__: Any) -> None:
        recorder.note("serve", str(hostname), str(port))

    def render_template(name: Any, **context: Any) -> str:
        shown = text_of(dict(sorted(context.items())))
        recorder.note("template", str(name), shown)
        return f"{name} {shown}"

    flask.Flask.run = run  # type: ignore[method-assign]
    flask.render_template = render_template
    flask.templating.render_template = render_template
    werkzeug.serving.run_simple = run_simple


def flask_mysql_modules(mysql: types.ModuleType, recorder: Recorder) -> dict[str, types.ModuleType]:
    """Return flask_mysqldb and flaskext.mysql over the fake MySQLdb."""

    class MySQL:
        def __init__(self, app: Any = None, **_: Any) -> None:
            self._app = app
            self._open: Connection | None = None

        def init_app(self, app: Any) -> None:
            self._app = app

        def connect(self) -> Connection:
            settings = getattr(self._app, "config", {})
            prefix = "MYSQL_DATABASE_" if "MYSQL_DATABASE_USER" in settings else "MYSQL_"
            told = {
                name.lower(): settings.get(prefix + name)
                for name in ("HOST", "USER", "PASSWORD", "DB")
                if settings.get(prefix + name) is not None
            }
            kind = settings.get("MYSQL_CURSORCLASS")
            connection: Connection = vars(mysql)["connect"](**told)
            connection._shape = "dict" if kind == "DictCursor" else "tuple"
            return connection

        @property
        def connection(self) -> Connection:
            # The extension gives each request a connection of its own.
            if self._open is None or self._open.closed or self._request() is not self._asked:
                self._open, self._asked = self.connect(), self._request()
            return self._open

        @staticmethod
        def _request() -> Any:
            flask = sys.modules["flask"]
            return flask.g._get_current_object() if flask.has_app_context() else None

        get_db = connect

    modules: dict[str, types.ModuleType] = {}
    for name in ("flask_mysqldb", "flaskext.mysql"):
        module = StubModule(name, recorder)
        module.MySQL = MySQL
        modules[name] = module
    modules["flaskext"] = StubModule("flaskext", recorder)
    return modules
