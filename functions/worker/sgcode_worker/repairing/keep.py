"""What must stay in a part, read by what the gates read it with: a model is told what it is judged by."""

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from sgcode_worker.gates.definition import Call, Definition, Outline, Store
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.commands import lookup_in, read_commands
from sgcode_worker.gates.surface.environment import read_variables
from sgcode_worker.gates.surface.files import file_names, opened_files
from sgcode_worker.gates.surface.requests import read_items, read_requests
from sgcode_worker.gates.surface.responses import read_answers
from sgcode_worker.gates.surface.routes import read_routes
from sgcode_worker.gates.surface.sql import is_query
from sgcode_worker.gates.texts import HOLE, fold, plain
from sgcode_worker.repairing.parts import Part

_MOST = 20
_LONGEST = 200


def keep_list(program: Outline, part: Part) -> dict[str, Any]:
    """Return the KeepList document of a part."""
    lines = range(part.line, part.end_line + 1)
    inside = [cut for each in program.definitions.values() if (cut := _within(each, lines)) is not None]
    routes = read_routes(program)
    return {
        "signature": _shown(_signature(part.nodes[0])),
        "routes": _listed(route for route in routes.counts if routes.line(route) in lines),
        "names": _listed(_names(program, part, inside, lines)),
        "queries": _listed(_queries(inside)),
        "commands": _listed(
            " ".join(command.words) for each in inside for command in read_commands(each, program)
        ),
    }


def _signature(node: ast.stmt) -> str:
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return ""
    bare = copy.copy(node)
    bare.decorator_list, bare.body = [], [ast.Pass()]
    return source_text(bare).partition("\n    pass")[0]


def _within(definition: Definition, lines: range) -> Definition | None:
    """The definition with only what stands in the lines; None where nothing of it does."""
    if definition.line is not None and definition.line in lines:
        return definition
    parts = {
        each.name: [found for found in value if _line(found) in lines]
        for each in fields(definition)
        if isinstance(value := getattr(definition, each.name), list)
    }
    return replace(definition, **parts) if any(parts.values()) else None


def _line(found: Call | Store | ast.AST) -> int | None:
    node = found.node if isinstance(found, Call) else found.target if isinstance(found, Store) else found
    return getattr(node, "lineno", None)


def _names(program: Outline, part: Part, inside: list[Definition], lines: range) -> list[str]:
    found: list[str] = []
    for definition in inside:
        told = [f"reads {fact}" for fact, _ in read_requests(definition)]
        told += [
            f"reads the item {key!r}" for key in read_items(definition) if repr(key) not in " ".join(told)
        ]
        told += [f"answers with {fact}" for fact, _ in read_answers(definition)]
        for call in opened_files(definition):
            names = file_names(call, lookup_in(definition, program))
            told += [f"opens a file named with {name!r}" for name in names]
        found += told
    for name, (line, _) in read_variables(program).items():
        if line in lines:
            found.append(f"reads the environment variable {name}")
    if part.kind == "statement":
        found += [f"binds the name {name}" for node in part.nodes for name in _bound(node)]
    return found


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that others can import from a statement of the module or find in its class."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield from _bound(child)
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            yield from (name for each in child.body for name in _bound(each))
        elif isinstance(child, ast.expr):
            yield from (each.id for each in ast.walk(child) if _is_bound(each))


def _is_bound(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _queries(inside: list[Definition]) -> Iterator[str]:
    for definition in inside:
        for node in definition.texts:
            text = plain(fold(node) or "")
            if is_query(text):
                yield text


def _listed(found: Iterable[str]) -> list[str]:
    """The first few, each once, on one line and cut to a length."""
    return list(dict.fromkeys(_shown(each) for each in found))[:_MOST]


def _shown(text: str) -> str:
    line = " ".join(text.replace(HOLE, "...").split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
