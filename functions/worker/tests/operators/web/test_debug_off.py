import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import edit_at

RULES = {"B201"}
REWRITTEN = {
    "the guard": (
        "if __name__ == '__main__':\n    app.run(debug=True)",
        "if __name__ == '__main__':\n    app.run(debug=False)",
    ),
    "the application by another name": (
        "from flask import Flask as F\nserver = F('x')\nserver.run('::1', 80, debug=True)",
        "from flask import Flask as F\nserver = F('x')\nserver.run('::1', 80, debug=False)",
    ),
    "imported": (
        "from shop import app as shop\nshop.run(debug=True, **options)",
        "from shop import app as shop\nshop.run(debug=False, **options)",
    ),
    "in a method": (
        "class A:\n    async def f(self):\n        self.app.run(debug=True)",
        "class A:\n    async def f(self):\n        self.app.run(debug=False)",
    ),
    "over web sockets": (
        "from flask_socketio import SocketIO\nSocketIO(app).run(app, debug=True)",
        "from flask_socketio import SocketIO\nSocketIO(app).run(app, debug=False)",
    ),
    "several lines": (
        "app.run(\n    port=80,  # kept\n    debug=True,  # why\n)",
        "app.run(\n    port=80,  # kept\n    debug=False,  # why\n)",
    ),
    "Werkzeug's own switch": (
        "app.run(use_debugger=True, use_reloader=True, debug=True)",
        "app.run(use_debugger=False, use_reloader=True, debug=False)",
    ),
}
LEFT_ALONE = {
    "asyncio": ("import asyncio\nasyncio.run(main(), debug=True)", "not Flask's"),
    "asyncio by another name": ("from asyncio import runners as r\nr.run(main(), debug=True)", "not Flask's"),
    "a worked out switch beside": ("app.run(debug=True, use_debugger=local())", "use_debugger is worked out"),
}
NOT_REPORTED = {
    "off already": ("import flask\napp.run(debug=False)\n", "app.run(debug=False)", "worked out"),
    "worked out": ("import flask\napp.run(debug=local())\n", "app.run(debug=local())", "worked out"),
    "no setting": ("import flask\napp.run()\n", "app.run()", "No call of run with a debug setting"),
    "another framework": ("app.run(debug=True)\n", "app.run(debug=True)", "the program is not Flask's"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_switches_the_debugger_off(name: str) -> None:
    before, after = (f"import flask\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("debug-off", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("debug-off", RULES, f"import flask\n{code}\n", reason)


@pytest.mark.parametrize("name", NOT_REPORTED)
def test_leaves_alone_what_bandit_does_not_report(name: str) -> None:
    code, call, reason = NOT_REPORTED[name]

    result = apply_edits(code.encode(), [edit_at(code, call, "debug-off")])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined
