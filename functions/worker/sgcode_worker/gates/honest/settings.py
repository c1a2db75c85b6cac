"""Settings that analyzers read, such as `shell` and `verify`: worked out, set elsewhere, falsely named."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair

_WATCHED = frozenset(
    "shell debug verify autoescape usedforsecurity allow_pickle check_hostname use_reloader".split()
)
_SAFE_LOADERS = frozenset({"SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader"})


def check_settings(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every setting that is newly written so that an analyzer cannot read it."""
    before, after = _hidden(comparison.original), _hidden(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(fact, after.line(fact))
    for pair in comparison.pairs:
        yield from _worked_out(comparison, pair)


def _worked_out(comparison: Comparison, pair: Pair) -> Iterator[Evidence]:
    old, new = _settings(pair.before), _settings(pair.after)
    for name, values in new.items():
        kept = Counter(map(ast.unparse, old.get(name, ())))
        if any(isinstance(each, ast.Constant) for each in old.get(name, ())):
            for value in values:
                text = ast.unparse(value)
                kept[text] -= 1
                if not isinstance(value, ast.Constant) and kept[text] < 0:
                    message = f"`{name}` was a plain value in {pair.label} and is now worked out"
                    yield Evidence(message, value.lineno)
    marked = sum(map(_is_false, new.get("usedforsecurity", ())))
    known = sum(map(_is_false, old.get("usedforsecurity", ())))
    if marked > known and not comparison.declares("call", pair.name):
        yield Evidence(f"a hash in {pair.label} is only declared to be no security matter", pair.line)


def _is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and not node.value


def _settings(definition: Definition) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for call in definition.calls:
        for keyword in call.node.keywords:
            if keyword.arg in _WATCHED:
                found.setdefault(keyword.arg, []).append(keyword.value)
    return found


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for store in definition.stores:
            name = _name(store.target)
            if name in _WATCHED and not _is_false(store.value):
                found.add(f"`{name}` is set apart from the call it is for", store.target.lineno)
        for call in definition.calls:
            if call.key in {"yaml.load", "yaml.load_all"}:
                for fact in _loader(program, call.node):
                    found.add(fact, call.node.lineno)
    return found


def _name(target: ast.expr) -> str:
    if isinstance(target, ast.Attribute):
        return target.attr.lower()
    key = target.slice if isinstance(target, ast.Subscript) else None
    return str(key.value).lower() if isinstance(key, ast.Constant) else ""


def _loader(program: Outline, node: ast.Call) -> Iterator[str]:
    loader = node.args[1] if len(node.args) > 1 else None
    for keyword in node.keywords:
        loader = keyword.value if keyword.arg == "Loader" else loader
    if loader is None:
        return
    key = program.names.dotted(loader)
    local = isinstance(loader, ast.Name) and loader.id in program.names.bound
    if local or (key or "").rpartition(".")[2] not in _SAFE_LOADERS:
        yield f"YAML is loaded with `{key or ast.unparse(loader)}`, which is not a safe loader"
