"""Values of a command or a query: which of them stands before which."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.texts import Lookup, fold

# By family: what holds values, and how many arguments of its calls may do so.
_PLACES = {"process": ("command", 1), "sql": ("query", 2)}
_NUMBERED = re.compile(r"\{\d")
_DEPTH = 8


def check_value_order(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every command and every query whose values have changed places."""
    for pair in comparison.pairs:
        for family, (what, most) in _PLACES.items():
            before = _values(pair.before, comparison.original, family, most)
            after = _values(pair.own, comparison.candidate, family, most)
            if before and after and before != after and sorted(before) == sorted(after):
                order = f"were {', '.join(before)} and are now {', '.join(after)}"
                yield Evidence(f"the values of a {what} in {pair.label} {order}", pair.line)


def _values(definition: Definition, program: Outline, family: str, most: int) -> list[str]:
    """The local names in the only call of a family, in order; none where it is not the only one."""
    calls = [each.node for each in definition.calls if each.family is not None and each.family.name == family]
    if len(calls) != 1 or any(isinstance(each, ast.Dict) for each in calls[0].args[:most]):
        return []
    lookup = lookup_in(definition, program)
    found = [[*_names(each, definition, lookup, _DEPTH)] for each in calls[0].args[:most]]
    holding = [each for each in found if each]
    # Of values in the text and others behind it, nothing tells here which of them stands first.
    return holding[0] if len(holding) == 1 else []


def _has_own_order(node: ast.Call) -> bool:
    """Whether the values of a call go where a name or a number says, as in `{1} {0}`."""
    template = fold(node.func.value) if isinstance(node.func, ast.Attribute) else None
    return bool(node.keywords) or _NUMBERED.search(template or "") is not None


def _names(node: ast.AST, definition: Definition, lookup: Lookup, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(node, ast.Name):
        value = lookup(node.id) if node.id in definition.bindings else None
        if isinstance(value, (ast.BinOp, ast.JoinedStr, ast.Call, ast.List, ast.Tuple)):
            yield from _names(value, definition, lookup, depth - 1)
        elif node.id in definition.bindings and not isinstance(value, ast.Constant):
            yield node.id
        return
    if isinstance(node, ast.Subscript):
        # What chooses among fixed texts is no value of theirs.
        yield from _names(node.value, definition, lookup, depth - 1)
        return
    if isinstance(node, ast.Dict) or (isinstance(node, ast.Call) and _has_own_order(node)):
        return
    for child in ast.iter_child_nodes(node):
        yield from _names(child, definition, lookup, depth)
