"""The static gates over two programs: what Verify leaves in the blob store."""

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sgcode_worker.gates.definition import Outline
from sgcode_worker.gates.evidence import Evidence, gate_result
from sgcode_worker.gates.honest.assembled import check_assembled
from sgcode_worker.gates.honest.certificates import check_certificates
from sgcode_worker.gates.honest.comments import check_comments
from sgcode_worker.gates.honest.conditions import check_conditions
from sgcode_worker.gates.honest.dangerous import check_dangerous
from sgcode_worker.gates.honest.exits import check_exits
from sgcode_worker.gates.honest.grants import check_grants
from sgcode_worker.gates.honest.hashes import check_hashes
from sgcode_worker.gates.honest.hiding import check_hiding
from sgcode_worker.gates.honest.imports import check_imports
from sgcode_worker.gates.honest.limits import check_limits
from sgcode_worker.gates.honest.loops import check_loops
from sgcode_worker.gates.honest.memory import check_memory
from sgcode_worker.gates.honest.options import check_options
from sgcode_worker.gates.honest.permissions import check_permissions
from sgcode_worker.gates.honest.places import check_places
from sgcode_worker.gates.honest.queries import check_hidden_queries
from sgcode_worker.gates.honest.secrets import check_secrets
from sgcode_worker.gates.honest.settings import check_settings
from sgcode_worker.gates.honest.shadowing import check_shadowing
from sgcode_worker.gates.honest.shells import check_shells
from sgcode_worker.gates.honest.stand_ins import check_stand_ins
from sgcode_worker.gates.honest.stubs import check_stubs
from sgcode_worker.gates.honest.swallowing import check_swallowing
from sgcode_worker.gates.honest.tests import check_tests
from sgcode_worker.gates.honest.triggers import check_triggers
from sgcode_worker.gates.honest.values import check_values
from sgcode_worker.gates.outline import outline
from sgcode_worker.gates.pairing import Comparison, compare_outlines
from sgcode_worker.gates.parses import check_parses
from sgcode_worker.gates.surface.calls import check_calls
from sgcode_worker.gates.surface.commands import check_commands
from sgcode_worker.gates.surface.constants import check_constants
from sgcode_worker.gates.surface.definitions import check_definitions
from sgcode_worker.gates.surface.environment import check_environment
from sgcode_worker.gates.surface.exceptions import check_exceptions
from sgcode_worker.gates.surface.failures import check_failures
from sgcode_worker.gates.surface.files import check_files
from sgcode_worker.gates.surface.messages import check_messages
from sgcode_worker.gates.surface.query_order import check_query_order
from sgcode_worker.gates.surface.requests import check_requests
from sgcode_worker.gates.surface.responses import check_responses
from sgcode_worker.gates.surface.returns import check_returns
from sgcode_worker.gates.surface.routes import check_routes
from sgcode_worker.gates.surface.sql import check_queries
from sgcode_worker.gates.surface.state import check_state
from sgcode_worker.gates.surface.value_order import check_value_order
from sgcode_worker.source import Source, read_source

Check = Callable[[Comparison], Iterable[Evidence]]

SURFACE: tuple[Check, ...] = (
    check_definitions,
    check_routes,
    check_constants,
    check_requests,
    check_responses,
    check_messages,
    check_exceptions,
    check_queries,
    check_query_order,
    check_calls,
    check_environment,
    check_commands,
    check_value_order,
    check_failures,
    check_files,
    check_state,
    check_returns,
)
HONEST: tuple[Check, ...] = (
    check_comments,
    check_stubs,
    check_dangerous,
    check_conditions,
    check_limits,
    check_grants,
    check_triggers,
    check_memory,
    check_values,
    check_hiding,
    check_shells,
    check_options,
    check_settings,
    check_certificates,
    check_hashes,
    check_permissions,
    check_places,
    check_hidden_queries,
    check_assembled,
    check_secrets,
    check_stand_ins,
    check_exits,
    check_loops,
    check_swallowing,
    check_shadowing,
    check_imports,
    check_tests,
)

# Which gate tells of a declared change: the one that would refuse it undeclared.
_SURFACE_KINDS = frozenset({"constant", "environment", "exception", "call", "message"})
_HONEST_KINDS = frozenset({"import", "setting", "digest"})

_SURFACE_CHECKED = (
    "Functions, classes, bases, signatures, defaults, annotations, decorators, routes, the main guard, "
    "importable constants, exceptions, and what the outside sees: request parameters, response keys, status "
    "codes, redirects, templates, messages, tables and columns, commands, files and environment variables."
)
_SURFACE_NOT_CHECKED = (
    "Whether the code computes the same values: two programs with one surface can still differ inside."
)
_HONEST_CHECKED = (
    "That no finding was silenced, no body emptied, no dangerous call, condition or query dropped or hidden, "
    "no exception newly swallowed, no unexpected import added and no test edited."
)
_HONEST_NOT_CHECKED = (
    "Whether the replacement is right for every input, and what happens in code of other files."
)
_UNREADABLE = "Nothing: one of the two programs could not be read."


def verify_candidate(
    original: bytes, candidate: bytes, applied_edits: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the StaticGates document: is the candidate the original, honestly changed?

    `applied_edits` are AppliedEdit or RepairedPart documents; what they declare is allowed, and nothing more.
    Neither program is run or imported.
    """
    before, after = _read_original(original), read_source(candidate)
    gates = {"parses": check_parses(before[0], after)}
    if before[1] is None or after.tree is None:
        reason = [Evidence(f"the code cannot be compared: {before[0].reason or after.reason}")]
        for gate in ("surface", "honest"):
            gates[gate] = gate_result(reason, [], _UNREADABLE, _UNREADABLE)
        return gates
    comparison = compare_outlines(before[1], outline(_tree(after), after.text), applied_edits)
    gates["surface"] = _gate(SURFACE, comparison, _SURFACE_KINDS, _SURFACE_CHECKED, _SURFACE_NOT_CHECKED)
    gates["honest"] = _gate(HONEST, comparison, _HONEST_KINDS, _HONEST_CHECKED, _HONEST_NOT_CHECKED)
    return gates


@lru_cache(maxsize=4)
def _read_original(data: bytes) -> tuple[Source, Outline | None]:
    """The same input is compared with many candidates, so its outline is kept."""
    source = read_source(data)
    return source, None if source.tree is None else outline(source.tree, source.text)


def _tree(source: Source) -> ast.Module:
    assert source.tree is not None
    return source.tree


def _gate(
    checks: Sequence[Check], comparison: Comparison, kinds: frozenset[str], checked: str, not_checked: str
) -> dict[str, Any]:
    failures = [evidence for check in checks for evidence in check(comparison)]
    allowed = [
        Evidence(f"allowed, as declared by an operator: {each.detail or each.name}")
        for each in comparison.declared
        if each.kind in kinds
    ]
    return gate_result(failures, allowed, checked, not_checked)
