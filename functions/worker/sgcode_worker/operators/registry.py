"""Every operator by name. The names are those of functions/domain/operators.ts."""

from collections.abc import Mapping
from typing import Any

from sgcode_worker.operators.operator import Operator
from sgcode_worker.operators.safe_loader import SafeLoader

_ALL: tuple[Operator, ...] = (SafeLoader(),)

OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}


def describe_operators() -> list[dict[str, Any]]:
    """Return what each operator needs and what it changes: `operators` of DescribeOutputSchema."""
    return [
        {
            "name": operator.name,
            "cwe": operator.cwe,
            "precondition": operator.precondition,
            "changes": operator.changes,
        }
        for operator in OPERATORS.values()
    ]
