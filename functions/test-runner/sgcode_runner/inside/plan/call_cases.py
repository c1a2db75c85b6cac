"""Calls of the functions and methods that answer no route, the program's tests, and its run as a script."""

import ast
from collections.abc import Iterator
from typing import Any

from sgcode_runner.inside.plan.arguments import arguments_for
from sgcode_runner.inside.plan.reads import Reads, with_hints
from sgcode_runner.inside.plan.routes import Function
from sgcode_runner.inside.plan.texts import dotted
from sgcode_runner.inside.plan.values import benign
from sgcode_runner.inside.plan.web_cases import body_words, reads_of, request_parts

_MAX_FUNCTIONS = 24


def call_cases(
    tree: ast.Module,
    routed: set[Function],
    constants: dict[str, list[str]],
    style: str,
    *,
    hints: dict[str, Reads],
    flask: bool,
) -> Iterator[dict[str, Any]]:
    """Yield calls of one style for the first functions and methods of the module."""
    functions = {node.name: node for node in tree.body if isinstance(node, Function)}
    found = 0
    for name, function in functions.items():
        if function not in routed and found < _MAX_FUNCTIONS:
            found += 1
            reads = with_hints(reads_of(function, functions, constants), hints.get(name))
            asked = flask and any(":" not in place for place in reads.names)
            for case in _case(function, reads, style, name, None):
                yield {**case, "request": request_parts(reads, style)} if asked else case
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        methods = [each for each in node.body if isinstance(each, Function)]
        tests = any("TestCase" in dotted(base) for base in node.bases)
        maker = next((each for each in methods if each.name == "__init__"), None)
        for method in methods:
            found += 1
            if found > _MAX_FUNCTIONS or (method.name.startswith("__") and method.name != "__call__"):
                continue
            if tests:
                if style == "word" and method.name.startswith("test"):
                    yield {"kind": "test", "style": style, "class": node.name, "function": method.name,
                           "title": f"test {node.name}.{method.name}", "words": []}  # fmt: skip
                continue
            own = {each.name: each for each in methods}
            reads = with_hints(reads_of(method, own, constants), hints.get(method.name))
            yield from _case(method, reads, style, method.name, (node.name, maker))


def _case(
    function: Function, reads: Reads, style: str, name: str, owner: tuple[str, Function | None] | None
) -> Iterator[dict[str, Any]]:
    if style == "match" and not reads.compared:
        return
    marks = {dotted(each) for each in function.decorator_list}
    bound = owner is not None and "staticmethod" not in marks
    arguments = arguments_for(function, reads, style, method=bound)
    making: list[dict[str, Any]] | None = []
    if owner and owner[1]:
        making = arguments_for(owner[1], Reads(), "word", method=True)
    if arguments is None or making is None:
        return
    shown = ", ".join(_shown(each) for each in arguments)
    title = f"{owner[0]}.{name}({shown})" if owner else f"{name}({shown})"
    yield {
        "kind": "call",
        "style": style,
        "function": name,
        "class": owner[0] if owner else None,
        "property": "property" in marks,
        "making": making,
        "request": None,
        "arguments": arguments,
        "title": title,
        "words": sorted(word for each in arguments for word in body_words(each["value"])),
    }


def _shown(argument: dict[str, Any]) -> str:
    kind, value = next(iter(argument["value"].items()))
    text = repr(value) if kind in {"text", "number", "bool", "dict", "list"} else f"<{kind}>"
    return f"{argument['name']}={text}" if "name" in argument else text


def script_case(tree: ast.Module, *, serves: bool) -> dict[str, Any] | None:
    """Return the run of the program as a script, or None where it would do the same as its import.

    A program that `serves` may start its server with its import or only as a script.
    """
    guarded = any(isinstance(node, ast.If) and "__main__" in ast.unparse(node.test) for node in tree.body)
    lines = [benign(each) for each in ("name", "id", "value", "name")]
    arguments = [benign("name"), str(7)]
    case = {"kind": "script", "style": "word", "title": "the program run as a script", "arguments": arguments,
            "lines": lines, "words": sorted({*lines, *arguments})}  # fmt: skip
    return case if guarded or serves else None
