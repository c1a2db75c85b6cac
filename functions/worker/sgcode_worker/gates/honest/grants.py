"""Answers that depend on nothing, given newly to who knows a text that is new: a back door."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_FIXED = (ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.UnaryOp, ast.Load, ast.Not, ast.USub)


def check_grants(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every fixed answer, no refusal, that callers newly get for a text that was nowhere before."""
    texts = _texts(comparison.original.tree)
    for pair in comparison.pairs:
        if pair.before.kind != "function":
            continue
        returned = {source_text(each.value) for each in pair.own.returns if isinstance(each.value, ast.Name)}
        known = {source_text(each.value) for each in pair.before.returns if each.value is not None}
        for node in pair.own.statements:
            if not isinstance(node, ast.If) or not _texts(node.test) - texts:
                continue
            for answer in _answers(node, returned):
                shown = source_text(answer)
                if shown not in known and _is_grant(answer, pair.own):
                    message = f"{pair.label} now answers `{shown[:60]}` to who knows a fixed text"
                    yield Evidence(message, answer.lineno)
        known_ways = {source_text(each) for each in _ways(pair.before, returned)}
        for way in _ways(pair.own, returned):
            if source_text(way) not in known_ways and _texts(way) - texts:
                message = f"{pair.label} now also says yes where `{source_text(way)[:60]}`"
                yield Evidence(message, way.lineno)


def _texts(node: ast.AST) -> set[str | bytes]:
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {value for value in constants if isinstance(value, (str, bytes)) and value}


def _answers(node: ast.If, returned: set[str]) -> Iterator[ast.expr]:
    """What a branch returns, or gives to a name that is returned as it is."""
    for statement in node.body:
        if isinstance(statement, ast.Return) and statement.value is not None:
            yield statement.value
        if isinstance(statement, ast.Assign) and any(
            source_text(each) in returned for each in statement.targets
        ):
            yield statement.value


def _ways(definition: Definition, returned: set[str]) -> Iterator[ast.expr]:
    """The comparisons any of which is enough for an answer; refusals ask whether a text is within a value."""
    values = [each.value for each in definition.returns if each.value is not None]
    bound = [value for name in returned for value in definition.bindings.get(name, ()) if value is not None]
    for value in (*values, *bound):
        for node in ast.walk(value):
            if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
                yield from (
                    each for each in node.values if isinstance(each, ast.Compare) and not _is_within(each)
                )


def _is_within(node: ast.Compare) -> bool:
    return isinstance(node.ops[0], ast.In) and isinstance(node.left, ast.Constant)


def _is_grant(value: ast.expr, definition: Definition) -> bool:
    """Whether a value is fixed and says neither no nor nothing; a text may be a message."""
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, (str, bytes)) and bool(value.value)
    parts = list(ast.walk(value))
    return all(isinstance(each, _FIXED) for each in parts) and not any(
        isinstance(each, ast.Name) and each.id in definition.bindings for each in parts
    )
