"""What operators would have to say of their edits, found by trying each alone on a copy of the program."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sgcode_worker.operators.apply import apply_to_program
from sgcode_worker.operators.operator import Shared
from sgcode_worker.operators.program import Program
from sgcode_worker.repairing.documents import Target
from sgcode_worker.repairing.rewritten import rewritten_lines
from sgcode_worker.source import Source, read_source

_MOST_TRIES = 100
# Each try writes, parses and compiles the program once.
_MOST_BYTES = 20_000_000


def allowed_changes(
    source: Source,
    program: Program | None,
    targets: Sequence[Target],
    allowed_packages: Iterable[str],
    database_driver: str | None,
) -> list[dict[str, Any]]:
    """Return an AllowedChange for each target with an operator; of the first ones, with what it would do.

    The tries share what the edits of one file agree on, so that two secrets are not given one variable.
    """
    shared = Shared(allowed_packages=frozenset(allowed_packages), database_driver=database_driver)
    tries = min(_MOST_TRIES, _MOST_BYTES // max(1, len(source.data)))
    found: list[dict[str, Any]] = []
    for target in targets:
        if target.edit is None:
            continue
        change: dict[str, Any] = {
            "target": target.edit.id,
            "summary": None,
            "declared": [],
            "environment": [],
            "rewritten": [],
        }
        found.append(change)
        if program is None or len(found) > tries:
            continue
        result = apply_to_program(source, program, [target.edit], shared)
        for _, rewrite in result.applied:
            change["summary"] = rewrite.summary
            change["declared"] = [asdict(each) for each in rewrite.declared]
            change["environment"] = [asdict(each) for each in rewrite.environment]
        if result.candidate is not None:
            change["rewritten"] = rewritten_lines(source.text, read_source(result.candidate).text)
    return found
