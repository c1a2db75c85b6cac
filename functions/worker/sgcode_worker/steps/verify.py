"""Compares a candidate with the original."""

from collections.abc import Mapping
from typing import Any

from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import check_list, check_object, check_text, parse_verify
from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.steps.timer import start_timer


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Write the StaticGates and return VerifyOutput: the light of each gate."""
    elapsed = start_timer()
    given = parse_verify(value)
    edits = [edit for key in given.edits_keys for edit in _declaring_edits(blobs.get_json(key), key)]
    gates = verify_candidate(blobs.get(given.original_key), blobs.get(given.candidate_key), edits)
    blobs.put_json(given.gates_key, gates)
    lights = {name: gates[name]["light"] for name in ("parses", "surface", "honest")}
    return {**lights, "ms": elapsed()}


def _declaring_edits(document: object, key: str) -> list[Any]:
    """The edits of operators, and the parts that a model replaced: both may say what they had to change."""
    edits = check_object(document, key)
    applied = check_list(edits.get("applied"), f"{key}: applied", _declaring_edit)
    return [*applied, *check_list(edits.get("repaired", []), f"{key}: repaired", _declaring_edit)]


def _declaring_edit(value: object, field: str) -> Mapping[str, Any]:
    edit = check_object(value, field)
    check_list(edit.get("declared"), f"{field}.declared", _declared)
    return edit


def _declared(value: object, field: str) -> None:
    change = check_object(value, field)
    for name in ("kind", "name", "definition", "detail"):
        check_text(change.get(name), f"{field}.{name}")
