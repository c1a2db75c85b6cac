"""Texts decoded or put together from pieces, so that no analyzer sees what they say."""

import ast
import unicodedata
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.returns import is_fixed
from sgcode_worker.gates.texts import fold, is_text

_DECODERS = frozenset(
    "b64decode b32decode b16decode b85decode a85decode urlsafe_b64decode standard_b64decode fromhex "
    "unhexlify a2b_hex a2b_base64 decompress decode chr reversed unquote unescape literal_eval".split()
)


def check_assembled(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every fixed text that is newly hidden by the way it is written."""
    before, after = _assembled(comparison.original), _assembled(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(f"a fixed text is {fact}, so analyzers cannot read it", after.line(fact))
    unseen_before, unseen = _unseen(comparison.original), _unseen(comparison.candidate)
    for fact in lost(unseen, unseen_before):
        yield Evidence(fact, unseen.line(fact))
    written = {
        source_text(node)
        for each in comparison.original.definitions.values()
        for node in each.texts
        if not isinstance(node, ast.Constant)
    }
    for definition in comparison.candidate.definitions.values():
        for node in definition.texts:
            if isinstance(node, ast.Constant) or not is_fixed_text(definition, node):
                continue
            text = fold(node, definition.single) or ""
            if not any(map(str.isspace, text)) and source_text(node) not in written:
                yield Evidence(
                    "a fixed text is put together from pieces, so analyzers cannot read it",
                    getattr(node, "lineno", None),
                )


def _unseen(program: Outline) -> Facts:
    """Texts with characters that nobody sees, however they are written in the source."""
    found = Facts()
    for definition in program.definitions.values():
        for node in definition.texts:
            if any(unicodedata.category(each) in {"Cf", "Co", "Cn"} for each in fold(node) or ""):
                found.add("a text holds characters that nobody sees", getattr(node, "lineno", None))
    return found


def is_fixed_text(definition: Definition, node: ast.expr) -> bool:
    """Whether a text is built of literals only."""
    if isinstance(node, ast.Call):
        values = [
            value
            for each in node.args
            for value in (each.elts if isinstance(each, (ast.List, ast.Tuple)) else [each])
        ]
        return bool(values) and all(is_fixed(definition, value) for value in values)
    return is_fixed(definition, node)


def _assembled(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for call in definition.calls:
            fact = _call(definition, call)
            if fact is not None:
                found.add(fact, call.node.lineno)
        for subscript in definition.subscripts:
            if isinstance(subscript.slice, ast.Slice) and is_text(subscript.value):
                found.add("cut out of another one or reversed", subscript.lineno)
    return found


def _call(definition: Definition, call: Call) -> str | None:
    node = call.node
    # Data in a text is as hard to read when it is evaluated.
    name = "literal_eval" if call.key == "eval" and not call.own else call.name
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if name in _DECODERS:
        given = [*node.args[:1], *([owner] if owner is not None and call.key.startswith(".") else [])]
        if given and is_fixed(definition, given[-1] if name == "decode" and len(given) > 1 else given[0]):
            return f"decoded by `{name}`"
    if name == "join" and node.args and isinstance(node.args[0], (ast.Call, ast.GeneratorExp, ast.ListComp)):
        inner = node.args[0]
        if any(isinstance(each, ast.Name) and each.id == "chr" for each in ast.walk(inner)):
            return "put together from numbers"
    if name in {"bytes", "bytearray"} and node.args and isinstance(node.args[0], (ast.List, ast.Tuple)):
        return "put together from numbers"
    return None
