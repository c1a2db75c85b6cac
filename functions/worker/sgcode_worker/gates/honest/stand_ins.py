"""Fixed texts that stand in where a secret left the code: a default, an alternative, a number."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.secret_texts import named_values
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.surface.returns import is_fixed

_READERS = frozenset({"os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop"})
_SHAPING = frozenset(
    "decode encode join format strip lower upper replace to_bytes hex str bytes bytearray chr int".split()
)
_DEPTH = 8
_LARGEST_PLAIN = 0xFFFF


def check_stand_ins(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every secret that left its name for something that may still be a fixed text."""
    program = comparison.candidate
    wanted: dict[str, set[str]] = {}
    for definition, name, _ in comparison.secrets:
        wanted.setdefault(definition, set()).add(name)
    for definition, names in wanted.items():
        now = program.definitions.get(definition)
        if now is None:
            continue
        for name, value in named_values(now):
            is_open = name in names and not isinstance(value, ast.Constant)
            if is_open and _stands_in(program, now, value, _DEPTH):
                yield Evidence(f"the secret `{name}` may still be a fixed text", value.lineno)


def _stands_in(program: Outline, definition: Definition, node: ast.expr, depth: int) -> bool:
    """Whether the value may be a text, or a large number, that the code itself holds."""
    if isinstance(node, ast.Constant):
        is_number = isinstance(node.value, int) and node.value > _LARGEST_PLAIN
        return is_number or (isinstance(node.value, (str, bytes)) and len(node.value) > 0)
    if depth == 0:
        return False
    return any(
        _stands_in(program, definition, each, depth - 1) for each in _may_be(program, definition, node)
    )


def _may_be(program: Outline, definition: Definition, node: ast.expr) -> list[ast.expr]:
    """What the value may be, or is made of."""
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BinOp):
        # Beside a value from elsewhere a text is no more than what the secret begins or ends with.
        return [node.left, node.right] if is_fixed(definition, node) else []
    if isinstance(node, ast.Name):
        value = lookup_in(definition, program)(node.id)
        return [] if value is None else [value]
    if isinstance(node, ast.Call):
        return _given(program, node)
    return []


def _given(program: Outline, node: ast.Call) -> list[ast.expr]:
    if program.names.callee(node.func) in _READERS:
        return [*node.args[1:], *(each.value for each in node.keywords if each.arg == "default")]
    owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return (
        [*owner, *node.args]
        if name in _SHAPING and not program.names.callee(node.func).startswith("os.")
        else []
    )
