"""Environment variables that the program reads."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_CALLS = frozenset(
    {"os.environ.get", "os.getenv", "os.environ.pop", "os.environ.setdefault", "os.environ.__getitem__"}
)


def check_environment(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every variable that is no longer read, or is newly read without being declared."""
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
