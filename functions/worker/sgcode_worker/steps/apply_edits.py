"""Tries the operators of a plan on a program."""

from typing import Any

from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import check_list, check_object, check_text, check_whole_number, parse_apply_edits
from sgcode_worker.errors import InvalidInputError
from sgcode_worker.operators.apply import apply_edits
from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.queries.driver.named import NAMED_DRIVERS
from sgcode_worker.steps.timer import start_timer


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Write the Edits, and the candidate where something changed, and return ApplyEditsOutput."""
    elapsed = start_timer()
    given = parse_apply_edits(value)
    if given.database_driver not in (None, *NAMED_DRIVERS):
        raise InvalidInputError(f"databaseDriver must be one of {', '.join(NAMED_DRIVERS)}, or null")
    plan = check_object(blobs.get_json(given.plan_key), given.plan_key)
    result = apply_edits(
        blobs.get(given.code_key),
        check_list(plan.get("edits"), "edits", _planned_edit),
        allowed_packages=given.allowed_packages,
        database_driver=given.database_driver,
    )
    if result.candidate is not None:
        blobs.put(given.candidate_key, result.candidate)
    blobs.put_json(given.edits_key, result.document())
    return {
        "changed": result.candidate is not None,
        "applied": len(result.applied),
        "declined": len(result.declined),
        "ms": elapsed(),
    }


def _planned_edit(value: object, field: str) -> PlannedEdit:
    edit = check_object(value, field)
    cwe = edit.get("cwe")
    return PlannedEdit(
        **{name: check_text(edit.get(name), f"{field}.{name}") for name in _TEXTS},
        cwe=None if cwe is None else check_text(cwe, f"{field}.cwe"),
        line=check_whole_number(edit.get("line"), f"{field}.line", 1),
        column=check_whole_number(edit.get("column"), f"{field}.column", 0),
        end_line=check_whole_number(edit.get("endLine"), f"{field}.endLine", 1),
        end_column=check_whole_number(edit.get("endColumn"), f"{field}.endColumn", 0),
    )


_TEXTS = ("id", "operator", "rule", "source", "definition")
