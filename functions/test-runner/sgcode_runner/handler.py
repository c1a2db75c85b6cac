"""One request in, one answer out: for `lambda_handler`, and for the single run of `__main__`."""

import importlib
import sys
from typing import Any

from sgcode_runner.errors import InvalidInputError, RunnerError, RunnerFailedError
from sgcode_runner.fields import check_object


def handle(request: object) -> dict[str, Any]:
    """Return the answer to a request, `{error: {name, message}}` where there is none. Raises nothing."""
    try:
        fields = check_object(request, "request")
        kind, unsafe = fields.get("kind"), fields.get("unsafe", False)
        if not isinstance(unsafe, bool):
            raise InvalidInputError("unsafe must be true or false")
        if kind == "tests":
            return _load("sgcode_runner.judging.tests_run").run_tests(fields, unsafe=unsafe)
        if kind == "behavior":
            return _load("sgcode_runner.judging.behavior").run_behavior(dict(fields))
        if kind == "describe":
            return _describe(unsafe)
        raise InvalidInputError("kind must be one of: tests, behavior, describe")
    except RunnerError as error:
        return refusal(error)
    except Exception as error:
        # The message of anything else may hold the user's code.
        return refusal(RunnerFailedError(f"the runner failed ({type(error).__name__})"))


def _load(name: str) -> Any:
    return importlib.import_module(name)


def _describe(unsafe: bool) -> dict[str, Any]:
    run, seccomp = _load("sgcode_runner.box.run"), _load("sgcode_runner.box.seccomp")
    return {
        "seal": run.sealing_form(unsafe=unsafe),
        "callsFiltered": seccomp.is_available(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def refusal(error: RunnerError) -> dict[str, Any]:
    """Return the answer that an error is."""
    return {"error": {"name": error.name, "message": str(error)}}
