"""The program as a module: loaded anew whenever the world begins anew."""

import io
import sys
import types
from typing import Any

NAME = "program"
PACKAGE = "program_package"


class Captured:
    """What a program prints, and what it is given to read."""

    def __init__(self) -> None:
        self.begin([])

    def begin(self, lines: list[str]) -> None:
        """Start with nothing printed and these lines to read."""
        self.out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)
        sys.stdout = self.out
        sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", write_through=True)
        sys.stdin = io.TextIOWrapper(
            io.BytesIO("".join(f"{line}\n" for line in lines).encode()), encoding="utf-8"
        )

    def printed(self) -> str:
        """Return what was printed."""
        buffer: Any = self.out.buffer
        return buffer.getvalue().decode("utf-8", "replace") if not self.out.closed else ""


def new_module(name: str, home: str, package: str = PACKAGE) -> types.ModuleType:
    """Return an empty module under the name, known to the import system."""
    module = types.ModuleType(name)
    module.__file__ = f"{home}/{NAME}.py"
    module.__package__ = package
    sys.modules[name] = module
    return module


def find_app(module: types.ModuleType) -> Any:
    """Return the program's Flask app: one that it made, one from its factory, or one for its blueprints."""
    import flask

    values = list(vars(module).values())
    apps = [value for value in values if isinstance(value, flask.Flask)]
    if apps:
        return max(apps, key=lambda app: len(list(app.url_map.iter_rules())))
    for name in ("create_app", "make_app", "build_app", "get_app"):
        if callable(getattr(module, name, None)):
            app = getattr(module, name)()
            if isinstance(app, flask.Flask):
                return app
    blueprints = [value for value in values if isinstance(value, flask.Blueprint)]
    if not blueprints:
        return None
    app = flask.Flask(NAME)
    app.secret_key = "a key for the blueprints of the program"
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app
