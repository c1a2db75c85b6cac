"""The behavior check: two programs run apart on the same benign inputs, and what they did is compared."""

import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sgcode_runner.box.result import BoxResult
from sgcode_runner.box.run import run_boxed
from sgcode_runner.errors import InvalidInputError, RunnerFailedError
from sgcode_runner.fields import check_code, check_environment, check_seconds
from sgcode_runner.judging.behavior_compare import Judgment, judge
from sgcode_runner.judging.behavior_frames import Observed, read_frames, read_json
from sgcode_runner.judging.reached import unreached_parts
from sgcode_runner.limits import MIB, Limits

DEFAULT_SECONDS = 10.0
_ANSWER = 8 * MIB


def run_behavior(request: dict[str, Any]) -> dict[str, Any]:
    """Return {verdict, difference, reason, compared, unreached, ms} for two programs.

    The request holds original, candidate, seconds (wall-clock time for the whole pair), environment and
    allowed: differences that are meant (`digest`: another hash function over the same input, `key-size`:
    longer keys, `shown-query`: a query that is run is printed with its values apart). The verdict is kept,
    deviated or not-runnable; where it is kept, `unreached` says which changed parts no input reached.
    Raises InvalidInputError, InputTooLargeError, RunnerUnavailableError and RunnerFailedError.
    """
    started = time.monotonic()
    given = _checked(request)
    unsafe = request.get("unsafe") is True
    plan = _plan(given, unsafe=unsafe)
    if "unplannable" in plan:
        judgment = _unplannable(plan)
    else:
        left = max(0.5, given["seconds"] - (time.monotonic() - started))
        judgment = _run_both(plan, left, unsafe=unsafe)
    reason = "; ".join(filter(None, [judgment.reason, *plan.get("notes", [])])) or None
    return {
        "verdict": judgment.verdict,
        "difference": judgment.difference,
        "reason": reason,
        "compared": judgment.compared,
        "unreached": _unreached(plan, judgment),
        "ms": round((time.monotonic() - started) * 1000),
    }


def _checked(request: dict[str, Any]) -> dict[str, Any]:
    allowed = request.get("allowed") or []
    if not isinstance(allowed, list) or not all(isinstance(each, str) for each in allowed):
        raise InvalidInputError("allowed must be a list of names")
    return {
        "original": check_code(request.get("original"), "original"),
        "candidate": check_code(request.get("candidate"), "candidate"),
        "seconds": check_seconds(request.get("seconds", DEFAULT_SECONDS)),
        "environment": check_environment(request.get("environment") or {}),
        "allowed": allowed,
    }


def _plan(given: dict[str, Any], *, unsafe: bool) -> dict[str, Any]:
    """Work out the inputs. In a box as well: a text that only a parser reads can still bring one down."""
    nonce = secrets.token_hex(16)
    limits = Limits(seconds=given["seconds"], cpu_seconds=10, answer=_ANSWER)
    result = run_boxed("plan_behavior", json.dumps({**given, "nonce": nonce}).encode(), limits, unsafe=unsafe)
    plan = read_json(result.answer)
    if plan is None or plan.get("nonce") != nonce:
        return {"unplannable": "pair", "reason": f"the programs could not be read ({_ended(result)})"}
    return plan


def _unplannable(plan: dict[str, Any]) -> Judgment:
    which, reason = plan["unplannable"], str(plan["reason"])
    if which == "candidate":
        return Judgment("deviated", f"the candidate can't be run: {reason}", None, 0)
    return Judgment("not-runnable", None, f"the {which} can't be run: {reason}", 0)


def _unreached(plan: dict[str, Any], judgment: Judgment) -> list[dict[str, Any]]:
    if judgment.verdict != "kept":
        return []
    return unreached_parts(plan["changes"], judgment.ran_original, judgment.ran_candidate)


def _run_both(plan: dict[str, Any], seconds: float, *, unsafe: bool) -> Judgment:
    def run(which: str) -> Observed:
        nonce, token = secrets.token_hex(16), secrets.token_hex(16)
        marks = [each["at"] for each in plan["changes"][which]]
        request = {"nonce": nonce, "token": token, "plan": plan["shared"], **plan[which], "marks": marks}
        limits = Limits(seconds=seconds, cpu_seconds=10, answer=_ANSWER)
        result = run_boxed("behave", json.dumps(request).encode(), limits, unsafe=unsafe)
        seen = read_frames(result.answer, nonce, token)
        if result.ended == "output-limit":
            seen.broken = "it printed or did more than can be kept"
        elif not seen.inputs and not seen.broken:
            seen.broken = f"it could not be run ({_ended(result)})"
        return seen

    with ThreadPoolExecutor(2) as both:
        original, candidate = both.map(run, ("original", "candidate"))
    cases = plan["shared"].get("cases")
    if not isinstance(cases, list):
        raise RunnerFailedError("the plan of the check lacks its inputs")
    return judge(original, candidate, cases, fragment=plan["shared"].get("fragment") is True)


def _ended(result: BoxResult) -> str:
    return result.ended if result.ended != "exited" else f"status {result.status}"
