"""Checks of certificates and host keys: switched off beside the call that analyzers look at."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, newly
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_MODES = frozenset({"verify_mode", "cert_reqs"})
# A client that checks by default, and a server, which asks nobody for a certificate.
_CHECKING = frozenset({"PROTOCOL_TLS_CLIENT", "PROTOCOL_TLS_SERVER"})
_POLICIES = frozenset({"AutoAddPolicy", "WarningPolicy"})


def check_certificates(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every check of the other side that is newly switched off where no analyzer sees it."""
    yield from newly(comparison, _hidden)


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for store in definition.stores:
            name = store.target.attr if isinstance(store.target, ast.Attribute) else ""
            if name in _MODES and not _requires(program, store.value):
                found.add("certificates need not be there or be right", store.target.lineno)
            if name == "_policy":
                found.add("a host key policy is set where no analyzer sees it", store.target.lineno)
        for call in definition.calls:
            for keyword in call.node.keywords:
                if keyword.arg in _MODES and not _requires(program, keyword.value):
                    found.add("certificates need not be there or be right", keyword.value.lineno)
            if _is_unchecked(program, definition, call):
                found.add("a TLS context checks no certificate", call.node.lineno)
            if call.name == "set_missing_host_key_policy" and not _is_plain(program, definition, call.node):
                found.add("a host key policy is given so that no analyzer can read it", call.node.lineno)
    return found


def _is_unchecked(program: Outline, definition: Definition, call: Call) -> bool:
    """Whether a call makes a TLS context, or a socket, that checks no certificate unless it is told to."""
    given = [*call.node.args, *(each.value for each in call.node.keywords)]
    chosen = {(program.names.dotted(each) or "").rpartition(".")[2] for each in given}
    unchecked = call.key == "ssl.wrap_socket" and "CERT_REQUIRED" not in chosen
    unchecked |= call.key == "ssl.SSLContext" and not chosen & _CHECKING
    unchecked |= call.key == "ssl.create_default_context" and "CLIENT_AUTH" in chosen
    told = (each.value for each in definition.stores if getattr(each.target, "attr", "") == "verify_mode")
    return unchecked and not any(_requires(program, each) for each in told)


def _requires(program: Outline, value: ast.expr | None) -> bool:
    if value is None:
        return False
    named = value.value if isinstance(value, ast.Constant) else program.names.dotted(value)
    return str(named or source_text(value)).rpartition(".")[2] == "CERT_REQUIRED"


def _is_plain(program: Outline, definition: Definition, node: ast.Call) -> bool:
    """Whether the policy refuses unknown hosts, or is one that analyzers know by its name."""
    given = node.args[0] if node.args else None
    policy = given.func if isinstance(given, ast.Call) else given
    if policy is None:
        return False
    name = (program.names.dotted(policy) or source_text(policy)).rpartition(".")[2]
    is_bound = isinstance(policy, ast.Name) and policy.id in definition.bindings
    return not is_bound and (name in _POLICIES or name == "RejectPolicy")
