"""One run: a JSON request on stdin, a JSON answer on stdout."""

import json
import os
import sys
from typing import Any

from sgcode_runner.errors import InputTooLargeError, InvalidInputError, RunnerError
from sgcode_runner.handler import handle
from sgcode_runner.limits import MAX_REQUEST_BYTES


def main() -> int:
    """Answer one request. Returns the exit status, 0 also where the answer is an error."""
    with os.fdopen(os.dup(1), "wb") as answers:
        # Whatever else prints, prints to stderr.
        os.dup2(2, 1)
        answers.write(json.dumps(_answer(sys.stdin.buffer.read(MAX_REQUEST_BYTES + 1))).encode("ascii"))
    return 0


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return handle(_parse(data))
    except RunnerError as error:
        return {"error": {"name": error.name, "message": str(error)}}


def _parse(data: bytes) -> object:
    if len(data) > MAX_REQUEST_BYTES:
        raise InputTooLargeError(f"a request must be at most {MAX_REQUEST_BYTES:,} bytes long")
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise InvalidInputError("a request must be one JSON object") from None


if __name__ == "__main__":
    sys.exit(main())
