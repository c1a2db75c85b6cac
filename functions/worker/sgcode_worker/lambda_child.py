"""The worker's own server as a child process: what a hostile program can end, and what is replaced then."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from sgcode_worker.errors import InputTooLargeError, WorkerLostError, WorkerTimeoutError
from sgcode_worker.limits import MAX_REQUEST_BYTES

_PACKAGE_FOLDER = Path(__file__).resolve().parent.parent
_CHUNK = 65_536
_RECYCLE_AFTER = 1_000
_RECYCLE_ABOVE = 256 * 1024 * 1024
"""Resident bytes."""


class Child:
    """One server process. It serves requests until it is ended, by us or by what it was given."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sgcode_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(_PACKAGE_FOLDER)},
        )
        self._served = 0

    def ask(self, step: object, value: object, seconds: float) -> dict[str, Any]:
        """Return the answer to one request, an error's included.

        Raises WorkerTimeoutError where it takes longer, WorkerLostError where the process ends before and
        is gone then, InputTooLargeError for a request that is too long.
        """
        line = json.dumps({"id": 0, "step": step, "input": value}).encode("ascii") + b"\n"
        if len(line) > MAX_REQUEST_BYTES:
            raise InputTooLargeError(f"a request must be at most {MAX_REQUEST_BYTES:,} bytes long")
        try:
            self._write(line)
            answer: dict[str, Any] = json.loads(self._read_line(time.monotonic() + seconds))
        except BaseException:
            self.end()
            raise
        self._served += 1
        return answer

    def is_usable(self) -> bool:
        """Tell whether the process is alive and not used up."""
        return (
            self._process.poll() is None
            and self._served < _RECYCLE_AFTER
            and _resident_bytes(self._process.pid) < _RECYCLE_ABOVE
        )

    def end(self) -> None:
        """Kill the process and wait for its end."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _write(self, line: bytes) -> None:
        # A request is shorter than what a pipe holds, so that this does not wait for the other side.
        try:
            os.write(self._descriptor(self._process.stdin), line)
        except OSError:
            raise WorkerLostError("the worker ended before it was asked") from None

    def _read_line(self, deadline: float) -> bytes:
        pipe = self._descriptor(self._process.stdout)
        read = bytearray()
        while not read.endswith(b"\n"):
            if not select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise WorkerTimeoutError("the worker did not answer within its time limit")
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                raise WorkerLostError("the worker ended before it answered")
            read += chunk
        return bytes(read)

    @staticmethod
    def _descriptor(pipe: Any) -> int:
        return int(pipe.fileno())


def _resident_bytes(process: int) -> int:
    """Return what a process has resident; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
