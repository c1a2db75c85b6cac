"""Puts what a model answered into a program."""

from typing import Any

from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import parse_put_back
from sgcode_worker.repairing.documents import read_model_answer, read_shown
from sgcode_worker.repairing.put_back import put_back
from sgcode_worker.steps.timer import start_timer


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Write the Edits, and the candidate where something changed, and return PutBackOutput."""
    elapsed = start_timer()
    given = parse_put_back(value)
    shown = read_shown(blobs.get_json(given.excerpt_key), given.excerpt_key)
    form, answer = read_model_answer(blobs.get_json(given.answer_key), given.answer_key)
    result = put_back(blobs.get(given.code_key), shown, form, answer)
    if result.candidate is not None:
        blobs.put(given.candidate_key, result.candidate)
    blobs.put_json(given.edits_key, {"applied": [], "declined": [], "repaired": result.repaired})
    outcome = (
        "malformed" if result.reason is not None else "unchanged" if result.candidate is None else "changed"
    )
    return {"outcome": outcome, "reason": result.reason, "ms": elapsed()}
