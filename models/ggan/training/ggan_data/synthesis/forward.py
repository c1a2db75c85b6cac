"""Runs an operator of the worker at the places that are marked as weak."""

from collections.abc import Sequence

from sgcode_worker.operators.apply import apply_edits
from sgcode_worker.operators.operator import PlannedEdit

from ggan_data.labelling.spans import Span

# Packages that a program may need after the rewrite, and the driver where its file does not tell.
_PACKAGES = ("defusedxml", "markupsafe")


class DeclinedError(Exception):
    """The operator leaves a place alone that a template calls weak."""


def mended(code: str, operator: str, spans: Sequence[Span]) -> str:
    """Return the program with the operator run at every place. Raises DeclinedError where it is not."""
    edits = [
        PlannedEdit(
            id=f"{operator}-{number}",
            operator=operator,
            rule="synthetic",
            cwe=None,
            source="ggan",
            line=start[0],
            column=start[1],
            end_line=end[0],
            end_column=end[1],
            definition="",
        )
        for number, (start, end) in enumerate(spans)
    ]
    result = apply_edits(code.encode("utf-8"), edits, allowed_packages=_PACKAGES)
    if result.candidate is None or result.declined:
        raise DeclinedError("; ".join(each.reason for each in result.declined) or "nothing changed")
    return result.candidate.decode("utf-8")
