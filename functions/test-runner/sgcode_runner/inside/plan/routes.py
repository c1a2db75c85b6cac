"""The routes of a Flask program, read from its text."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from sgcode_runner.inside.plan.texts import constant_text, dotted

_SHORT = frozenset("get post put delete patch".split())
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Route(NamedTuple):
    """One rule with its methods and the function that answers."""

    rule: str
    methods: list[str]
    function: Function


def routes_of(tree: ast.Module) -> list[Route]:
    """Return the routes in the order of the text. A function keeps its route when its name is reused."""
    prefixes = _prefixes(tree)
    found: list[Route] = []
    all_functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    functions = {node.name: node for node in all_functions}
    for function in sorted(all_functions, key=lambda node: node.lineno):
        for decorator in function.decorator_list:
            found.extend(_routes(decorator, function, prefixes))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith(".add_url_rule"):
            view = next((each.value for each in node.keywords if each.arg == "view_func"), None)
            view = view or (node.args[2] if len(node.args) > 2 else None)
            target = functions.get(dotted(view)) if view is not None else None
            if target is not None:
                found.extend(_routes(node, target, prefixes, name="route"))
    return found


def _routes(
    node: ast.expr, function: Function, prefixes: dict[str, str], name: str | None = None
) -> Iterator[Route]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    kind = name or node.func.attr
    rule = constant_text(node.args[0]) if node.args else None
    if rule is None:
        rule = next((constant_text(each.value) for each in node.keywords if each.arg == "rule"), None)
    if rule is None or not rule.startswith("/") or kind not in {"route", *_SHORT}:
        return
    methods = [kind.upper()] if kind in _SHORT else ["GET"]
    for keyword in node.keywords:
        if keyword.arg == "methods" and isinstance(keyword.value, (ast.List, ast.Tuple, ast.Set)):
            methods = [text.upper() for each in keyword.value.elts if (text := constant_text(each))]
    yield Route(prefixes.get(dotted(node.func.value), "") + rule, methods or ["GET"], function)


def _prefixes(tree: ast.Module) -> dict[str, str]:
    """Return the prefix under which each blueprint's rules are found."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        call = node.value if isinstance(node, ast.Assign) else node
        if not isinstance(call, ast.Call):
            continue
        prefix = next((constant_text(each.value) for each in call.keywords if each.arg == "url_prefix"), None)
        if prefix is None:
            continue
        if isinstance(node, ast.Assign) and dotted(call.func).endswith("Blueprint"):
            found.update({dotted(target): prefix for target in node.targets})
        elif dotted(call.func).endswith("register_blueprint") and call.args:
            found[dotted(call.args[0])] = prefix
    return found
