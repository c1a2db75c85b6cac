"""Runs a program's tests in a box and answers with what became of each."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sgcode_runner.box.run import run_boxed
from sgcode_runner.errors import InvalidInputError
from sgcode_runner.fields import check_code, check_environment, check_module, check_seconds
from sgcode_runner.inside.testing.controls import FILE as CONTROL_FILE
from sgcode_runner.judging.tests_account import judge_account
from sgcode_runner.limits import Limits


def run_tests(request: Mapping[str, Any], *, unsafe: bool = False) -> dict[str, Any]:
    """Return `{tests: [{id, outcome, message}], ended, reason, ms}`. Raises RunnerError.

    `original`, where it is given, is the program before it was changed: an environment variable that only the
    changed one reads answers with the text that stood in its place.
    """
    seconds = check_seconds(request.get("seconds"))
    order = {
        "program": check_code(request.get("program"), "program"),
        "original": check_code(request.get("original") or "", "original"),
        "module": check_module(request.get("module"), "module"),
        "tests": check_code(request.get("tests"), "tests"),
        "testsFile": _check_file(request.get("testsFile"), str(request.get("module"))),
        "environment": check_environment(request.get("environment", {})),
        "nonce": secrets.token_hex(16),
    }
    limits = Limits(seconds=seconds, cpu_seconds=int(seconds) + 1)
    box = run_boxed("run_tests", json.dumps(order).encode(), limits, unsafe=unsafe)
    return {**judge_account(box, str(order["nonce"])), "ms": round(box.ms, 1)}


def _check_file(value: object, module: str) -> str:
    """Return the value when it is the name of a Python file in the program's own folder."""
    stem = value[:-3] if isinstance(value, str) and value.endswith(".py") else ""
    try:
        check_module(stem, "testsFile")
    except InvalidInputError:
        raise InvalidInputError("testsFile must be a module's file name, such as 'test_program.py'") from None
    if stem == module or f"{stem}.py" == CONTROL_FILE:
        raise InvalidInputError("testsFile must have another name than the program")
    return f"{stem}.py"
