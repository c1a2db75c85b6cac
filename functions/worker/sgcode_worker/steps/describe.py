"""Says what this worker can do, so that the other side can compare its tables."""

import platform
from dataclasses import asdict
from typing import Any

from sgcode_worker.analyzers.registry import ANALYZER_NAMES, load_analyzer
from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import check_object
from sgcode_worker.operators.queries.driver.named import NAMED_DRIVERS
from sgcode_worker.operators.registry import OPERATORS


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Return DescribeOutput: the interpreter, analyzers with their rules, operators, and drivers."""
    check_object(value, "input")
    analyzers = [load_analyzer(name) for name in ANALYZER_NAMES]
    return {
        "python": platform.python_version(),
        "analyzers": [
            {"name": each.name, "version": each.version, "rules": [asdict(rule) for rule in each.rules()]}
            for each in analyzers
        ],
        "operators": [
            {
                "name": each.name,
                "cwe": each.cwe,
                "precondition": each.precondition,
                "changes": each.changes,
                "example": each.example,
            }
            for each in OPERATORS.values()
        ],
        "databaseDrivers": NAMED_DRIVERS,
    }
