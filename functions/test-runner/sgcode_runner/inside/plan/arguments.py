"""Benign arguments for a function, told by its parameters' names, annotations, defaults and uses."""

import ast
from typing import Any

from sgcode_runner.inside.plan.reads import Reads
from sgcode_runner.inside.plan.routes import Function
from sgcode_runner.inside.plan.texts import dotted
from sgcode_runner.inside.plan.values import benign, is_number, number, words_of
from sgcode_runner.inside.plan.web_cases import document_or_value, value_for

Spec = dict[str, Any]
_METHODS = {
    "text": frozenset(
        "encode split strip lower upper startswith endswith replace format isdigit join".split()
    ),
    "bytes": frozenset({"decode", "hex"}),
    "dict": frozenset("get items keys values update setdefault pop".split()),
    "list": frozenset({"append", "extend", "sort", "insert"}),
    "cursor": frozenset("execute executemany fetchone fetchall".split()),
    "connection": frozenset("cursor commit rollback".split()),
    "file": frozenset("readline readlines seek".split()),
}
_NAMES = {
    "cursor": "cursor cur c".split(),
    "connection": "conn connection db con cnx database".split(),
}
_ANNOTATIONS = {
    "str": "text",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "bytes": "bytes",
    "dict": "dict",
    "Dict": "dict",
    "list": "list",
    "List": "list",
    "Path": "path",
}


def arguments_for(function: Function, reads: Reads, style: str, *, method: bool) -> list[Spec] | None:
    """Return what to call a function with, or None for what can't be called with anything benign."""
    positional = [*function.args.posonlyargs, *function.args.args]
    if method and positional:
        positional = positional[1:]
    required = len(positional) - len(function.args.defaults)
    keyword = [
        each
        for each, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        if default is None
    ]
    if len(positional) + len(keyword) > 12:
        return None
    specs: list[Spec] = []
    for index, parameter in enumerate(positional):
        # An optional parameter keeps its default unless it is the program's business what comes in.
        if index >= required and style == "word":
            break
        default = function.args.defaults[index - required] if index >= required else None
        specs.append({"value": _spec(parameter, default, function, reads, style)})
    specs += [{"name": each.arg, "value": _spec(each, None, function, reads, style)} for each in keyword]
    return specs


def _spec(parameter: ast.arg, default: ast.expr | None, function: Function, reads: Reads, style: str) -> Spec:
    kind = _kind(parameter, default, function, reads)
    name = parameter.arg
    if kind == "text":
        text = value_for(name, reads, style)
        return {"text": f"https://{text}/" if _wants_address(name, text) else text}
    if kind == "int":
        return {"number": int(n) if (n := value_for(name, reads, style)).isdigit() else number(name)}
    if kind == "float":
        return {"number": number(name) + 0.5}
    if kind == "bool":
        return {"bool": style != "number"}
    if kind == "bytes":
        return {"bytes": benign(name)}
    if kind in {"dict", "list"}:
        keys = [key for place, names in reads.names.items() if place == f"document:{name}" for key in names]
        values = {key: document_or_value(key, reads, style) for key in keys or ["name", "id"]}
        return {"dict": values} if kind == "dict" else {"list": [benign(name), benign(name) + "2"]}
    return {kind: name}


def _wants_address(name: str, text: str) -> bool:
    """Whether a list of hosts was found for a parameter that takes an address."""
    last = (words_of(name) or [""])[-1]
    return last in {"url", "uri", "link", "address"} and "." in text and "/" not in text and "@" not in text


def _kind(parameter: ast.arg, default: ast.expr | None, function: Function, reads: Reads) -> str:
    name = parameter.arg
    if parameter.annotation is not None:
        base = dotted(parameter.annotation).rsplit(".", 1)[-1]
        if isinstance(parameter.annotation, ast.Subscript):
            base = dotted(parameter.annotation.value).rsplit(".", 1)[-1]
        if base in _ANNOTATIONS:
            return _ANNOTATIONS[base]
    if isinstance(default, ast.Constant) and default.value is not None:
        by_type = {bool: "bool", int: "int", float: "float", bytes: "bytes", str: "text"}
        return by_type.get(type(default.value), "text")
    if name in {"self", "cls", "request", "req", "ctx", "context", "response", "update", "bot"}:
        return "object"
    used = _used(name, function)
    for kind, names in _METHODS.items():
        if used & names:
            return kind
    if used and not used & _METHODS["text"]:
        return "object"
    last = name.lower().rsplit("_", 1)[-1]
    for kind, given in _NAMES.items():
        if last in given:
            return kind
    if f"document:{name}" in reads.names:
        return "dict"
    if name in reads.lists and name not in reads.compared:
        return "list"
    if _has_places(name, function):
        return "list"
    counts = name in reads.integers or (is_number(name) and _calculated(name, function))
    return "int" if counts else "text"


def _used(name: str, function: Function) -> set[str]:
    """Return the attributes that the function takes of the parameter."""
    return {
        node.attr
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


def _has_places(name: str, function: Function) -> bool:
    """Whether the function takes items of the parameter by their places."""
    return any(
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, int)
        for node in ast.walk(function)
    )


def _calculated(name: str, function: Function) -> bool:
    for node in ast.walk(function):
        sides: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and not isinstance(node.op, (ast.Add, ast.Mod)):
            sides = [node.left, node.right]
        elif isinstance(node, ast.Compare) and not isinstance(node.ops[0], (ast.Eq, ast.In)):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and dotted(node.func) == "range":
            sides = list(node.args)
        if any(isinstance(side, ast.Name) and side.id == name for side in sides):
            return True
    return False
