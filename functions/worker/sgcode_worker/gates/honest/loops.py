"""Loops that newly go over less: a part of what they went over, once, or only up to the first success."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text

_UNTIL = frozenset({"any", "all", "next"})


def check_loops(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every loop that took the place of another one and leaves out some of its rounds."""
    for pair in comparison.pairs:
        yield from _over_a_part(pair)
        yield from _only_once(pair)
        before, after = _stopping(pair.before), _stopping(pair.own)
        if len(after) > len(before):
            yield Evidence(f"{pair.label} now does its work only until the first success", after[-1].lineno)


def _over_a_part(pair: Pair) -> Iterator[Evidence]:
    before, after = (
        {source_text(each.iter): each for each in _fors(half)} for half in (pair.before, pair.own)
    )
    gone = {source_text(each.target) for text, each in before.items() if text not in after}
    for text, loop in after.items():
        if text not in before and source_text(loop.target) in gone and _is_cut(loop.iter):
            yield Evidence(f"a loop of {pair.label} now goes over `{text[:80]}` only", loop.lineno)


def _fors(definition: Definition) -> list[ast.For | ast.AsyncFor]:
    return [each for each in definition.statements if isinstance(each, (ast.For, ast.AsyncFor))]


def _is_cut(iterable: ast.expr) -> bool:
    for node in ast.walk(iterable):
        if isinstance(node, ast.Slice):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            less = any(
                isinstance(each, ast.BinOp) and isinstance(each.op, (ast.Sub, ast.FloorDiv))
                for each in node.args
            )
            if name in {"islice", "takewhile", "filter"} or (name == "range" and less):
                return True
    return False


def _only_once(pair: Pair) -> Iterator[Evidence]:
    """A condition that is asked once and was asked before every round."""
    rounds, known = _tests(pair.before, ast.While), _tests(pair.before, ast.If)
    kept, asked = _tests(pair.own, ast.While), _tests(pair.own, ast.If)
    for text in (rounds.keys() - kept.keys()) & (asked.keys() - known.keys()):
        yield Evidence(f"{pair.label} now does once what it did while `{text[:80]}`", asked[text])


def _tests(definition: Definition, kind: type[ast.While] | type[ast.If]) -> dict[str, int]:
    return {source_text(each.test): each.lineno for each in definition.statements if isinstance(each, kind)}


def _stopping(definition: Definition) -> list[ast.Call]:
    """The calls that go through a generator, in which dangerous work is done, up to a first success."""
    working = {id(each.node) for each in definition.calls if each.family is not None}
    return [
        call.node
        for call in definition.calls
        if call.key in _UNTIL
        for each in call.node.args
        if isinstance(each, ast.GeneratorExp) and any(id(node) in working for node in ast.walk(each))
    ]
