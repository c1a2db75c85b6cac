"""Exceptions raised and exceptions caught."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.differences import facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text


def check_exceptions(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every exception that is no longer raised or no longer caught; checks may raise new ones."""
    for pair in comparison.pairs:
        before = facts(_facts(pair.before, comparison.original.names))
        after = facts(_facts(pair.after, comparison.candidate.names))
        for fact in lost(before, after):
            name = fact.rpartition(" ")[2]
            if not comparison.allows("exception", name, pair.name):
                yield Evidence(f"{pair.label} no longer {fact}", pair.line)


def _facts(definition: Definition, names: Names) -> Iterator[tuple[str, int | None]]:
    for each in definition.raises:
        raised = each.exc.func if isinstance(each.exc, ast.Call) else each.exc
        yield f"raises {_name(raised, names) if raised is not None else 'again what it caught'}", each.lineno
    for handler in definition.handlers:
        for caught in caught_names(handler, names):
            yield f"catches {caught}", handler.lineno


def caught_names(handler: ast.ExceptHandler, names: Names) -> list[str]:
    """Return the names of the exceptions that a handler catches; a bare one catches `BaseException`."""
    if handler.type is None:
        return ["BaseException"]
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return [_name(each, names) for each in types]


def _name(node: ast.expr, names: Names) -> str:
    """The last part of a name: `web.HTTPForbidden` and an imported `HTTPForbidden` are one exception."""
    return (names.dotted(node) or source_text(node)).rpartition(".")[2]
