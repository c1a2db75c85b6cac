"""Runs the handler of a container image as Lambda's runtime client does, where there are no containers.

The protocol: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import http.client
import importlib
import json
import os
import sys
import time
import traceback
import uuid
from pathlib import Path
from typing import Any

_API = os.environ["AWS_LAMBDA_RUNTIME_API"]
_IS_FOR_TENANTS = "SGCODE_TENANTS" in os.environ
_MAX_PAYLOAD_BYTES = 6 * 1024 * 1024


class _FaultError(Exception):
    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class _Context:
    def __init__(self, headers: http.client.HTTPMessage) -> None:
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        # The emulator knows no tenants: each request is one, as the callers of such a function have it.
        self.tenant_id = str(uuid.uuid4()) if _IS_FOR_TENANTS else None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._deadline_ms - int(time.time() * 1000))


def _call(
    method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(_API, timeout=None)
    try:
        connection.request(method, f"/2018-06-01/runtime/{path}", body, headers or {})
        response = connection.getresponse()
        return response.headers, response.read()
    finally:
        connection.close()


def _tell_error(path: str, error: BaseException) -> None:
    # The runtime client of the image names an error by its class.
    name = error.name if isinstance(error, _FaultError) else type(error).__name__
    trace = traceback.format_exception(error)
    body = json.dumps({"errorType": name, "errorMessage": str(error), "stackTrace": trace})
    sys.stderr.write(f"{body}\n")
    sys.stderr.flush()
    _call("POST", path, body.encode(), {"Lambda-Runtime-Function-Error-Type": name})


def _load_handler() -> Any:
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    module, _, name = os.environ["_HANDLER"].rpartition(".")
    return getattr(importlib.import_module(module), name)


def _take_fault(event: str) -> dict[str, Any]:
    """Return the fault that a test left for this call, taken from all others; empty where there is none."""
    folder = Path(os.environ.get("SGCODE_FAULTS", ""))
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        try:
            fault = json.loads(file.read_text("utf-8"))
            if fault["where"] in event:
                file.unlink()
                return fault
        except (OSError, ValueError):
            # Another environment took it.
            continue
    return {}


def _answer(handler: Any, event: str, context: _Context) -> bytes:
    fault = _take_fault(event)
    if fault.get("kind") == "exit":
        os._exit(1)
    if fault.get("kind") == "error":
        raise _FaultError(fault["errorType"], fault["errorMessage"])
    if fault.get("kind") == "answer":
        return json.dumps(fault["answer"]).encode()
    answer = json.dumps(handler(json.loads(event), context)).encode()
    # The work is done, and nobody hears of it.
    if fault.get("kind") == "lost-answer":
        raise _FaultError(fault["errorType"], fault["errorMessage"])
    if len(answer) > _MAX_PAYLOAD_BYTES:
        raise _FaultError("Function.ResponseSizeTooLarge", "Response payload size exceeded 6291556 bytes.")
    return answer


def _serve(handler: Any) -> None:
    headers, event = _call("GET", "invocation/next")
    context = _Context(headers)
    path = f"invocation/{context.aws_request_id}"
    try:
        _call("POST", f"{path}/response", _answer(handler, event.decode(), context))
    except Exception as error:  # Whatever it is, it is the function's.
        _tell_error(f"{path}/error", error)


def main() -> None:
    """Serve until the emulator ends this process."""
    try:
        handler = _load_handler()
    except Exception as error:
        _tell_error("init/error", error)
        raise SystemExit(1) from None
    _serve(handler)
    # No tenant meets the environment of another.
    while not _IS_FOR_TENANTS:
        _serve(handler)


main()
