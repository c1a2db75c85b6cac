"""Values: computed before and fixed now, read before and unused now, used but never bound."""

import ast
import builtins
import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.returns import is_fixed
from sgcode_worker.gates.surface.sql import is_query
from sgcode_worker.gates.texts import HOLE, fold, plain

_SHAPING = frozenset({"format", "join", "str", "quote"})
_ALWAYS = frozenset(dir(builtins)) | {
    "__file__",
    "__name__",
    "__doc__",
    "__class__",
    "__path__",
    "__package__",
    "__spec__",
}


def check_values(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every name whose value was computed or used, and is not any more."""
    for pair in comparison.pairs:
        if pair.before.kind == "function":
            yield from _fixed(comparison, pair)
            yield from _unused(pair)
            yield from _fewer(pair)
        yield from _unbound(comparison, pair)
    yield from _undefined(comparison)


def _fixed(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    for name, values in pair.before.bindings.items():
        now = pair.own.bindings.get(name)
        if not now or not pair.own.loads[name] or _literal(pair.before, values):
            continue
        if any(value is None for value in now) or not _literal(pair.own, now) or _template(values, now):
            continue
        line = next((value.lineno for value in now if value is not None), pair.line)
        yield Evidence(f"`{name}` was computed in {pair.label} and is now a fixed value", line)


def _template(values: list[ast.expr | None], now: list[ast.expr | None]) -> bool:
    """Whether a text that was filled in is now a template, its values handed over apart."""
    filled = any(value is not None and HOLE in (fold(value) or "") for value in values)
    texts = [fold(value) or "" for value in now if value is not None]
    return filled and all(is_query(text) or HOLE in plain(text) for text in texts)


def _literal(definition: Definition, values: list[ast.expr | None]) -> bool:
    return all(value is not None and _settled(definition, value) for value in values)


def _settled(definition: Definition, value: ast.expr) -> bool:
    """Whether a value is fixed and stays so: a list or mapping may be filled after it was bound."""
    return is_fixed(definition, value) and not (
        isinstance(value, (ast.List, ast.Dict, ast.Set)) and _filled_later(definition)
    )


def _filled_later(definition: Definition) -> bool:
    return any(isinstance(each.target, ast.Subscript) for each in definition.stores) or any(
        call.effect and call.name in {"append", "extend", "update", "add", "insert", "setdefault"}
        for call in definition.calls
    )


def _unused(pair: Pair) -> Iterator[Evidence]:
    inner = _closed_over(pair.own)
    for name in pair.own.bindings:
        used = pair.before.loads[name] and name in pair.before.bindings
        gone = used and not pair.after.loads[name] and name not in inner
        if gone and not (_taken_apart(pair.own, name) or _said_in_query(pair, name)):
            yield Evidence(f"the value of `{name}` in {pair.label} is no longer used", pair.line)


def _said_in_query(pair: Pair, name: str) -> bool:
    """Whether the fixed text that the name stands for is now written in a query itself."""
    values = pair.own.bindings[name]
    text = fold(values[0]) if len(values) == 1 and isinstance(values[0], ast.Constant) else None
    queries = [said for node in pair.own.texts if is_query(said := fold(node) or "")]
    return bool(text) and any(re.search(rf"(?<![^\W_]){re.escape(text)}(?![^\W_])", said) for said in queries)


def _fewer(pair: Pair) -> Iterator[Evidence]:
    """A name that is still used and bound less often; a text may be put together in fewer steps."""
    for name, values in pair.before.bindings.items():
        now = pair.own.bindings.get(name)
        fewer = now is not None and pair.own.loads[name] > 0 and len(now) < len(values)
        if not now or not fewer or _templates(values) or any(isinstance(each, ast.List) for each in now):
            continue
        if _steps(name, now) + _mapped(pair, name) < _steps(name, values) - _unquoted(pair, name):
            yield Evidence(f"`{name}` in {pair.label} is given a value less often", pair.line)


def _mapped(pair: Pair, name: str) -> int:
    """How many steps of putting a text together are items of a mapping under the same name now."""
    texts = all(each is None or fold(each) is not None for each in pair.before.bindings[name])
    mapping = any(isinstance(each, ast.Dict) for each in pair.own.bindings[name])
    return _fillings(pair.own, name) - _fillings(pair.before, name) if texts and mapping else 0


def _fillings(definition: Definition, name: str) -> int:
    stored = [each.target.value for each in definition.stores if isinstance(each.target, ast.Subscript)]
    called = [
        call.node.func.value
        for call in definition.calls
        if call.name == "update" and isinstance(call.node.func, ast.Attribute)
    ]
    return sum(isinstance(each, ast.Name) and each.id == name for each in (*stored, *called))


def _templates(values: list[ast.expr | None]) -> bool:
    """Whether a query is put together under the name: that takes fewer steps once values are apart."""
    return any(value is not None and is_query(fold(value) or "") for value in values)


def _steps(name: str, values: list[ast.expr | None]) -> int:
    """How often the name gets something other than a new text."""
    return sum(value is None or not fold(value) or _mentions(value, name) for value in values)


def _unquoted(pair: Pair, name: str) -> int:
    """How often the name got quotes around what it is, which a value that only a query uses needs no more."""
    used = sum(
        isinstance(node, ast.Name) and node.id == name
        for call in pair.own.calls
        if call.family is not None and call.family.name == "sql"
        for argument in (*call.node.args, *(keyword.value for keyword in call.node.keywords))
        for node in ast.walk(argument)
    )
    return (
        sum(_is_quoting(value, name) for value in pair.before.bindings[name])
        if used == pair.own.loads[name]
        else 0
    )


def _is_quoting(value: ast.expr | None, name: str) -> bool:
    if value is None or fold(value) not in (f"'{HOLE}'", f'"{HOLE}"'):
        return False
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)} == {name}


def _mentions(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))


def _taken_apart(definition: Definition, name: str) -> bool:
    """Whether what the unused value was put together from is used by itself now."""
    parts: Counter[str] = Counter()
    for value in definition.bindings[name]:
        if value is None:
            return False
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and source_text(node.func).rpartition(".")[2] not in _SHAPING:
                return False
            if isinstance(node, ast.Name):
                parts[node.id] += 1
    own = definition.bindings
    return bool(parts) and all(
        part in own and definition.loads[part] > count for part, count in parts.items()
    )


def _closed_over(definition: Definition) -> set[str]:
    """The names that nested functions use."""
    return {
        node.id
        for inner in getattr(definition.node, "body", ())
        for outer in ast.walk(inner)
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        for node in ast.walk(outer)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _unbound(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    """A name that the definition bound itself, still uses, and binds no more."""
    elsewhere = comparison.candidate.module.bindings.keys() | comparison.candidate.names.targets.keys()
    for name in pair.before.bindings:
        if not pair.own.loads[name] or name in pair.own.bindings or name in elsewhere:
            continue
        if not _enclosing_binds(comparison.candidate, pair.name, name):
            yield Evidence(f"{pair.label} uses `{name}` and nothing gives it a value any more", pair.line)


def _enclosing_binds(program: Outline, definition: str, name: str) -> bool:
    while "." in definition:
        definition = definition.rpartition(".")[0]
        enclosing = program.definitions.get(definition)
        if enclosing is not None and name in enclosing.bindings:
            return True
    return False


def _undefined(comparison: Comparison) -> Iterator[Evidence]:
    """New names that nothing binds, where the original bound all of its own."""
    if undefined(comparison.original):
        return
    for name, definition in undefined(comparison.candidate).items():
        where = f"`{definition}`" if definition else "the module"
        yield Evidence(f"`{name}` is used in {where} and nothing defines it")


def undefined(program: Outline) -> dict[str, str]:
    """Return the names that the program loads and never binds, each with the first definition that does."""
    if any(each.name == "*" for each in program.names.imported):
        return {"*": ""}
    bound = program.names.bound | program.names.targets.keys() | _ALWAYS
    found: dict[str, str] = {}
    for definition in program.definitions.values():
        for name in definition.loads:
            if name not in bound:
                found.setdefault(name, definition.name)
    return found
