"""The worker as Lambda functions: one step in, one answer out.

Lambda keeps the environment of a function from one invocation to the next, and this process with it. So
another process reads a stranger's program: the server that a developer's machine runs, with the same limits.
It stays warm from request to request, as there; a program that ends it, or that it does not get done with,
takes that process along and nothing else.
"""

from typing import Any

from sgcode_worker import errors
from sgcode_worker.contract import check_object
from sgcode_worker.errors import InvalidInputError, WorkerError, WorkerFailedError
from sgcode_worker.lambda_child import Child

_MAX_SECONDS = 30.0
"""The same as on a developer's machine."""

_OWN_SECONDS = 3.0
"""What is left of the invocation when a step is given up on, so that the error is still told."""

_child: Child | None = None


def handler(event: object, context: Any = None) -> dict[str, Any]:
    """Return the output of the step that the event names. Raises WorkerError.

    Lambda hands the name of the error's class on, which is what the state machine retries and reports by
    (https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html).
    """
    request = check_object(event, "event")
    seconds = _seconds(request.get("timeoutMs"), context)
    answer = _usable_child().ask(request.get("step"), request.get("input"), seconds)
    if answer.get("ok") is True:
        output: dict[str, Any] = answer["output"]
        return output
    raise _error(answer["error"])


def _usable_child() -> Child:
    global _child
    if _child is not None and not _child.is_usable():
        _child.end()
        _child = None
    if _child is None:
        _child = Child()
    return _child


def _seconds(asked: object, context: Any) -> float:
    seconds = _MAX_SECONDS
    if asked is not None:
        if isinstance(asked, bool) or not isinstance(asked, int) or asked <= 0:
            raise InvalidInputError("timeoutMs must be a positive whole number")
        seconds = min(seconds, asked / 1000)
    if context is not None:
        seconds = min(seconds, context.get_remaining_time_in_millis() / 1000 - _OWN_SECONDS)
    return max(0.0, seconds)


def _error(told: dict[str, str]) -> WorkerError:
    kind = getattr(errors, told["name"], WorkerFailedError)
    return kind(told["message"]) if issubclass(kind, WorkerError) else WorkerFailedError(told["message"])
