"""The bytes that came out of a box, checked: form, size, nonce, order. They are the guest's word."""

import json
from dataclasses import dataclass, field
from typing import Any

_MAX_FRAMES = 400
_MAX_PARTS = 420
Part = list[str]


@dataclass(frozen=True)
class Observation:
    """What one input came to. `ran` are the marked statements that ran, `failure` what an exception said."""

    events: list[Part]
    outcome: list[Part]
    unfit: str | None
    ran: frozenset[int] = frozenset()
    failure: str | None = None


@dataclass
class Observed:
    """All that one program did, and why there is no more of it."""

    inputs: dict[str, Observation] = field(default_factory=dict)
    complete: bool = False
    broken: str | None = None


def read_json(line: bytes | str) -> dict[str, Any] | None:
    """Return the object that the line holds, or None where it holds anything else."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read_frames(answer: bytes, nonce: str, token: str) -> Observed:
    """Return what the driver's records tell. A record that is not the driver's makes the run a broken one."""
    seen = Observed()
    lines = answer.split(b"\n")
    number = 0
    for line in lines[:_MAX_FRAMES]:
        if not line:
            continue
        record = read_json(line)
        if record is None or record.get("nonce") != nonce:
            return _broken(seen, "something other than the check's own records came out of the box")
        if record.get("ended") is True:
            break
        frame = read_json(record.get("line", "")) if isinstance(record.get("line"), str) else None
        if frame is None or frame.get("nonce") != token or frame.get("number") != number or seen.complete:
            return _broken(seen, "the program wrote records of its own")
        number += 1
        if "failed" in frame:
            return _broken(seen, f"the check failed inside the box: {str(frame['failed'])[:300]}")
        if frame.get("done") is True:
            seen.complete = True
            continue
        observation = _observation(frame)
        label = frame.get("case")
        if observation is None or not isinstance(label, (str, int)) or str(label) in seen.inputs:
            return _broken(seen, "the program wrote records of its own")
        seen.inputs[str(label)] = observation
    return seen


def _broken(seen: Observed, reason: str) -> Observed:
    seen.broken, seen.complete = reason, False
    return seen


def _observation(frame: dict[str, Any]) -> Observation | None:
    events, outcome, unfit = frame.get("events"), frame.get("outcome"), frame.get("unfit")
    ran, failure = frame.get("ran"), frame.get("failure")
    if not _are_parts(events) or not _are_parts(outcome) or not isinstance(unfit, (str, type(None))):
        return None
    if not isinstance(ran, list) or not all(type(each) is int for each in ran):
        return None
    if not isinstance(failure, (str, type(None))):
        return None
    return Observation(events, outcome, unfit, frozenset(ran), failure)


def _are_parts(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MAX_PARTS
        and all(
            isinstance(part, list) and part and all(isinstance(text, str) for text in part) for part in value
        )
    )
