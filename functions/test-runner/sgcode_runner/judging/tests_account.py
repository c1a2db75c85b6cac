"""Judges the account of a run of tests that came out of a box: hostile bytes until their form is checked."""

import json
from collections.abc import Iterator
from typing import Any

from sgcode_runner.box.result import BoxResult

_MAX_TESTS = 5_000
_MAX_ID = 600
_MAX_TEXT = 400
_OUTCOMES = ("passed", "failed", "error", "skipped")
_ENDED_WITHOUT_RESULT = {
    "timeout": "the time was over",
    "memory-limit": "the memory was used up",
    "output-limit": "too much was printed",
}


class _OddAccountError(Exception):
    """The account is not one that the driver writes."""


class _Account:
    """What the lines say, taken one by one."""

    def __init__(self) -> None:
        self.results: dict[str, tuple[str, str]] = {}
        self.ids: list[str] | None = None
        self.ended: str | None = None
        self.reason: str | None = None
        self.uncollected: str | None = None

    def take(self, record: dict[str, Any]) -> None:
        """Take the next line. Raises _OddAccountError where the driver would not have written it."""
        kind = record.get("kind")
        if self.ended is not None:
            raise _OddAccountError
        if kind == "collected" and self.ids is None:
            self.ids = _ids(record.get("ids"))
        elif kind == "result":
            self._take_result(record)
        elif kind == "uncollected":
            self.uncollected = _text(record.get("message"))
        elif kind in ("forged", "crashed"):
            self.reason = _text(record.get("reason"))
        elif kind == "end" and record.get("ended") in ("complete", "crashed", "forged"):
            self.ended = str(record["ended"])
        else:
            raise _OddAccountError

    def _take_result(self, record: dict[str, Any]) -> None:
        name, outcome = record.get("id"), record.get("outcome")
        if not isinstance(name, str) or self.ids is None or name not in self.ids or name in self.results:
            raise _OddAccountError
        if outcome not in _OUTCOMES:
            raise _OddAccountError
        self.results[name] = (str(outcome), _text(record.get("message")))


def judge_account(box: BoxResult, nonce: str) -> dict[str, Any]:
    """Return `{tests, ended, reason}`. A test without a result failed; of a forged run every test failed."""
    account = _Account()
    try:
        for line in _lines(box):
            account.take(_record(line, nonce))
    except _OddAccountError:
        account.ended, account.reason = "forged", "something else was written where results come out"
    ended, reason = _ending(account, box)
    no_result = ("failed", f"it has no result: {reason}" if reason else "it has no result")
    tests = []
    for name in account.ids or []:
        outcome, message = account.results.get(name, no_result)
        if ended == "forged" and outcome == "passed":
            outcome, message = "failed", f"the run cannot be believed: {reason}"
        tests.append({"id": visible(name), "outcome": outcome, "message": message})
    return {"tests": tests, "ended": ended, "reason": reason}


def visible(text: str) -> str:
    """Return the text without characters that steer a terminal or hide; half surrogates go as well."""
    return "".join(
        each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in text
    )


def _ending(account: _Account, box: BoxResult) -> tuple[str, str | None]:
    if account.ended == "forged":
        return "forged", account.reason
    if box.ended != "exited" and account.ended is None:
        return box.ended, _ENDED_WITHOUT_RESULT[box.ended]
    if account.uncollected is not None:
        return "uncollected", account.uncollected
    if account.ended == "complete":
        return "complete", None
    return "crashed", account.reason or "the run ended early"


def _lines(box: BoxResult) -> Iterator[bytes]:
    *lines, rest = box.answer.split(b"\n")
    yield from lines
    # What a limit cut off is not a line.
    if rest and box.ended == "exited":
        raise _OddAccountError


def _record(line: bytes, nonce: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise _OddAccountError from None
    if not isinstance(record, dict) or record.get("nonce") != nonce:
        raise _OddAccountError
    return record


def _ids(value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > _MAX_TESTS:
        raise _OddAccountError
    if not all(isinstance(each, str) and len(each) <= _MAX_ID for each in value):
        raise _OddAccountError
    if len(set(value)) != len(value):
        raise _OddAccountError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _OddAccountError
    return visible(value[:_MAX_TEXT])
