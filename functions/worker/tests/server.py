"""The worker's server as its users start it: a process that answers one line with one line."""

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

WORKER = Path(__file__).resolve().parent.parent


class Server:
    """A running server; leaving the `with` block ends it."""

    def __init__(self, blobs: Path, *, code: str = "", **environment: str) -> None:
        command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "sgcode_worker"]
        self.process = subprocess.Popen(
            command,
            cwd=WORKER,
            env={"PATH": os.environ["PATH"], "SGCODE_BLOB_DIR": str(blobs), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def ask(self, request: object) -> dict[str, Any]:
        """Send one request and return its answer."""
        return self.ask_line(json.dumps(request).encode() + b"\n")

    def ask_line(self, line: bytes) -> dict[str, Any]:
        """Send a line as it is and return the answer to it."""
        self.send(line)
        return self.answer()

    def send(self, data: bytes) -> None:
        """Write to the server's stdin."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Read the next answer, which must be one line of JSON."""
        line = self.read_line()
        assert line.endswith(b"\n"), f"no answer; {self.process.poll()=}"
        document = json.loads(line)
        assert isinstance(document, dict)
        return document

    def read_line(self) -> bytes:
        """Read the next line of stdout, b"" where it has ended."""
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 30)[0], "no answer within 30 seconds"
        return self.process.stdout.readline()

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> tuple[int, bytes, bytes]:
        """Close stdin; return the exit status and what was left on stdout and stderr."""
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err
