"""Returns: how many give a value, and the fixed values that they give."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_BINDINGS = 16


def check_returns(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every definition that returns or yields less than before."""
    for pair in comparison.pairs:
        if pair.before.kind != "function":
            continue
        before, after = _count(pair.before), _count(pair.own)
        reached = _count(pair.after)
        if before["computed"] > min(reached["computed"], max(after["computed"], after["value"])):
            yield Evidence(
                f"{pair.label} computed what it returns in {before['computed']} places "
                f"and now in {after['computed']}",
                pair.line,
            )
        elif before["value"] > reached["value"]:
            yield Evidence(
                f"{pair.label} returned in {before['value']} places and now in {after['value']}", pair.line
            )
        if before["bare"] > reached["bare"] + max(0, reached["value"] - before["value"]):
            yield Evidence(f"{pair.label} no longer ends early where it did", pair.line)
        for value in _fixed(pair.before) - _fixed(pair.after):
            yield Evidence(f"{pair.label} no longer returns {value}", pair.line)
        if pair.before.yields > pair.after.yields:
            yield Evidence(f"{pair.label} yields less often", pair.line)


def _count(definition: Definition) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in definition.returns:
        if each.value is None:
            found["bare"] += 1
            continue
        found["value"] += 1
        found["computed"] += not is_fixed(definition, each.value)
    return found


def is_fixed(definition: Definition, node: ast.expr, depth: int = 2) -> bool:
    """Whether the value is the same on every call: literals, or a name that is only bound to such."""
    if isinstance(node, ast.Name) and depth:
        values = definition.bindings.get(node.id, ())
        return 0 < len(values) < _BINDINGS and all(
            value is not None and not _grows(value) and is_fixed(definition, value, depth - 1)
            for value in values
        )
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return all(is_fixed(definition, each, depth) for each in node.elts)
    if isinstance(node, ast.Dict):
        keys = [key for key in node.keys if key is not None]
        return all(is_fixed(definition, each, depth) for each in [*keys, *node.values])
    if isinstance(node, ast.JoinedStr):
        return not any(isinstance(each, ast.FormattedValue) for each in node.values)
    if isinstance(node, ast.UnaryOp):
        return is_fixed(definition, node.operand, depth)
    if isinstance(node, ast.BinOp):
        return is_fixed(definition, node.left, depth) and is_fixed(definition, node.right, depth)
    return isinstance(node, ast.Constant)


def _grows(value: ast.expr) -> bool:
    """A list, set or mapping bound to a name is filled later more often than not."""
    return isinstance(value, (ast.List, ast.Set, ast.Dict))


def _fixed(definition: Definition) -> Counter[str]:
    return Counter(
        source_text(each.value)
        for each in definition.returns
        if isinstance(each.value, ast.Constant) and not isinstance(each.value.value, str)
    )
