"""The whole plan: what both programs are, in which world they run and on which inputs."""

import ast
import hashlib
from typing import Any

from sgcode_runner.inside.plan.call_cases import call_cases, script_case
from sgcode_runner.inside.plan.changes import changed_statements
from sgcode_runner.inside.plan.environment import moved_literals, variables_read
from sgcode_runner.inside.plan.mend import compilable, parsed, supply_imports
from sgcode_runner.inside.plan.reads import Reads, with_hints
from sgcode_runner.inside.plan.routes import Function, routes_of
from sgcode_runner.inside.plan.schema import file_names, hashed_with, imported_names, schema_of
from sgcode_runner.inside.plan.texts import module_constants
from sgcode_runner.inside.plan.values import benign, is_number, words_of
from sgcode_runner.inside.plan.web_cases import numbers_in, reads_of, web_cases

_STYLES = ("word", "match", "number", "missing")
_MAX_CASES = 240
_SECRET = frozenset("password passwd pw pass hash digest pwd".split())


class UnplannableError(Exception):
    """One of the two programs can't be run at all; `program` says which, the message why."""

    def __init__(self, program: str, message: str) -> None:
        super().__init__(message)
        self.program = program


def make_plan(
    original: str, candidate: str, environment: dict[str, str], allowed: list[str]
) -> dict[str, Any]:
    """Return the plan as a JSON object. Raises UnplannableError."""
    first, first_notes = _prepared("original", original)
    second, second_notes = _prepared("candidate", candidate)
    supplied = supply_imports(first, second)
    constants = module_constants(first)
    # What the candidate compares with is no news where the original knew it: it says what a parameter is.
    hints = _hints(second, constants)
    functions = {node.name: node for node in ast.walk(first) if isinstance(node, Function)}
    routes = routes_of(first)
    cases: list[dict[str, Any]] = []
    imported = imported_names(first) + imported_names(second)
    flask = any(name.split(".")[0].startswith("flask") for name in imported)
    ids: dict[str, None] = {}
    reads = [(route, _reads(route.function, functions, constants, hints)) for route in routes]
    for route, each in reads:
        ids.update(dict.fromkeys(numbers_in(route.rule)))
        ids.update(dict.fromkeys(name for names in each.names.values() for name in names if is_number(name)))
    sessions = any("session" in each.names for _, each in reads)
    routed = {route.function for route in routes}
    for style in _STYLES:
        for route, each in reads:
            cases.extend(web_cases(route, each, style))
        if style != "missing":
            cases.extend(call_cases(first, routed, constants, style, hints=hints, flask=flask))
    script = script_case(first, serves=bool(routes))
    cases = cases[:_MAX_CASES] + ([script] if script else [])
    schema = schema_of(first)
    # A value that is also the name of a table or a column stands in statements with every right.
    named = {*schema, *(column for columns in schema.values() for column in columns)}
    for case in cases:
        case["words"] = [word for word in case["words"] if word.lower() not in named]
    shared = {
        "schema": schema,
        "files": file_names(first),
        "ids": list(ids),
        "flask": flask,
        "fragment": not imported_names(first),
        "sessions": sessions,
        "meant": allowed,
        "imports": sorted(set(imported)),
        "environment": {**moved_literals(first, second), **environment},
        "variables": sorted(variables_read(first) | variables_read(second)),
        "cases": [{"id": index, **case} for index, case in enumerate(cases)],
    }
    original_hash = hashed_with(first)
    own_hash = hashed_with(second) if "digest" in allowed else original_hash
    return {
        "shared": shared,
        "original": {"program": ast.unparse(first), "secrets": _secrets(shared["schema"], original_hash)},
        "candidate": {"program": ast.unparse(second), "secrets": _secrets(shared["schema"], own_hash)},
        "changes": changed_statements(first, second),
        "notes": list(dict.fromkeys([*first_notes, *second_notes, *supplied])),
    }


def _prepared(name: str, text: str) -> tuple[ast.Module, list[str]]:
    try:
        return compilable(parsed(text))
    except (SyntaxError, ValueError) as error:
        raise UnplannableError(name, f"it does not compile: {getattr(error, 'msg', error)}") from None
    except (RecursionError, MemoryError):
        raise UnplannableError(name, "it nests too deep") from None


def _reads(
    function: Function,
    functions: dict[str, Function],
    constants: dict[str, list[str]],
    hints: dict[str, Reads],
) -> Reads:
    return with_hints(reads_of(function, functions, constants), hints.get(function.name))


def _hints(candidate: ast.Module, constants: dict[str, list[str]]) -> dict[str, Reads]:
    functions = {node.name: node for node in ast.walk(candidate) if isinstance(node, Function)}
    return {name: reads_of(node, {}, constants) for name, node in functions.items()}


def _secrets(schema: dict[str, list[str]], algorithm: str | None) -> dict[str, str]:
    """Return the stored form of passwords, so that a login can succeed."""
    columns = {each for names in schema.values() for each in names if set(words_of(each)) & _SECRET}
    password = benign("password")
    stored = hashlib.new(algorithm, password.encode()).hexdigest() if algorithm else password
    return dict.fromkeys(sorted(columns), stored)
