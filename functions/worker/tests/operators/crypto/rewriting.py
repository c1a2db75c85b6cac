"""What an operator makes of a program, as the loop would plan it, and whether the gates let it pass."""

from collections.abc import Collection

from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators import outcomes
from tests.operators.planning import plan


def applied(code: str, operator: str, rules: Collection[str]) -> Applied:
    """Return the result of an edit for each finding of the rules."""
    return apply_edits(code.encode(), plan(code.encode(), operator, rules))


def check_rewritten(before: str, after: str, operator: str, rules: Collection[str]) -> Applied:
    """Assert that the operator makes the one program of the other, rid of findings and let through."""
    return outcomes.check_rewritten(operator, rules, before, after)


def check_left(code: str, reason: str, operator: str, rules: Collection[str]) -> None:
    """Assert that the operator leaves the program alone and says why."""
    outcomes.check_left_alone(operator, rules, code, reason)


def declared(result: Applied) -> list[tuple[str, str, str]]:
    """Return kind, name and definition of every declared change."""
    return [
        (each.kind, each.name, each.definition) for _, rewrite in result.applied for each in rewrite.declared
    ]
