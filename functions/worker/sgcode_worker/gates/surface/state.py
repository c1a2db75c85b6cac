"""State that outlives a call: attributes and items written, names deleted or shared with an outer scope."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.differences import facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_WRITERS = frozenset({"setattr", "__setitem__", "update", "setdefault"})


def check_state(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every write that is gone."""
    for pair in comparison.pairs:
        before, after = facts(_writes(pair.before)), facts(_writes(pair.after))
        writers = sum(call.name in _WRITERS for call in pair.after.calls)
        writers -= sum(call.name in _WRITERS for call in pair.before.calls)
        for fact in lost(before, after):
            if writers > 0:
                continue
            yield Evidence(f"{pair.label} no longer {fact}", pair.line)


def _writes(definition: Definition) -> Iterator[tuple[str, int | None]]:
    for store in definition.stores:
        verb = (
            "deletes"
            if store.value is None and isinstance(getattr(store.target, "ctx", None), ast.Del)
            else "sets"
        )
        yield f"{verb} {_path(store.target)}", store.target.lineno
    shared = {  # A name may be declared more than once, which means no more than once.
        name: statement.lineno
        for statement in definition.statements
        if isinstance(statement, (ast.Global, ast.Nonlocal))
        for name in statement.names
    }
    for name, line in shared.items():
        yield f"shares `{name}` with an outer scope", line
        for _ in definition.bindings.get(name, ()):
            yield f"sets `{name}` of an outer scope", line


def _path(target: ast.expr) -> str:
    if isinstance(target, ast.Attribute):
        return f"`.{target.attr}`"
    if isinstance(target, ast.Subscript):
        return f"item {target.slice.value!r}" if isinstance(target.slice, ast.Constant) else "an item"
    return f"`{source_text(target)}`"
