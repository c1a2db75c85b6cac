"""Driver: runs one program on the planned inputs and answers with what it did.

The program runs in a child that has neither the answer's descriptor nor a way to this process; this process
passes on what the child says, adds how the child ended, and stamps every record with the nonce.
"""

import ctypes
import json
import os
import signal
from typing import Any

_PR_SET_DUMPABLE = 4
_MAX_LINE = 900_000


def run(request: bytes, answer: int) -> int:
    """Write one record for each line of the child and a last one that tells how the child ended."""
    given = json.loads(request)
    nonce = given.pop("nonce")
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        os.close(answer)
        _run_child(given, sink)
    os.close(sink)
    # Nobody but the system may look into this process from now on.
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    with os.fdopen(source, "rb") as lines:
        number = 0
        for line in iter(lambda: lines.readline(_MAX_LINE), b""):
            _write(answer, {"nonce": nonce, "line": line.decode("utf-8", "replace")})
            number += 1
            if line.endswith(b'"done": true}\n'):
                break
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    _write(
        answer, {"nonce": nonce, "ended": True, "lines": number, "status": os.waitstatus_to_exitcode(status)}
    )
    return 0


def _run_child(given: dict[str, Any], sink: int) -> None:
    from sgcode_runner.inside.watch.drive import watch
    from sgcode_runner.inside.watch.frames import frame_writer

    leave = os._exit
    send = frame_writer(sink, given.pop("token"))
    try:
        watch(given, send)
        leave(0)
    except BaseException as error:
        send({"failed": f"{type(error).__name__}: {error}"[:300]})
        leave(3)


def _write(answer: int, record: dict[str, Any]) -> None:
    line = json.dumps(record).encode() + b"\n"
    while line:
        line = line[os.write(answer, line) :]
