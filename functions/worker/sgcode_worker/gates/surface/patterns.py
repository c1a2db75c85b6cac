"""Searches for a pattern: `search`, `findall` and `finditer` find in the same places."""

import ast
from collections.abc import Collection

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.texts import Lookup


def found_otherwise(comparison: Comparison, pair: Pair) -> int:
    """Return how many searches of the original now ask for all finds instead of the first."""
    gone = _count(pair.before, comparison.original, {"search"}) - _count(
        pair.after, comparison.candidate, {"search"}
    )
    several = {"findall", "finditer"}
    new = _count(pair.after, comparison.candidate, several) - _count(
        pair.before, comparison.original, several
    )
    return max(0, min(gone, new))


def _count(definition: Definition, program: Outline, methods: Collection[str]) -> int:
    lookup = lookup_in(definition, program)
    return sum(
        not call.deferred and not call.effect and _searches(call, lookup, methods)
        for call in definition.calls
    )


def _searches(call: Call, lookup: Lookup, methods: Collection[str]) -> bool:
    """Whether a call is one of these functions of `re`, or such a method of a pattern, under a name or not.

    Methods of anything else have the same names: a directory is searched, a tree has `findall`.
    """
    module, _, name = call.key.rpartition(".")
    if module == "re":
        return name in methods
    method = _value(call.node.func, lookup)
    if not isinstance(method, ast.Attribute) or method.attr not in methods:
        return False
    pattern = _value(method.value, lookup)
    return isinstance(pattern, ast.Call) and source_text(pattern.func) == "re.compile"


def _value(node: ast.expr, lookup: Lookup) -> ast.expr | None:
    return lookup(node.id) if isinstance(node, ast.Name) else node
