"""Runs a program's tests: one process that user code never enters watches another that it owns.

The watcher holds the way out of the box and the nonce. The child imports user code, runs pytest and reports
through a pipe of its own, record by record, sealed with a key that was made for this run.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
from typing import Any

from sgcode_runner.inside.testing.child import run_child
from sgcode_runner.inside.testing.records import ForgedError, RecordReader, make_sender
from sgcode_runner.inside.testing.referee import Referee

_CHUNK = 65536
_TICK = 0.05


def run(request: bytes, answer: int) -> int:
    """Write the account of one run of the tests to `answer`: a line of JSON for each thing that happened."""
    order: dict[str, Any] = json.loads(request)
    nonce: str = order.pop("nonce")
    key = os.urandom(32)
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        os.close(source)
        send = make_sender(sink, key)
        # What stays in a frame below user code is in its reach.
        del request, nonce, key, answer, source, sink
        os._exit(run_child(order, send))
    os.close(sink)
    _hide()

    def tell(record: dict[str, Any]) -> None:
        _write_all(answer, json.dumps({"nonce": nonce, **record}).encode("ascii") + b"\n")

    referee = Referee(tell)
    try:
        ended = _watch(child, source, RecordReader(key), referee)
    except ForgedError as error:
        ended = "forged"
        tell({"kind": "forged", "reason": str(error)})
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    tell({"kind": "end", "ended": ended})
    return 0


def _watch(child: int, source: int, reader: RecordReader, referee: Referee) -> str:
    """Return how the child ended: `complete`, or `crashed` when it ended before it said that it had."""
    status: int | None = None
    while not referee.is_complete:
        if select.select([source], [], [], _TICK)[0]:
            chunk = os.read(source, _CHUNK)
            for record in reader.feed(chunk):
                referee.take(record)
            if chunk:
                continue
            status = _wait(child) if status is None else status
        elif status is None:
            ended, raw = os.waitpid(child, os.WNOHANG)
            status = os.waitstatus_to_exitcode(raw) if ended else None
            continue
        if status is not None:
            referee.crash(status)
            return "crashed"
    return "complete"


def _wait(child: int) -> int:
    # Whoever closed the pipe may go on without it, but tells nothing any more.
    time.sleep(_TICK)
    ended, raw = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(raw) if ended else 0


def _hide() -> None:
    if sys.platform == "linux":
        from sgcode_runner.box import linux

        linux.hide_from_peers()


def _write_all(sink: int, data: bytes) -> None:
    while data:
        data = data[os.write(sink, data) :]
