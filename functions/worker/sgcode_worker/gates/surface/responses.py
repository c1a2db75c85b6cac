"""What a caller gets: response keys, status codes, redirects and templates."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition
from sgcode_worker.gates.differences import Facts, facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.texts import HOLE, fold, plain

_RENDERERS = frozenset(
    {
        "render_template",
        "render",
        "render_to_response",
        "get_template",
        "TemplateResponse",
        "render_to_string",
    }
)
_REDIRECTS = frozenset(
    {
        "redirect",
        "HttpResponseRedirect",
        "RedirectResponse",
        "HttpResponsePermanentRedirect",
        "url_for",
        "reverse",
    }
)
_ERRORS = frozenset({"abort", "HTTPException", "set_status", "send_error"})
_RESPONSES = frozenset({"make_response", "Response", "HttpResponse", "JsonResponse", "JSONResponse"})
_STATUS_KEYWORDS = frozenset({"status", "status_code", "code"})
_ERROR_KEYS = frozenset(
    {"error", "errors", "message", "msg", "detail", "status", "success", "code", "reason"}
)


def check_responses(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every response key, status, redirect or template that is lost; and new ones of a success."""
    for pair in comparison.pairs:
        before, after = facts(read_answers(pair.before)), facts(read_answers(pair.after))
        for fact in lost(before, after):
            yield Evidence(f"{pair.label} no longer answers with {fact}", pair.line)
        for fact in _new(before, after):
            yield Evidence(f"{pair.label} now answers with {fact}", after.line(fact))


def _new(before: Facts, after: Facts) -> Iterator[str]:
    """New facts that are no error's: a check that refuses bad input may add those."""
    keyed = any(fact.startswith("key ") for fact in before.counts)
    for fact in after.counts.keys() - before.counts.keys():
        kind, _, value = fact.partition(" ")
        success = kind == "status" and re.match("[23]", value) is not None
        if kind == "template" or success or (kind == "key" and keyed and value.strip("'") not in _ERROR_KEYS):
            yield fact


def read_answers(definition: Definition) -> Iterator[tuple[str, int | None]]:
    """What is answered with, in words, each with its line."""
    for node in definition.answers:
        if isinstance(node, ast.Dict):
            for key in node.keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield f"key {key.value!r}", key.lineno
    for answer in definition.returns:
        if isinstance(answer.value, ast.Tuple) and len(answer.value.elts) > 1:
            yield from _status(answer.value.elts[1])
    returned = {node.id for node in definition.answers if isinstance(node, ast.Name)}
    for store in definition.stores:
        target = store.target
        if (
            isinstance(target, ast.Subscript)
            and isinstance(target.value, ast.Name)
            and target.value.id in returned
        ):
            if isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
                yield f"key {target.slice.value!r}", target.lineno
        elif (
            isinstance(target, ast.Attribute)
            and target.attr in {"status_code", "status"}
            and store.value is not None
        ):
            yield from _status(store.value)
    for call in definition.calls:
        yield from _call(call)


def _status(node: ast.expr) -> Iterator[tuple[str, int | None]]:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, int) and 100 <= value < 600:
        yield f"status {value}", node.lineno
    elif isinstance(node, ast.Attribute) and re.match(r"HTTP_\d{3}", node.attr):
        yield f"status {node.attr[5:8]}", node.lineno


def _call(call: Call) -> Iterator[tuple[str, int | None]]:
    node, name = call.node, call.name
    if name in _RENDERERS:
        yield from _template(node, name)
    elif name in _REDIRECTS:
        target = fold(node.args[0]) if node.args else None
        kind = "a link to" if name in {"url_for", "reverse"} else "a redirect"
        yield f"{kind} {plain(target).replace(HOLE, '...')}" if target else kind, node.lineno
    elif name in _ERRORS and node.args:
        yield from _status(node.args[0])
    elif name in _RESPONSES and len(node.args) > 1:
        yield from _status(node.args[1])
    elif name == "jsonify":
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield f"key {keyword.arg!r}", node.lineno
    if name in _RESPONSES or name in _ERRORS or name in _REDIRECTS or name == "jsonify":
        for keyword in node.keywords:
            if keyword.arg in _STATUS_KEYWORDS:
                yield from _status(keyword.value)


def _template(node: ast.Call, name: str) -> Iterator[tuple[str, int | None]]:
    for argument in node.args[:2]:
        template = fold(argument)
        if template is not None:
            yield f"template {plain(template).replace(HOLE, '...')}", node.lineno
    for keyword in node.keywords:
        if keyword.arg is not None and name == "render_template":
            yield f"the template value {keyword.arg!r}", node.lineno
