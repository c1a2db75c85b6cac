"""The light `parses`: the candidate is Python, and compiles no worse than the input."""

from typing import Any

from sgcode_worker.gates.evidence import Evidence, gate_result
from sgcode_worker.source import Source

_CHECKED = "That the code parses, and that it compiles where the input compiled."
_NOT_CHECKED = "It is not run or imported, so errors that show only then are not seen."


def check_parses(original: Source, candidate: Source) -> dict[str, Any]:
    """Return the GateResult of `parses`."""
    failures: list[Evidence] = []
    allowed: list[Evidence] = []
    if candidate.tree is None:
        failures.append(Evidence(f"the code does not parse: {candidate.reason}"))
    elif not candidate.compiles:
        reason = candidate.compile_error.message if candidate.compile_error else "no reason given"
        if original.tree is not None and not original.compiles:
            allowed.append(Evidence(f"it does not compile, as the input did not: {reason}"))
        else:
            failures.append(Evidence(f"the input compiled and this does not: {reason}"))
    return gate_result(failures, allowed, _CHECKED, _NOT_CHECKED)
