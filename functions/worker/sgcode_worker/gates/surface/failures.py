"""Processes whose failure is an error to the caller: it must stay one."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison

_RAISING = frozenset({"check_call", "check_output", "check_returncode"})


def check_failures(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every definition in which fewer processes than before raise where they fail."""
    for pair in comparison.pairs:
        if _count(pair.after) < _count(pair.before) and _started(pair.after) >= _started(pair.before):
            if pair.after.raises[len(pair.before.raises) :] or comparison.declares("call", pair.name):
                continue
            yield Evidence(f"a process that fails raises no exception in {pair.label} any more", pair.line)


def _count(definition: Definition) -> int:
    return sum(call.name in _RAISING or _checks(call) for call in definition.calls)


def _checks(call: Call) -> bool:
    return call.name == "run" and any(
        each.arg == "check" and not (isinstance(each.value, ast.Constant) and not each.value.value)
        for each in call.node.keywords
    )


def _started(definition: Definition) -> int:
    return sum(call.family is not None and call.family.name == "process" for call in definition.calls)
