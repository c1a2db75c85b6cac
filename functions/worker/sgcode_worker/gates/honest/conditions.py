"""Conditions: checks dropped, and new ones that can never let the code through."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.reach import UNKNOWN, constant
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.texts import Lookup


def check_conditions(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every condition that is gone, and every new one that is always the same."""
    for pair in comparison.pairs:
        yield from _dropped(pair)
        yield from _settled(comparison, pair)


def _dropped(pair: Pair) -> Iterator[Evidence]:
    before = Counter(map(source_text, pair.before.tests))
    after = Counter(map(source_text, pair.after.tests))
    gone, new = before - after, after - before
    if gone.total() > new.total():
        shown = next(iter(gone))
        yield Evidence(f"a condition of {pair.label} was dropped, such as `{shown[:80]}`", pair.line)
        return
    nodes = {source_text(test): test for test in pair.before.tests}
    known = {source_text(test): test for test in pair.after.tests}
    offered = [_mentions(known[text], pair.after) for text in new]
    for text in gone:
        wanted = _mentions(nodes[text], pair.before)
        if wanted and not any(wanted & each for each in offered):
            yield Evidence(
                f"the condition `{text[:80]}` of {pair.label} was replaced by an unrelated one", pair.line
            )


def _mentions(test: ast.expr, definition: Definition) -> set[str]:
    """The names and fixed values of a condition, and the names behind its local names."""
    found: set[str] = set()
    for node in ast.walk(test):
        if isinstance(node, ast.Name):
            found.add(node.id)
            value = definition.single(node.id)
            if value is not None:
                found.update(each.id for each in ast.walk(value) if isinstance(each, ast.Name))
                found.update(each.attr for each in ast.walk(value) if isinstance(each, ast.Attribute))
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Constant):
            found.add(repr(node.value))
    return found


def _settled(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    known = {source_text(test) for test in pair.before.tests}
    lookup = lookup_in(pair.own, comparison.candidate)
    for test in pair.own.tests:
        if (
            constant(_resolved(test, lookup, comparison.candidate)) is not UNKNOWN
            and source_text(test) not in known
        ):
            yield Evidence(
                f"the new condition `{source_text(test)[:80]}` of {pair.label} is always the same",
                test.lineno,
            )


def _resolved(test: ast.expr, lookup: Lookup, program: Outline) -> ast.expr:
    """The condition with names that are bound once, to a literal, put in."""
    if isinstance(test, ast.Name):
        value = lookup(test.id)
        return value if isinstance(value, ast.Constant) else test
    if isinstance(test, ast.UnaryOp):
        return ast.UnaryOp(test.op, _resolved(test.operand, lookup, program))
    if isinstance(test, ast.BoolOp):
        return ast.BoolOp(test.op, [_resolved(each, lookup, program) for each in test.values])
    if isinstance(test, ast.Compare):
        return ast.Compare(
            _resolved(test.left, lookup, program),
            test.ops,
            [_resolved(each, lookup, program) for each in test.comparators],
        )
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and not test.args:
        helper = program.definitions.get(test.func.id)
        if helper is not None and len(helper.returns) == 1 and len(helper.statements) == 1:
            value = helper.returns[0].value
            return value if isinstance(value, ast.Constant) else test
    return test
