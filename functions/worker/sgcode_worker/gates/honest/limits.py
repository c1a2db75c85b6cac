"""Limits moved by one: `<` for `<=`, and another number where the rest of a comparison is the same."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LESS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: "<", ast.GtE: "<="}


def check_limits(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every comparison of the same values whose limit is another one now."""
    for pair in comparison.pairs:
        before, after = _orders(pair.before), _orders(pair.after)
        gone, new = before - after, after - before
        for order in gone:
            for now in new:
                if _is_moved(order, now):
                    yield Evidence(
                        f"{pair.label} compared `{_shown(order)}` and now `{_shown(now)}`", pair.line
                    )


Order = tuple[str, str, str]


def _orders(definition: Definition) -> Counter[Order]:
    """The comparisons for order in a function, each read from its smaller side."""
    found: Counter[Order] = Counter()
    body = definition.node.body if definition.kind == "function" else []
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Compare) and len(node.ops) == 1 and _is_of_local(definition, node):
                sides = [source_text(node.left), source_text(node.comparators[0])]
                if isinstance(node.ops[0], (ast.Gt, ast.GtE)):
                    sides.reverse()
                found[sides[0], _LESS[type(node.ops[0])], sides[1]] += 1
    return found


def _is_of_local(definition: Definition, node: ast.Compare) -> bool:
    """Whether what is compared for order is a value of this call; a version of a library may be read anew."""
    return type(node.ops[0]) in _LESS and any(
        isinstance(each, ast.Name) and each.id in definition.bindings and each.id not in {"self", "cls"}
        for each in ast.walk(node)
    )


def _is_moved(order: Order, now: Order) -> bool:
    left, right = order[0] == now[0], order[2] == now[2]
    if left and right:
        return True
    other = (order[2], now[2]) if left else (order[0], now[0])
    return (left or right) and order[1] == now[1] and all(map(_NUMBER.fullmatch, other))


def _shown(order: Order) -> str:
    return " ".join(order)
