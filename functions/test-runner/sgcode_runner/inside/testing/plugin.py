"""What listens to pytest in the child, and sends on what became of each test."""

import functools
import inspect
from types import ModuleType
from typing import Any

import pytest

from sgcode_runner.inside.testing import controls
from sgcode_runner.inside.testing.integrity import Snapshot, body_of
from sgcode_runner.inside.testing.records import Send

_MESSAGE = 400
_PHASES = ["setup", "call", "teardown"]


def make_plugin(send: Send) -> ModuleType:
    """Return a plugin that sends the collected ids before a test runs, then each result, then the end."""
    snapshots: list[Snapshot] = []
    returned: set[str] = set()
    bodies: dict[str, Any] = {}
    reports: list[Any] = []
    errors: list[str] = []

    def check() -> None:
        for snapshot in snapshots:
            if (changed := snapshot.first_change()) is not None:
                send({"kind": "tampered", "what": changed})

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection() -> None:
        # pytest has set itself up, and user code has not come in yet.
        snapshots.append(Snapshot())

    def pytest_collectreport(report: Any) -> None:
        if report.failed:
            errors.append(_message(report))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(session: Any) -> None:
        check()
        if errors:
            send({"kind": "uncollected", "message": errors[0]})
            return
        session.items[:] = _ordered(session.items)
        bodies.update((item.nodeid, body_of(item.obj)) for item in session.items)
        send({"kind": "collected", "ids": [item.nodeid for item in session.items]})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(item: Any) -> None:
        if bodies[item.nodeid] != body_of(item.obj):
            send({"kind": "tampered", "what": "a test that was not run yet"})
        item.obj = _witnessed(item.obj, item.nodeid, returned)
        if inspect.iscoroutinefunction(item.obj) and item.instance is not None:
            # unittest takes an asynchronous test from its instance, by name.
            setattr(item.instance, item.originalname, item.obj)

    def pytest_runtest_logreport(report: Any) -> None:
        reports.append(report)

    def pytest_runtest_logfinish(nodeid: str) -> None:
        check()
        outcome, message = _outcome([report for report in reports if report.nodeid == nodeid])
        reports.clear()
        if outcome == "passed" and nodeid not in returned:
            send({"kind": "tampered", "what": "a test passed that did not come to its end"})
        send({"kind": "result", "id": nodeid, "outcome": outcome, "message": message})

    def pytest_sessionfinish() -> None:
        if not errors:
            send({"kind": "finished"})

    plugin = ModuleType("results")
    for hook in (
        pytest_collection,
        pytest_collectreport,
        pytest_collection_finish,
        pytest_runtest_call,
        pytest_runtest_logreport,
        pytest_runtest_logfinish,
        pytest_sessionfinish,
    ):
        setattr(plugin, hook.__name__, hook)
    return plugin


def _ordered(items: list[Any]) -> list[Any]:
    """Return the user's tests in their order, with the runner's own before and after them."""
    own = [item for item in items if controls.is_control(item.nodeid)]
    before = [item for item in own if controls.runs_before(item.nodeid)]
    after = [item for item in own if item not in before]
    return [*before, *(item for item in items if item not in own), *after]


def _witnessed(function: Any, nodeid: str, returned: set[str]) -> Any:
    """Return the test function with a witness of its own to whether it came to its end."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def call_async(*arguments: Any, **named: Any) -> Any:
            result = await function(*arguments, **named)
            returned.add(nodeid)
            return result

        return call_async

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        returned.add(nodeid)
        return result

    return call


def _outcome(reports: list[Any]) -> tuple[str, str]:
    """Return what became of a test, from the reports of its phases, with the first reason."""
    # A failed part of a test says more than the test that it fails.
    bad = next((report for report in reports if report.outcome == "failed"), None)
    bad = bad or next((report for report in reports if report.outcome != "passed"), None)
    if bad is None:
        phases = [report.when for report in reports if not hasattr(report, "context")]
        return ("passed", "") if phases == _PHASES else ("failed", "the test did not come to its end")
    if bad.outcome == "skipped":
        return "skipped", _message(bad)
    return ("failed" if bad.when == "call" else "error"), _message(bad)


def _message(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        return str(crash.message).strip()[:_MESSAGE]
    return str(report.longreprtext).strip()[-_MESSAGE:]
