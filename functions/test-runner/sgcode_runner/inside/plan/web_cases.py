"""Requests to every route: ordinary words, numbers, what the program compares with, one value missing."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from sgcode_runner.inside.plan.reads import Reader, Reads
from sgcode_runner.inside.plan.routes import Function, Route
from sgcode_runner.inside.plan.texts import dotted
from sgcode_runner.inside.plan.values import benign, is_number, is_typed, number

_ARGUMENT = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
_UUID = "12345678-1234-4234-8234-123456789abc"
_MAX_MISSING = 6
_STYLES = ("word", "match", "number")


def reads_of(function: Function, functions: dict[str, Function], constants: dict[str, list[str]]) -> Reads:
    """Return what a function and the functions that it calls read of a request."""
    reads = Reads()
    seen: dict[str, None] = {}
    waiting = [function]
    while waiting and len(seen) < 12:
        current = waiting.pop()
        seen[current.name] = None
        arguments = current.args
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        reader = Reader(constants, names)
        for statement in current.body:
            reader.visit(statement)
        reads.merge(reader.reads)
        called = {
            dotted(node.func).rsplit(".", 1)[-1] for node in ast.walk(current) if isinstance(node, ast.Call)
        }
        waiting.extend(functions[name] for name in sorted(called) if name in functions and name not in seen)
    return reads


def web_cases(route: Route, reads: Reads, style: str) -> Iterator[dict[str, Any]]:
    """Yield the requests of one style for every method of a route."""
    if style == "match" and not reads.compared:
        return
    for method in route.methods:
        if style != "missing":
            yield _case(route.rule, method, reads, style, None)
            if style == "match":
                for name, texts in list(reads.compared.items())[:4]:
                    for index in range(1, min(len(dict.fromkeys(texts)), 4)):
                        yield _case(route.rule, method, reads, style, None, {name: index})
            continue
        named = [(place, name) for place, names in reads.names.items() for name in names]
        for place, name in named[:_MAX_MISSING]:
            yield _case(route.rule, method, reads, "word", (place, name))


def value_for(name: str, reads: Reads, style: str, index: int = 0) -> str:
    """Return the benign text for a value that the program reads under the name."""
    texts = list(dict.fromkeys(reads.compared.get(name, [])))
    hosts, paths = reads.members.get(f"{name}:host"), reads.members.get(f"{name}:path")
    if hosts or paths:
        return f"https://{(hosts or ['example.com'])[0]}{(paths or [f'/v{name.lower()}'])[0]}"
    members = reads.members.get(name)
    if style == "match" and texts:
        return texts[index % len(texts)]
    if members:
        return members[0 if style == "word" else -1]
    if name in reads.numeric or is_number(name):
        return str(number(name, 1 if style == "number" else 0) + (200 if style == "number" else 0))
    if style == "number" and not is_typed(name) and name not in reads.compared:
        return f"{benign(name)}2"
    return benign(name)


def request_parts(reads: Reads, style: str) -> dict[str, Any]:
    """Return a request for a function that reads one without answering a route."""
    return _case("/", "POST", reads, style, None)


def _case(
    rule: str,
    method: str,
    reads: Reads,
    style: str,
    without: tuple[str, str] | None,
    chosen: dict[str, int] | None = None,
) -> dict[str, Any]:
    def texts(place: str) -> dict[str, str]:
        names = reads.names.get(place, {})
        return {
            name: document_or_value(name, reads, style, (chosen or {}).get(name, 0), without)
            for name in names
            if (place, name) != without
        }

    case: dict[str, Any] = {
        "kind": "request",
        "style": "missing" if without else style,
        "method": method,
        "path": _path(rule, style),
        "query": texts("query"),
        "form": texts("form"),
        "headers": texts("headers"),
        "cookies": texts("cookies"),
        "session": texts("session"),
        "files": list(texts("files")),
        "body": None,
    }
    listed = _listed(texts("json"), reads)
    body = {**_document("", reads, style, without), **listed} if reads.raw or not listed else listed
    if "json" in reads.names or (reads.raw and not case["form"] and not case["files"]):
        case["body"] = json.dumps(body)
    if method == "GET":
        # A value may be looked for in the query or the form; a GET has only one of them.
        case["query"] = {**case["form"], **case["query"]}
        case["form"] = {}
    case["title"] = f"{method} {case['path']}" + (f" without {without[1]}" if without else "")
    arguments = {_argument(match, style) for match in _ARGUMENT.finditer(rule)}
    case["words"] = sorted({*_flat(case), *body_words(body), *arguments})
    return case


def document_or_value(
    name: str, reads: Reads, style: str, index: int = 0, without: tuple[str, str] | None = None
) -> str:
    """Return the text for a name: a document where the program parses it, else a plain value."""
    if name in reads.documents:
        return json.dumps(_document(name, reads, style, without))
    return value_for(name, reads, style, index)


def _document(name: str, reads: Reads, style: str, without: tuple[str, str] | None) -> dict[str, Any]:
    place = f"document:{name}"
    names = reads.names.get(place)
    if names is None and not name:
        # A function that is handed the document reads it under a name of its own.
        names = {
            key: None for each in reads.names if each.startswith("document:") for key in reads.names[each]
        }
    texts = {key: value_for(key, reads, style) for key in names or {} if (place, key) != without}
    return _listed(texts, reads) or {"name": benign("name"), "id": number("id")}


def _listed(texts: dict[str, str], reads: Reads) -> dict[str, Any]:
    """Numbers and lists as a JSON body has them."""
    shaped: dict[str, Any] = {}
    for name, text in texts.items():
        whole = re.fullmatch(r"[1-9]\d{0,8}", text) and (name in reads.numeric or is_number(name))
        shaped[name] = [text, f"{text}2"] if name in reads.lists else int(text) if whole else text
    return shaped


def numbers_in(rule: str) -> list[str]:
    """Return the names of a rule's arguments that are numbers."""
    return [name for kind, name in _ARGUMENT.findall(rule) if kind == "int" or is_number(name)]


def _path(rule: str, style: str) -> str:
    return _ARGUMENT.sub(lambda match: _argument(match, style), rule)


def _argument(match: re.Match[str], style: str) -> str:
    kind, name = match[1] or "string", match[2]
    if kind in {"int", "float"}:
        value = number(name, 1 if style == "number" else 0)
        return str(value) if kind == "int" else f"{value}.5"
    if kind == "uuid":
        return _UUID
    return value_for(name, Reads(), style) if not is_typed(name) else benign(name).lstrip("/")


def _flat(case: dict[str, Any]) -> set[str]:
    found = {each for place in ("query", "form", "headers", "cookies") for each in case[place].values()}
    return {each for each in found if each}


def body_words(body: Any) -> set[str]:
    """Return the texts anywhere in a body."""
    if isinstance(body, dict):
        return {word for each in body.values() for word in body_words(each)}
    if isinstance(body, list):
        return {word for each in body for word in body_words(each)}
    return {str(body)}
