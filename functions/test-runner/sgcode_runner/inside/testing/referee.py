"""Follows a run record by record, from outside of the process that user code owns."""

from collections.abc import Callable
from typing import Any

from sgcode_runner.inside.testing.controls import expected_outcome, is_control
from sgcode_runner.inside.testing.records import ForgedError


class Referee:
    """Passes on what is known of each test; raises ForgedError where the account cannot be the driver's."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell
        self._waiting: list[str] | None = None
        self.is_complete = False

    def take(self, record: dict[str, Any]) -> None:
        """Take the next record of the child."""
        kind = record["kind"]
        if kind == "collected" and self._waiting is None:
            self._collect(record["ids"])
        elif kind == "uncollected" and self._waiting is None:
            self._tell({"kind": "uncollected", "message": record["message"]})
            self.is_complete = True
        elif kind == "result" and self._waiting:
            self._take_result(record)
        elif kind == "tampered":
            raise ForgedError(f"the code under test changed what judges it: {record['what']}")
        elif kind == "finished" and self._waiting is not None:
            # Tests that were not run have no result, which counts against them outside.
            self._require_controls()
            self.is_complete = True
        else:
            raise ForgedError("the results came in an order that no run has")

    def crash(self, status: int) -> None:
        """Say how the child ended before its time: by a status of its own or, below zero, by a signal."""
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self._tell({"kind": "crashed", "reason": f"the process of the tests ended early ({how})"})

    def _collect(self, ids: list[str]) -> None:
        if not any(map(is_control, ids)):
            self._tell({"kind": "uncollected", "message": "the program ended while it was imported"})
            self.is_complete = True
            return
        self._waiting = list(ids)
        self._tell({"kind": "collected", "ids": [each for each in ids if not is_control(each)]})

    def _take_result(self, record: dict[str, Any]) -> None:
        waiting = self._waiting or []
        name, outcome = record["id"], record["outcome"]
        if name not in waiting:
            raise ForgedError("a test had two results, or was never collected")
        waiting.remove(name)
        if not is_control(name):
            self._tell({"kind": "result", "id": name, "outcome": outcome, "message": record["message"]})
        elif outcome != expected_outcome(name):
            raise ForgedError("a test of the runner's own had another outcome than it must have")

    def _require_controls(self) -> None:
        if any(is_control(each) for each in self._waiting or []):
            raise ForgedError("a test of the runner's own was not run")
