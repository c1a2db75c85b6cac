"""Cuts out of a program what a model is asked to mend."""

from typing import Any

from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import check_list, check_object, parse_excerpt
from sgcode_worker.errors import InvalidInputError
from sgcode_worker.operators.queries.driver.named import NAMED_DRIVERS
from sgcode_worker.repairing.documents import read_target
from sgcode_worker.repairing.excerpt import excerpt
from sgcode_worker.steps.timer import start_timer


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Write the Excerpt and return ExcerptOutput."""
    elapsed = start_timer()
    given = parse_excerpt(value)
    if given.database_driver not in (None, *NAMED_DRIVERS):
        raise InvalidInputError(f"databaseDriver must be one of {', '.join(NAMED_DRIVERS)}, or null")
    plan = check_object(blobs.get_json(given.plan_key), given.plan_key)
    targets = check_list(plan.get("targets"), "targets", read_target)
    document = excerpt(
        blobs.get(given.code_key),
        targets,
        allowed_packages=given.allowed_packages,
        database_driver=given.database_driver,
    )
    blobs.put_json(given.excerpt_key, document)
    return {"parts": len(document["parts"]), "ms": elapsed()}
