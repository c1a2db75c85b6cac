"""Feeds a box, drains it, and ends it at its limits. What it holds of the guest is bytes with a length."""

import os
import selectors
import subprocess
import time

from sgcode_runner.box.memory import resident_bytes
from sgcode_runner.box.result import Ended
from sgcode_runner.limits import Limits

_CHUNK = 65536
_NOISE_KEPT = 8192
_TICK = 0.05
_GRACE = 2.0


class Pump:
    """One box under way: `run` returns when everything in it is gone."""

    def __init__(self, process: subprocess.Popen[bytes], answer: int, limits: Limits) -> None:
        self._process = process
        self._answer_pipe = answer
        self._limits = limits
        self.answer = bytearray()
        self.noise = bytearray()
        self._noise_total = 0

    def run(self, request: bytes, deadline: float) -> Ended:
        """Return how the box ended; afterwards nothing of it is alive. `deadline` is of time.monotonic()."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process must have pipes")
        noise = process.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            open_pipes = {self._answer_pipe, noise}
            for pipe in open_pipes:
                selector.register(pipe, selectors.EVENT_READ)
            os.set_blocking(process.stdin.fileno(), False)
            selector.register(process.stdin, selectors.EVENT_WRITE)
            left = memoryview(request)
            ended: Ended = "exited"
            while open_pipes:
                reason = self._limit_reached(deadline)
                if reason and ended == "exited":
                    ended = reason
                    self._kill()
                    deadline = time.monotonic() + _GRACE
                elif reason == "timeout":
                    break
                if process.poll() is not None:
                    # Whoever still holds a pipe outlived the box's first process: the kernel is ending it.
                    deadline = min(deadline, time.monotonic() + _GRACE)
                for key, _ in selector.select(_TICK):
                    if key.fileobj is process.stdin:
                        left = self._feed(selector, left)
                    elif not self._drain(key.fd, key.fd == noise):
                        selector.unregister(key.fd)
                        open_pipes.discard(key.fd)
        self._kill()
        process.wait()
        return ended

    def _limit_reached(self, deadline: float) -> Ended | None:
        if len(self.answer) > self._limits.answer or self._noise_total > self._limits.output:
            return "output-limit"
        if time.monotonic() >= deadline:
            return "timeout"
        if resident_bytes(self._process.pid) > self._limits.total_memory:
            return "memory-limit"
        return None

    def _feed(self, selector: selectors.BaseSelector, left: memoryview) -> memoryview:
        stdin = self._process.stdin
        if stdin is None:
            return left
        try:
            left = left[os.write(stdin.fileno(), left[:_CHUNK]) :]
        except BlockingIOError:
            return left
        except BrokenPipeError:
            left = left[:0]
        if not left:
            selector.unregister(stdin)
            stdin.close()
        return left

    def _drain(self, pipe: int, is_noise: bool) -> bool:
        chunk = os.read(pipe, _CHUNK)
        if is_noise:
            self._noise_total += len(chunk)
            self.noise += chunk[: _NOISE_KEPT - len(self.noise)]
        elif len(self.answer) <= self._limits.answer:
            self.answer += chunk
        return bool(chunk)

    def _kill(self) -> None:
        """Kill the first process: a sealed box dies with it, an unsealed one is a group of its own."""
        if self._process.returncode is not None:
            return
        os.killpg(self._process.pid, 9)
