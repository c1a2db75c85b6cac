"""The Lambda handler over real processes: errors by name, limits, and what comes after a hostile program."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sgcode_worker import lambda_child, lambda_handler
from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import (
    InputTooLargeError,
    InvalidInputError,
    NotFoundError,
    WorkerLostError,
    WorkerTimeoutError,
)

ANALYZE = {"analyzer": "bandit", "codeKey": "a.py", "analysisKey": "b.json"}

# A server with steps that end their process, never end, or fill its memory.
HOSTILE = """
import os, signal, sys, time
from types import ModuleType
from sgcode_worker import __main__, handler

def step(name, run):
    module = ModuleType(name)
    module.run = run
    sys.modules[name] = module
    handler._STEPS[name] = name

step("crash", lambda value, blobs: os.kill(os.getpid(), signal.SIGSEGV))
step("leave", lambda value, blobs: os._exit(0))
step("hang", lambda value, blobs: time.sleep(60))
step("grow", lambda value, blobs: {"length": len(bytearray(1 << 40))})
step("swell", lambda value, blobs: {"kept": kept.append(b"x" * (300 << 20))})
kept = []
step("process", lambda value, blobs: {"process": os.getpid()})
sys.exit(__main__.main())
"""


class Context:
    """Lambda's word on how much of the invocation is left."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def get_remaining_time_in_millis(self) -> int:
        return int(self._seconds * 1000)


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileBlobs]:
    monkeypatch.setenv("SGCODE_BLOB_DIR", str(tmp_path))
    blobs = FileBlobs(tmp_path)
    blobs.put("a.py", b"eval(x)\n")
    yield blobs
    if lambda_handler._child is not None:
        lambda_handler._child.end()
    lambda_handler._child = None


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "hostile.py"
    program.write_text(HOSTILE)
    popen = subprocess.Popen
    monkeypatch.setattr(
        lambda_child.subprocess,
        "Popen",
        lambda command, **options: popen([sys.executable, str(program)], **options),
    )


def ask(step: str, value: object = None, **fields: object) -> dict[str, Any]:
    return lambda_handler.handler({"step": step, "input": value or {}, **fields}, Context(45))


def test_an_event_is_one_request(blobs: FileBlobs) -> None:
    output = ask("analyze", ANALYZE)

    assert (output["status"], output["analysisKey"]) == ("analyzed", "b.json")
    assert blobs.get_json("b.json")["findings"][0]["rule"] == "B307"


def test_an_error_is_raised_by_its_name_and_the_next_request_served() -> None:
    with pytest.raises(NotFoundError, match=r"^no blob none\.py$"):
        ask("analyze", {**ANALYZE, "codeKey": "none.py"})

    assert ask("analyze", ANALYZE)["status"] == "analyzed"


@pytest.mark.parametrize("event", [None, [], "describe", {}, {"step": "other"}])
def test_what_is_no_request_is_refused(event: object) -> None:
    with pytest.raises(InvalidInputError):
        lambda_handler.handler(event, Context(45))


@pytest.mark.parametrize("limit", [0, -1, 1.5, "1", True, []])
def test_a_time_limit_is_a_positive_whole_number(limit: object) -> None:
    with pytest.raises(InvalidInputError, match=r"^timeoutMs must be a positive whole number$"):
        ask("describe", timeoutMs=limit)


def test_a_request_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputTooLargeError):
        ask("analyze", {**ANALYZE, "codeKey": "a" * 70_000})


def test_requests_are_served_by_one_process(hostile: None) -> None:
    assert ask("process") == ask("process")
    assert ask("process")["process"] != os.getpid()


@pytest.mark.parametrize("step", ["crash", "leave"])
def test_a_program_that_ends_the_process_takes_nothing_else_along(step: str, hostile: None) -> None:
    with pytest.raises(WorkerLostError):
        ask(step)

    assert "process" in ask("process")


def test_a_program_that_does_not_end_is_ended(hostile: None) -> None:
    with pytest.raises(WorkerTimeoutError):
        ask("hang", timeoutMs=300)

    assert "process" in ask("process")


def test_it_gives_up_before_the_invocation_does(hostile: None) -> None:
    with pytest.raises(WorkerTimeoutError):
        lambda_handler.handler({"step": "hang", "input": {}}, Context(3.2))


def test_a_program_may_not_take_all_memory(hostile: None) -> None:
    with pytest.raises(InputTooLargeError):
        ask("grow")

    assert "process" in ask("process")


def test_a_process_that_has_grown_is_replaced(hostile: None) -> None:
    before = ask("process")
    ask("swell")

    assert ask("process") != before
