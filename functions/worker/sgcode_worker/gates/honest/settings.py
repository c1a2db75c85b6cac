"""Settings that analyzers read, such as `shell` and `verify`: worked out, set elsewhere, falsely named."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text

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
        kept = Counter(map(source_text, old.get(name, ())))
        if any(isinstance(each, ast.Constant) for each in old.get(name, ())):
            for value in values:
                text = source_text(value)
                kept[text] -= 1
                chosen = name == "autoescape" and _by_template(comparison, pair, value)
                if not isinstance(value, ast.Constant) and kept[text] < 0 and not chosen:
                    message = f"`{name}` was a plain value in {pair.label} and is now worked out"
                    yield Evidence(message, value.lineno)
    marked = sum(map(_is_false, new.get("usedforsecurity", ())))
    known = sum(map(_is_false, old.get("usedforsecurity", ())))
    if marked > known and not comparison.allows("setting", "usedforsecurity", pair.name):
        yield Evidence(f"a hash in {pair.label} is only declared to be no security matter", pair.line)


def _by_template(comparison: Comparison, pair: Pair, value: ast.expr) -> bool:
    """Whether Jinja2's own choice by the kind of template was declared and is called as it comes."""
    if not isinstance(value, ast.Call) or value.args or value.keywords:
        return False
    names = comparison.candidate.names
    genuine = names.dotted(value.func) == "jinja2.select_autoescape" and not names.bound.intersection(
        {"jinja2", "select_autoescape"}
    )
    return genuine and comparison.allows("setting", "autoescape", pair.name)


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
            if call.name == "select_autoescape" and (call.own or _leaves_html_out(call.node)):
                found.add("templates are chosen so that HTML is not escaped", call.node.lineno)
            if call.key in {"yaml.load", "yaml.load_all"}:
                for fact in _loader(program, call.node):
                    found.add(fact, call.node.lineno)
    return found


def _leaves_html_out(node: ast.Call) -> bool:
    """Whether Jinja2 is not plainly told to escape templates that end in `.html`."""
    enabled = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "enabled_extensions")]
    disabled = [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "disabled_extensions")]
    return any("html" not in _listed(each) for each in enabled) or any(
        "html" in _listed(each) for each in disabled
    )


def _listed(node: ast.expr) -> set[object]:
    elements = node.elts if isinstance(node, (ast.List, ast.Tuple, ast.Set)) else []
    return {each.value for each in elements if isinstance(each, ast.Constant)}


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
        yield f"YAML is loaded with `{key or source_text(loader)}`, which is not a safe loader"
