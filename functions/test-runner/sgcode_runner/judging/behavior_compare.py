"""Two programs' observations held against each other, input by input."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sgcode_runner.judging.behavior_frames import Observation, Observed, Part
from sgcode_runner.judging.behavior_words import difference


@dataclass(frozen=True)
class Judgment:
    """The verdict with its evidence, and the marked statements that ran on the inputs that were compared."""

    verdict: str
    difference: str | None
    reason: str | None
    compared: int
    ran_original: frozenset[int] = frozenset()
    ran_candidate: frozenset[int] = frozenset()


def judge(
    original: Observed, candidate: Observed, cases: list[dict[str, Any]], *, fragment: bool = False
) -> Judgment:
    """Return whether the candidate did what the original did on every input that binds it.

    A `fragment` is a part of a program, without the imports that the rest of it has.
    """
    if original.broken:
        return Judgment("not-runnable", None, f"the original can't be judged: {original.broken}", 0)
    by_id = {str(case["id"]): case for case in cases}
    compared, telling, skipped = 0, 0, ""
    ran: tuple[set[int], set[int]] = set(), set()
    for label, expected in original.inputs.items():
        case = by_id.get(label)
        where = case["title"] if case else _place(label)
        excuse = _not_binding(expected, case)
        if excuse:
            skipped = skipped or f"{where}: {excuse}"
            continue
        found = candidate.inputs.get(label)
        if found is None:
            return _stopped(candidate, where, compared)
        if label.startswith("routes") and (words := _routes_differ(expected, found)):
            return Judgment("deviated", words, None, compared)
        pair = _first_difference(expected, found, loose=label.startswith("import"))
        if pair and case and _does_better(expected, found):
            skipped = (
                skipped or f"{where}: the original fails, and what a candidate does instead is not judged"
            )
            continue
        if pair and case and any(part and part[0] == "unknown call" for part in pair):
            skipped = skipped or f"{where}: what differs is a call of a value that the file does not define"
            continue
        if pair and case and fragment and _lacks_name(found):
            skipped = skipped or f"{where}: the candidate uses a name that this part does not define"
            continue
        if pair:
            failure = found.failure if found.failure != expected.failure else None
            return Judgment("deviated", difference(where, *pair, failure), None, compared)
        compared += case is not None or bool(expected.events)
        telling += _is_telling(case, expected)
        ran[0].update(expected.ran)
        ran[1].update(found.ran)
    if candidate.broken:
        return Judgment("deviated", f"the candidate: {candidate.broken}", None, compared)
    if original.complete and not candidate.complete:
        return _stopped(candidate, "the end", compared)
    if not telling:
        return Judgment("not-runnable", None, skipped or "the program does nothing that can be watched", 0)
    reason = skipped if original.complete else "the time ran out; compared as far as the original came"
    return Judgment("kept", None, reason or None, compared, *map(frozenset, ran))


def _is_telling(case: dict[str, Any] | None, expected: Observation) -> bool:
    """Whether equality on this input says anything: an error page or a start of the server says little."""
    if case is None or case["kind"] == "script":
        return any(part[0] != "serve" for part in expected.events)
    return case["style"] != "missing"


def _routes_differ(expected: Observation, found: Observation) -> str | None:
    before, after = ({part[-1] for part in each.outcome} for each in (expected, found))
    if lost := sorted(before - after):
        return f"the candidate no longer answers {', '.join(lost)}"
    if new := sorted(after - before):
        return f"the candidate answers {', '.join(new)}, which the original does not"
    return None


def _stopped(candidate: Observed, where: str, compared: int) -> Judgment:
    why = candidate.broken or "it ended or ran out of time before that input"
    return Judgment("deviated", f"{where}: the candidate gave no account: {why}", None, compared)


def _place(label: str) -> str:
    return "loading the program" if label.startswith("import") else "the app's routes"


def _not_binding(expected: Observation, case: dict[str, Any] | None) -> str | None:
    """Return why what the original did on an input is not to be repeated, or None."""
    if case is None:
        return None
    if expected.unfit:
        return expected.unfit
    kinds = {part[0] for part in expected.outcome}
    if "too long" in kinds:
        return "the original does not come to an end"
    if "no app" in kinds:
        return "no Flask app was found in the program"
    names = [part for part in expected.outcome if part[:2] == ["raised", "NameError"]]
    if names:
        return f"the original uses a name that nothing defines: {names[0][-1]}"
    if case["style"] == "missing" and _fails(expected):
        return "the original fails where a value is missing"
    return None


def _fails(expected: Observation) -> bool:
    return any(part[0] in {"raised", "too long"} for part in expected.outcome)


def _lacks_name(found: Observation) -> bool:
    return any(part[:2] == ["raised", "NameError"] for part in found.outcome)


def _does_better(expected: Observation, found: Observation) -> bool:
    """Whether the original fails by accident, and the candidate did the same up to there, then otherwise."""
    accident = any(part[0] == "raised" and "by accident" in part for part in expected.outcome)
    silent = any(part[0] == "no valid answer" for part in found.outcome) or found.outcome == [
        ["returned", "None"]
    ]
    return accident and not silent and found.events[: len(expected.events)] == expected.events


def _first_difference(
    expected: Observation, found: Observation, *, loose: bool
) -> tuple[Part | None, Part | None] | None:
    """Return the first parts that differ: of what was done, then of what came back."""
    for one, two in ((expected.events, found.events), (expected.outcome, found.outcome)):
        if loose or not any(part[0] == "serve" for part in expected.events):
            # Whether loading alone starts the server decides who may import it, not what it serves.
            one, two = ([part for part in each if part[0] != "serve"] for each in (one, two))
        if one == two:
            continue
        if loose and sorted(one) == sorted(two):
            # While a program loads, the order of its own definitions is nobody's business.
            continue
        first, second = next(_differing(one, two))
        return first or _failure(expected), second or _failure(found)
    return None


def _failure(observation: Observation) -> Part | None:
    """Return how the input failed: that, and not silence, is what came instead of the next event."""
    failures = (part for part in observation.outcome if part[0] in {"raised", "left", "too long"})
    refusals = (part for part in observation.outcome if part[0] == "status" and part[1][:1] != "2")
    return next(failures, None) or next(refusals, None)


def _differing(one: list[Part], two: list[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    for index in range(max(len(one), len(two))):
        first = one[index] if index < len(one) else None
        second = two[index] if index < len(two) else None
        if first != second:
            yield first, second
