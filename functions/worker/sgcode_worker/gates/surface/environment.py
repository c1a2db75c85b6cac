"""Environment variables that the program reads."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_CALLS = frozenset(
    {"os.environ.get", "os.getenv", "os.environ.pop", "os.environ.setdefault", "os.environ.__getitem__"}
)
_SETTERS = frozenset(
    {"os.putenv", "os.unsetenv", "os.environ.update", "os.environ.setdefault", "os.environ.__setitem__"}
)


def check_environment(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every variable that is no longer read, or is newly read without being declared, or newly set."""
    before, after = read_variables(comparison.original), read_variables(comparison.candidate)
    for name, (_, definition) in before.items():
        if name not in after:
            yield Evidence(
                f"the environment variable {name} is no longer read in {definition or 'the module'}"
            )
    for name, (line, _) in after.items():
        if name not in before and not comparison.allows("environment", name):
            yield Evidence(
                f"the environment variable {name} is newly read, and no operator declared it", line
            )
    set_before, set_after = _set(comparison.original), _set(comparison.candidate)
    for fact in lost(set_after, set_before):
        yield Evidence(fact, set_after.line(fact))


def _set(program: Outline) -> Facts:
    """Variables that are set, which libraries and processes act on, and the environment as a whole."""
    found = Facts()
    for definition in program.definitions.values():
        for store in definition.stores:
            target = store.target
            if isinstance(target, ast.Subscript) and program.names.dotted(target.value) == "os.environ":
                found.add(f"the environment variable {source_text(target.slice)} is newly set", target.lineno)
        keyed = {id(each.value) for each in definition.subscripts} | _asked(definition)
        for node in (*definition.attributes, *definition.names):
            if program.names.dotted(node) in {"os.environ", "os.environb"} and id(node) not in keyed:
                found.add("the environment as a whole is newly used", node.lineno)
        for call in definition.calls:
            if call.key in _SETTERS:
                found.add("environment variables are newly set", call.node.lineno)
    return found


def _asked(definition: Definition) -> set[int]:
    """The places where the environment is asked for one variable: by a method, or by `in`."""
    owners = [
        call.node.func.value
        for call in definition.calls
        if call.key in _CALLS and isinstance(call.node.func, ast.Attribute)
    ]
    tested = [
        each
        for test in definition.tests
        for node in ast.walk(test)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn))
        for each in node.comparators
    ]
    return {id(each) for each in (*owners, *tested)}


def read_variables(program: Outline) -> dict[str, tuple[int, str]]:
    """Return the environment variables that a program reads, with line and definition."""
    found: dict[str, tuple[int, str]] = {}
    for definition in program.definitions.values():
        for call in definition.calls:
            if call.key in _CALLS and call.node.args:
                _add(found, call.node.args[0], definition.name)
        for subscript in definition.subscripts:
            if program.names.dotted(subscript.value) in {"os.environ", "environ"}:
                _add(found, subscript.slice, definition.name)
    return found


def _add(found: dict[str, tuple[int, str]], key: ast.expr, definition: str) -> None:
    name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else source_text(key)
    found.setdefault(name, (key.lineno, definition))
