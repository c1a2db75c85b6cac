"""Addresses and folders that analyzers know by one spelling, spelled in another."""

import ast
import posixpath
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, newly
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.texts import HOLE, fold

_EVERY_ADDRESS = re.compile(r"(?:0+|0x0+)?(?:\.(?:0+|0x0+))*|\[?::(?:0+|ffff:0\.0\.0\.0)?\]?")
_SEEN_ADDRESS = "0.0.0.0"
_SHARED = ("/tmp", "/var/tmp", "/dev/shm")
_JOINS = frozenset({"join", "Path", "PurePath", "PosixPath"})
_LISTENERS = frozenset({"bind", "run", "run_simple", "make_server", "create_server", "start_server", "serve"})


def check_places(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every address or folder that is open to all and newly written so that no analyzer knows it."""
    yield from newly(comparison, _hidden)


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for call in definition.calls:
            if call.name in _LISTENERS and any(map(_is_every_address, _hosts(call.node))):
                found.add(
                    "it listens on every address, written so that no analyzer sees it", call.node.lineno
                )
        for node in (*definition.attributes, *definition.names):
            if (program.names.dotted(node) or "").endswith("INADDR_ANY"):
                found.add("it names every address by a constant, which no analyzer sees", node.lineno)
        for text, line in _paths(program, definition):
            if _is_shared_folder(text):
                found.add("a folder that everybody shares is written so that no analyzer sees it", line)
    return found


def _hosts(node: ast.Call) -> Iterator[ast.expr]:
    """The addresses that a call may listen on: a host, or the first of the pair that `bind` takes."""
    given = [
        *node.args[:2],
        *(each.value for each in node.keywords if each.arg in {"host", "address", "hostname"}),
    ]
    for each in given:
        yield each.elts[0] if isinstance(each, ast.Tuple) and each.elts else each


def _is_every_address(node: ast.expr) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and text != _SEEN_ADDRESS and _EVERY_ADDRESS.fullmatch(text) is not None


def _paths(program: Outline, definition: Definition) -> Iterator[tuple[str, int | None]]:
    """What texts and joined paths say, with `/` for the separator that `os` names."""
    for node in definition.texts:
        text = fold(node) or ""
        if text.startswith(HOLE) and _is_separator(program, _first(node)):
            text = "/" + text.removeprefix(HOLE)
        yield text, getattr(node, "lineno", None)
    for call in definition.calls:
        if call.name in _JOINS and len(call.node.args) > 1:
            parts = ["/" if _is_separator(program, each) else fold(each) or HOLE for each in call.node.args]
            yield posixpath.join(*parts), call.node.lineno


def _first(node: ast.AST) -> ast.AST:
    """What a text that is put together begins with."""
    while isinstance(node, (ast.BinOp, ast.JoinedStr, ast.FormattedValue)):
        node = (
            node.values[0] if isinstance(node, ast.JoinedStr) else getattr(node, "left", None) or node.value
        )  # type: ignore[union-attr]
    return node


def _is_separator(program: Outline, node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "sep" and program.names.dotted(node) is not None


def _is_shared_folder(text: str) -> bool:
    """Whether a path leads to a shared folder and does not begin with its name."""
    if text.startswith(_SHARED) or not text.startswith("/"):
        return False
    path = "/" + posixpath.normpath(text).lstrip("/")
    return any(path == folder or path.startswith(f"{folder}/") for folder in _SHARED)
