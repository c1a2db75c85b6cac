"""One call of a function, a method or a test of the program, and what came of it."""

import asyncio
import inspect
import io
import itertools
import pathlib
import types
import unittest
from typing import Any

from sgcode_runner.inside.fakes.install import Fakes
from sgcode_runner.inside.fakes.stub import Stub
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of
from sgcode_runner.inside.watch.requests import request_arguments

_MAX_YIELDED = 30


def call_planned(
    module: types.ModuleType, app: Any, case: dict[str, Any], recorder: Recorder, fakes: Fakes
) -> list[list[str]]:
    """Make the planned call and return its value as an outcome. Raises what the program raises."""
    if case["kind"] == "test":
        return _run_test(module, case)
    if case["request"] and app is not None:
        import flask

        with app.test_request_context(case["request"]["path"], **request_arguments(case["request"])):
            if app.secret_key:
                flask.session.update(case["request"]["session"])
            return _call(module, case, recorder, fakes)
    return _call(module, case, recorder, fakes)


def _call(
    module: types.ModuleType, case: dict[str, Any], recorder: Recorder, fakes: Fakes
) -> list[list[str]]:
    values, named = _arguments(case["arguments"], recorder, fakes)
    if not hasattr(module, case["class"] or case["function"]):
        return [["lacks", case["class"] or case["function"]]]
    if case["class"]:
        owner = getattr(module, case["class"])
        made_with, made_named = _arguments(case["making"], recorder, fakes)
        target = owner(*made_with, **made_named)
        member = getattr(target, case["function"])
        result = member if case["property"] else member(*values, **named)
    else:
        result = getattr(module, case["function"])(*values, **named)
    shown = [["returned", text_of(_finished(result))]]
    changed = [text_of(each) for each in values if isinstance(each, (list, dict))]
    return shown + [["argument afterwards", each] for each in changed]


def _finished(result: Any) -> Any:
    if inspect.iscoroutine(result):
        return asyncio.run(result)
    if inspect.isgenerator(result):
        return list(itertools.islice(result, _MAX_YIELDED))
    if isinstance(result, io.IOBase):
        return f"an open {type(result).__name__}"
    if hasattr(result, "get_data") and hasattr(result, "status_code"):
        return [result.status_code, result.get_data()]
    return result


def _arguments(
    planned: list[dict[str, Any]], recorder: Recorder, fakes: Fakes
) -> tuple[list[Any], dict[str, Any]]:
    values = [_value(each["value"], recorder, fakes) for each in planned if "name" not in each]
    named = {each["name"]: _value(each["value"], recorder, fakes) for each in planned if "name" in each}
    return values, named


def _value(spec: dict[str, Any], recorder: Recorder, fakes: Fakes) -> Any:
    kind, value = next(iter(spec.items()))
    if kind == "bytes":
        return value.encode()
    if kind == "path":
        return pathlib.Path(f"{value}.txt")
    if kind == "file":
        return io.StringIO("first line\nsecond line\n")
    if kind in {"cursor", "connection"}:
        connection = fakes.connection()
        return connection.cursor() if kind == "cursor" else connection
    if kind == "object":
        return Stub(value, recorder, "unknown call")
    return value


def _run_test(module: types.ModuleType, case: dict[str, Any]) -> list[list[str]]:
    test: unittest.TestCase = getattr(module, case["class"])(case["function"])
    result = unittest.TestResult()
    test.run(result)
    for kind, entries in (("error", result.errors), ("failure", result.failures)):
        if entries:
            return [["test", kind, entries[0][1].strip().splitlines()[-1].split(":")[0]]]
    return [["test", "skipped" if result.skipped else "passed"]]
