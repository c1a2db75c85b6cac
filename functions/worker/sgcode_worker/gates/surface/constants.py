"""What others import: module and class constants, `__all__`, and the main guard."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.texts import fold


def check_constants(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every importable name that is gone or holds something else."""
    for pair in comparison.pairs:
        if pair.before.kind != "function":
            yield from _compare(comparison, pair)
    before, after = _guard(comparison.original.module), _guard(comparison.candidate.module)
    if before != after:
        yield Evidence(f"the main guard was {before or 'absent'} and is now {after or 'absent'}")


def _guard(module: Definition) -> str | None:
    for test in module.tests:
        if isinstance(test, ast.Compare) and any(
            isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(test)
        ):
            operands = sorted(source_text(each) for each in (test.left, *test.comparators))
            return f"`{type(test.ops[0]).__name__} {' '.join(operands)}`"
    return None


def _compare(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    imported = {each.alias for each in comparison.candidate.names.imported if each.definition == pair.name}
    for name, values in pair.before.bindings.items():
        if name not in pair.own.bindings:
            if name not in imported:
                yield Evidence(f"`{_qualified(pair, name)}` is gone", pair.line)
            continue
        now = pair.own.bindings[name]
        if comparison.allows("constant", name, pair.name) or all(_declared(comparison, each) for each in now):
            continue
        old_values, new_values = [_value(each) for each in values], [_value(each) for each in now]
        if old_values == new_values:
            continue
        changed = [old for old in old_values if old is not None and old not in new_values]
        fixed = [each for each in new_values if each is not None and each not in old_values]
        if changed or fixed or len(values) != len(now):
            yield Evidence(
                f"`{_qualified(pair, name)}` was {_shown(old_values)} and is now {_shown(new_values)}",
                next((each.lineno for each in now if each is not None), pair.line),
            )


def _declared(comparison: Comparison, value: ast.expr | None) -> bool:
    """Whether a value now comes from an environment variable that an operator declared."""
    if value is None or ("environ" not in ast.dump(value) and "getenv" not in ast.dump(value)):
        return False
    names = {
        node.value
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return any(comparison.allows("environment", name) for name in names)


def _qualified(pair: Pair, name: str) -> str:
    return f"{pair.name}.{name}" if pair.name else name


def _value(node: ast.expr | None) -> str | None:
    """The value of a literal, as text; None for what is computed."""
    if node is None:
        return None
    text = fold(node)
    if text is not None:
        return repr(text)
    if any(isinstance(each, (ast.Name, ast.Call, ast.Attribute, ast.Subscript)) for each in ast.walk(node)):
        return None
    return source_text(node)


def _shown(values: list[str | None]) -> str:
    return ", ".join("computed" if each is None else _secretless(each) for each in values) or "absent"


def _secretless(value: str) -> str:
    """Evidence goes into reports, so a text is shown by its beginning only."""
    return value if len(value) < 8 else f"{value[:4]}..."
