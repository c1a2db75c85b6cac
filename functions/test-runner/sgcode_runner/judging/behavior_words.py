"""A difference between two programs in words that a person can act on."""

import re

from sgcode_runner.judging.behavior_frames import Part

_MAX = 160
_SAID = {
    "statement": "ran the statement {0}",
    "statement refused": "gave the database a statement with the wrong values ({0})",
    "commit": "committed",
    "rollback": "rolled back",
    "database": "used the database {0}",
    "command": "ran the command {0} {1}",
    "input": "gave a command the input {0}",
    "open": "opened {0} ({1})",
    "file": "left the file {0} with {1}",
    "printed": "printed {0}",
    "request": "sent {0} {1} {2} {3}",
    "template": "filled the template {0} with {1}",
    "call": "called {0}",
    "serve": "served on {0}:{1}",
    "status": "answered with status {0}",
    "raised": "raised {0}",
    "no valid answer": "answered nothing that Flask can send",
    "left": "ended the program with {0}",
    "content type": "answered as {0}",
    "location": "redirected to {0}",
    "cookie": "set the cookie {0}",
    "body": "answered {0}",
    "returned": "returned {0}",
    "argument afterwards": "left its argument as {0}",
    "route": "answers {0}",
    "lacks": "has no {0}",
    "too long": "did not come to an end",
}


def said(part: Part | None) -> str:
    """Return what a program did, as the end of a sentence."""
    if part is None:
        return "did nothing more"
    texts = [*map(_short, part[1:]), "", "", "", ""]
    form = _SAID.get(part[0])
    return re.sub(r"\s+", " ", form.format(*texts)).strip() if form else " ".join([part[0], *texts]).strip()


def difference(where: str, original: Part | None, candidate: Part | None, failure: str | None = None) -> str:
    """Return one sentence that names the input and what each program did there.

    `failure` is what an exception of the candidate said that nobody caught.
    """
    one, two = original, candidate
    if one and two and one[0] == two[0]:
        one, two = _around(one, two)
    return f"{where}: the original {said(one)}, the candidate {said(two)}{_because(two, failure)}"


def _because(candidate: Part | None, failure: str | None) -> str:
    """Return the exception's words, without its name where that was said already."""
    if failure is None:
        return ""
    name, _, words = _short(failure).partition(": ")
    if candidate is not None and candidate[:2] == ["raised", name]:
        return f": {words}" if words else ""
    return f" ({_short(failure)})"


def _around(original: Part, candidate: Part) -> tuple[Part, Part]:
    """Cut long texts to where they begin to differ."""
    first, second = [original[0]], [candidate[0]]
    for one, two in zip(original[1:], candidate[1:], strict=False):
        start = next(
            (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
        )
        begin = max(0, start - 60)
        lead = "... " if begin and max(len(one), len(two)) > _MAX else ""
        long = max(len(one), len(two)) > _MAX
        first.append(lead + one[begin:] if long else one)
        second.append(lead + two[begin:] if long else two)
    return first + original[len(first) :], second + candidate[len(second) :]


def _short(text: str) -> str:
    return text if len(text) <= _MAX else f"{text[:_MAX]}..."
