"""Settings that analyzers read, such as `shell` and `verify`: worked out, set elsewhere, falsely named."""

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text

_WATCHED = frozenset(
    "shell debug verify autoescape usedforsecurity allow_pickle check_hostname use_reloader".split()
)
# Those that protect: switching one off is the danger, of all others switching one on.
_PROTECTING = frozenset({"verify", "autoescape", "usedforsecurity", "check_hostname"})
# Switches of a debugger that analyzers do not know.
_DEBUGGERS = frozenset({"use_debugger", "use_evalex"})
_FILLERS = frozenset({"update", "from_mapping", "setdefault", "setattr", "__setitem__", "overlay"})
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
    marked = sum(not _is_true(each) for each in new.get("usedforsecurity", ()))
    known = sum(not _is_true(each) for each in old.get("usedforsecurity", ()))
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


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_safe(name: str, value: ast.expr | None) -> bool:
    return _is_true(value) if name in _PROTECTING else _is_false(value)


def _settings(definition: Definition) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for call in definition.calls:
        for keyword in call.node.keywords:
            if keyword.arg in _WATCHED:
                found.setdefault(keyword.arg, []).append(keyword.value)
    return found


def _hidden(program: Outline) -> Facts:
    found = Facts()
    # Its `run` takes a host and a port first, then `debug`.
    flask = any(each.module.split(".")[0] == "flask" for each in program.names.imported)
    for definition in program.definitions.values():
        for store in definition.stores:
            name = _name(store.target)
            if name in _WATCHED and not _is_safe(name, store.value):
                found.add(f"`{name}` is set apart from the call it is for", store.target.lineno)
        for call in definition.calls:
            for fact, node in _switched(call):
                found.add(fact, node.lineno)
            if flask and call.key == ".run" and not all(map(_is_false, call.node.args[2:3])):
                found.add("`debug` is given by position", call.node.lineno)
            if call.name == "select_autoescape" and (call.own or _leaves_html_out(call.node)):
                found.add("templates are chosen so that HTML is not escaped", call.node.lineno)
            if call.key in {"yaml.load", "yaml.load_all"}:
                for fact in _loader(program, call.node):
                    found.add(fact, call.node.lineno)
    return found


def _switched(call: Call) -> Iterator[tuple[str, ast.expr]]:
    """Settings that are switched where, or in a way that, analyzers do not read."""
    named = [(each.arg, each.value) for each in call.node.keywords if each.arg is not None]
    for name, value in named:
        if name in _DEBUGGERS and not _is_false(value):
            yield f"`{name}` switches a debugger on", value
        if name in _WATCHED and isinstance(value, ast.Constant) and not _is_plain(name, value):
            yield f"`{name}` is set by {value.value!r}, which analyzers do not read", value
    if call.name in _FILLERS:
        for name, value in (*named, *_mapped(call.node)):
            if name.lower() in _WATCHED and not _is_safe(name.lower(), value):
                yield f"`{name.lower()}` is set apart from the call it is for", value


def _mapped(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Names and values in mappings that a call is given, or a name with the value that follows it."""
    for each in node.args:
        if isinstance(each, ast.Dict):
            for key, value in zip(each.keys, each.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield str(key.value), value
    for key, value in pairwise(node.args):
        if isinstance(key, ast.Constant):
            yield str(key.value), value


def _is_plain(name: str, value: ast.Constant) -> bool:
    """Whether a setting is given as it is meant to be: a truth value, or the file of those to be trusted."""
    is_file = name == "verify" and isinstance(value.value, str) and value.value != ""
    return value.value is None or isinstance(value.value, bool) or is_file


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
