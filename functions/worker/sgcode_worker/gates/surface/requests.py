"""What the program reads of a request or of its command line, and where from."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.differences import facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.required import newly_plain
from sgcode_worker.gates.texts import fold

_PLACES = {
    "form": "form", "args": "query", "values": "form or query", "cookies": "cookies", "headers": "headers",
    "files": "files", "json": "json", "get_json": "json", "GET": "query", "POST": "form", "FILES": "files",
    "COOKIES": "cookies", "META": "meta", "query_params": "query", "path_params": "path", "data": "body",
    "get_data": "body", "body": "body", "view_args": "path", "environ": "environ", "matchdict": "path",
    "params": "form or query", "session": "session", "query": "query", "stream": "body", "method": "method",
    "remote_addr": "address", "url": "url", "path": "path",
}  # fmt: skip
_READERS = frozenset({"get", "getlist", "pop", "get_list", "getall", "getone"})
_HANDLER_READERS = frozenset(
    {
        "get_argument",
        "get_arguments",
        "get_cookie",
        "get_secure_cookie",
        "get_query_argument",
        "get_body_argument",
    }
)
_REQUIRED = ", which must be there"
_HARMLESS_NEW = frozenset({"method", "session", "body", "json", "address", "url", "path"})


def check_requests(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every request parameter that is no longer read the same way, or is newly read."""
    for pair in comparison.pairs:
        before, after = facts(read_requests(pair.before)), facts(read_requests(pair.after))
        plain = Counter(fact for call in newly_required(pair) for fact, _ in _call(pair.before, call, ".get"))
        for fact in lost(before, after):
            if after.counts[fact] == 0 and before.counts[fact] > plain[fact]:
                yield Evidence(f"{pair.label} no longer reads {fact}", pair.line)
        said = set(filter(None, map(fold, pair.after.texts)))
        for key in read_items(pair.before):
            if key not in said:
                yield Evidence(f"{pair.label} no longer reads the item {key!r}", pair.line)
        for fact in lost(after, before):
            known = before.counts[fact] or plain[fact.removesuffix(_REQUIRED)]
            if not known and fact.split(" ")[1] not in _HARMLESS_NEW:
                yield Evidence(f"{pair.label} now reads {fact}", after.line(fact))


def newly_required(pair: Pair) -> list[ast.Call]:
    """Return the reads of a request by `get` that are plain items now and failed without these before."""
    return [
        call
        for call in newly_plain(pair)
        if isinstance(call.func, ast.Attribute) and _source(pair.before, call.func.value) is not None
    ]


def read_items(definition: Definition) -> Iterator[str]:
    """The fixed keys under which anything is read: a missing one is an error that callers see."""
    for subscript in definition.subscripts:
        key = subscript.slice.value if isinstance(subscript.slice, ast.Constant) else None
        if isinstance(subscript.ctx, ast.Load) and isinstance(key, str):
            yield key


def read_requests(definition: Definition) -> Iterator[tuple[str, int | None]]:
    """What is read of a request, in words, each with its line."""
    for node in definition.attributes:
        place = _place(definition, node)
        if place is not None and isinstance(node.value, ast.Name):
            yield f"the {place} of the request", node.lineno
    for subscript in definition.subscripts:
        if isinstance(subscript.ctx, ast.Load) and isinstance(subscript.slice, ast.Constant):
            place = _source(definition, subscript.value)
            if place is not None:
                yield f"the {place} parameter {subscript.slice.value!r}{_REQUIRED}", subscript.lineno
    for call in definition.calls:
        yield from _call(definition, call.node, call.key)


def _call(definition: Definition, node: ast.Call, key: str) -> Iterator[tuple[str, int | None]]:
    if not isinstance(node.func, ast.Attribute):
        if key == "input":
            yield "the terminal input", node.lineno
        return
    method = node.func.attr
    if method == "add_argument":
        yield f"the command-line argument {' '.join(source_text(each) for each in node.args)}", node.lineno
    elif method in _HANDLER_READERS and node.args:
        yield f"the handler parameter {source_text(node.args[0])}", node.lineno
    elif method in _READERS and node.args and isinstance(node.args[0], ast.Constant):
        place = _source(definition, node.func.value)
        if place is not None:
            several = "list " if "list" in method or method == "getall" else ""
            default = source_text(node.args[1]) if len(node.args) > 1 else None
            for keyword in node.keywords:
                default = source_text(keyword.value) if keyword.arg == "default" else default
            yield (
                f"the {place} {several}parameter {node.args[0].value!r}"
                + (f" with default {default}" if default not in (None, "None") else ""),
                node.lineno,
            )


def _source(definition: Definition, node: ast.expr) -> str | None:
    """Where a mapping comes from: `request.form`, `request.get_json()`, or a name bound to one."""
    if isinstance(node, ast.Call):
        node = node.func
        if isinstance(node, ast.Attribute) and node.attr in {"loads", "load", "safe_load"}:
            return None
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name) and node.value.id == "sys" and node.attr == "argv":
            return "command line"
        return _place(definition, node)
    if isinstance(node, ast.Name):
        if node.id == "session":
            return "session"
        values = [value for value in definition.bindings.get(node.id, ()) if value is not None]
        if len(values) == 1 and not isinstance(values[0], ast.Name):
            return _source(definition, values[0])
    return None


def _place(definition: Definition, node: ast.Attribute) -> str | None:
    value = node.value
    named = isinstance(value, ast.Name) and value.id in {"request", "req"}
    owned = isinstance(value, ast.Attribute) and value.attr == "request"
    return _PLACES.get(node.attr) if named or owned else None
