"""Permissions of files: given to everybody in a way that analyzers, which read literals only, do not see."""

import ast
import stat
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, newly
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.texts import Lookup

_CALLS = frozenset({"chmod", "fchmod", "lchmod"})
_OTHERS = stat.S_IWGRP | stat.S_IXGRP | stat.S_IWOTH | stat.S_IXOTH
_WRITE = stat.S_IWGRP | stat.S_IWOTH
_DEPTH = 6


def check_permissions(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every file that is newly opened to others where no analyzer sees it."""
    yield from newly(comparison, _hidden)


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for call in definition.calls:
            if call.name in _CALLS and not call.own:
                fact = _fact(program, definition, call)
                if fact is not None:
                    found.add(fact, call.node.lineno)
            if call.key == "os.umask" and _lets_others_write(program, definition, call):
                found.add("new files are opened to others", call.node.lineno)
    return found


def _fact(program: Outline, definition: Definition, call: Call) -> str | None:
    mode = _mode(program, call)
    if mode is None:
        return None
    seen = call.key != ".chmod" and len(call.node.args) == 2 and not call.node.keywords
    if seen and isinstance(mode, ast.Constant):
        return None
    value = _number(mode, lookup_in(definition, program), program.names, _DEPTH)
    if value is None:
        return f"the permissions of a file are worked out for `{call.name}`, so analyzers cannot read them"
    return (
        f"a file is opened to others by `{call.name}`, where no analyzer sees it" if value & _OTHERS else None
    )


def _lets_others_write(program: Outline, definition: Definition, call: Call) -> bool:
    given = call.node.args[0] if call.node.args else None
    kept_out = (
        None if given is None else _number(given, lookup_in(definition, program), program.names, _DEPTH)
    )
    return kept_out is not None and bool(_WRITE & ~kept_out)


def _mode(program: Outline, call: Call) -> ast.expr | None:
    """The mode that a call sets: of a path's own method the first argument, else the second."""
    named = next((each.value for each in call.node.keywords if each.arg == "mode"), None)
    owner = call.node.func.value if isinstance(call.node.func, ast.Attribute) else None
    is_function = owner is None or program.names.dotted(owner) == "os"
    position = 1 if is_function else 0
    return named or (call.node.args[position] if len(call.node.args) > position else None)


def _number(node: ast.expr, lookup: Lookup, names: Names, depth: int) -> int | None:
    """What a mode comes to where literals and the constants of `stat` make it up."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, int) else None
    if depth == 0:
        return None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = (_number(each, lookup, names, depth - 1) for each in (node.left, node.right))
        return None if left is None or right is None else left | right
    dotted = names.dotted(node)
    if dotted is not None and dotted.startswith("stat.S_"):
        value = getattr(stat, dotted[5:], None)
        return value if isinstance(value, int) else None
    if isinstance(node, ast.Name):
        value = lookup(node.id)
        return None if value is None else _number(value, lookup, names, depth - 1)
    return None
