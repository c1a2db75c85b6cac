"""What a program newly keeps from one call to the next, and could tell the first calls from later ones by."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison

_MUTATORS = frozenset(
    "append extend add insert update setdefault pop popitem popleft appendleft remove discard clear".split()
)


def check_memory(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every new name of the module that functions change, and what they newly keep on functions."""
    candidate = comparison.candidate
    fresh = candidate.module.bindings.keys() - comparison.original.module.bindings.keys()
    fresh -= candidate.definitions.keys()
    functions = {name for name in candidate.definitions if name and "." not in name}
    for definition in candidate.definitions.values():
        if definition.kind != "function":
            continue
        for name, line in dict(_changed(definition, functions)).items():
            if name in fresh or (name in functions and not _kept(comparison, definition.name, functions)):
                yield Evidence(f"`{name}` newly keeps something from one call to the next", line)


def _kept(comparison: Comparison, name: str, functions: set[str]) -> bool:
    """Whether the original's definition kept something in the same way."""
    before = comparison.original.definitions.get(name)
    return before is not None and any(True for _ in _stored_on(before, functions))


def _changed(definition: Definition, functions: set[str]) -> Iterator[tuple[str, int]]:
    """The names of outer scopes that a function changes, or keeps something on."""
    yield from _stored_on(definition, functions)
    for call in definition.calls:
        owner = call.node.func.value if isinstance(call.node.func, ast.Attribute) else None
        if call.name in _MUTATORS and _is_outer(definition, owner):
            yield owner.id, call.node.lineno
        if call.key == "next" and call.node.args and _is_outer(definition, call.node.args[0]):
            yield call.node.args[0].id, call.node.lineno
    for store in definition.stores:
        if isinstance(store.target, ast.Subscript) and _is_outer(definition, store.target.value):
            yield store.target.value.id, store.target.lineno
    for statement in definition.statements:
        if isinstance(statement, ast.Global):
            yield from ((name, statement.lineno) for name in statement.names)


def _is_outer(definition: Definition, node: ast.expr | None) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and node.id not in definition.bindings


def _stored_on(definition: Definition, functions: set[str]) -> Iterator[tuple[str, int]]:
    for store in definition.stores:
        target = store.target
        if (
            isinstance(target, ast.Attribute)
            and isinstance(target.value, ast.Name)
            and target.value.id in functions
        ):
            yield target.value.id, target.lineno
