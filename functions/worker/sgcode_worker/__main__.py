"""The local server: one request a line on stdin, one answer a line on stdout, until stdin ends."""

import contextlib
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from sgcode_worker.blobs import Blobs
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, WorkerError
from sgcode_worker.handler import dispatch, open_blobs
from sgcode_worker.limits import MAX_REQUEST_BYTES

_DEFAULT_MEMORY_MB = 1024


def main() -> int:
    """Serve until stdin ends. Returns the exit status."""
    requests, answers = _take_streams()
    try:
        _limit_process()
        blobs = open_blobs()
    except InvalidInputError as error:
        print(f"sgcode_worker: {error}", file=sys.stderr)
        return 2
    # Ctrl-C goes to everything in the terminal; the process that started this one decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while line := requests.readline(MAX_REQUEST_BYTES + 1):
        if line.strip():
            answer = _answer(line, requests, blobs)
            try:
                answers.write(json.dumps(answer).encode("ascii") + b"\n")
                answers.flush()
            except BrokenPipeError:
                break
    return 0


def _answer(line: bytes, requests: BinaryIO, blobs: Blobs) -> dict[str, Any]:
    request_id = None
    try:
        request = _parse(line, requests)
        request_id = request.get("id")
        return {
            "id": request_id,
            "ok": True,
            "output": dispatch(request.get("step"), request.get("input"), blobs),
        }
    except WorkerError as error:
        return {"id": request_id, "ok": False, "error": {"name": error.name, "message": str(error)}}


def _parse(line: bytes, requests: BinaryIO) -> dict[str, Any]:
    if len(line) > MAX_REQUEST_BYTES:
        while line and not line.endswith(b"\n"):
            line = requests.readline(MAX_REQUEST_BYTES)
        raise InputTooLargeError(f"a request must be at most {MAX_REQUEST_BYTES:,} bytes long")
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidInputError("a request must be one JSON object on one line") from None
    # A bool is an int to Python, but not to the other side.
    if not isinstance(request, dict) or type(request.get("id")) is not int:
        raise InvalidInputError("a request must be an object with a whole number as its id")
    return request


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep stdin and stdout for the protocol: whatever else prints, prints to stderr."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, answers


def _limit_process() -> None:
    given = os.environ.get("SGCODE_WORKER_MEMORY_MB") or str(_DEFAULT_MEMORY_MB)
    if not given.isascii() or not given.isdigit() or int(given) == 0:
        raise InvalidInputError("SGCODE_WORKER_MEMORY_MB must be a positive whole number")
    memory = int(given) * 1024 * 1024
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        # Not every system lets a process limit its address space; the pool watches its memory as well.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    sys.exit(main())
