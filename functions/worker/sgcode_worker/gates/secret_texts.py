"""Secrets that stand in the code: fixed texts under a name that says so."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.texts import fold

_NAME = re.compile(
    r"pas+wo?r?d|pass(?:phrase)?$|pwd|token|secret|api_?key|access_?key|private_?key|credential|auth",
    re.IGNORECASE,
)


def read_secrets(program: Outline) -> dict[tuple[str, str, int], str]:
    """Return every fixed text under a secret's name: (definition, name, how many before) → text."""
    found: dict[tuple[str, str, int], str] = {}
    count: Counter[tuple[str, str]] = Counter()
    for definition in program.definitions.values():
        for name, node in named_values(definition):
            if _NAME.search(name) and isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
                text = fold(node)
                found[definition.name, name, count[definition.name, name]] = text or ""
                count[definition.name, name] += 1
    return found


def returned_secrets(definition: Definition) -> set[str]:
    """Return the fixed texts that what is returned holds, or is compared with, under a secret's name."""
    named = [
        pair
        for node in definition.answers
        for pair in (_compared(node) if isinstance(node, ast.Compare) else _mapped(node))
    ]
    return {
        fold(value) or "" for name, value in named if _NAME.search(name) and isinstance(value, ast.Constant)
    }


def _mapped(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                yield str(key.value), value


def _compared(node: ast.Compare) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node.left, (ast.Name, ast.Attribute)):
        name = node.left.id if isinstance(node.left, ast.Name) else node.left.attr
        yield from ((name, each) for each in node.comparators)


def named_values(definition: Definition) -> Iterator[tuple[str, ast.expr]]:
    """Yield every name that is given, or compared with, a value, and the value."""
    for name, values in definition.bindings.items():
        yield from ((name, value) for value in values if value is not None)
    for call in definition.calls:
        yield from ((keyword.arg, keyword.value) for keyword in call.node.keywords if keyword.arg is not None)
    for test in definition.tests:
        for node in ast.walk(test):
            if isinstance(node, ast.Compare):
                yield from _compared(node)
    for store in definition.stores:
        target, value = store.target, store.value
        if value is not None and isinstance(target, ast.Attribute):
            yield target.attr, value
        elif (
            value is not None and isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
        ):
            yield str(target.slice.value), value
    if isinstance(definition.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        arguments = definition.node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        for argument, default in zip(positional[::-1], arguments.defaults[::-1], strict=False):
            yield argument.arg, default
