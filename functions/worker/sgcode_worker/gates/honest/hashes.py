"""Weak hashes chosen so that analyzers do not see which, and digests cut so short that they repeat."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.differences import Facts, newly
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison

_KEYED = frozenset({"hmac.new", "hmac.digest", "hmac.HMAC"})
_CHOSEN = frozenset({"hashlib.new", "hashlib.pbkdf2_hmac", "hashlib.file_digest"})
_STRONG = frozenset("sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s".split())
_WEAK = frozenset({"md4", "md5", "sha", "sha1", "ripemd160"})
_DIGESTS = frozenset({"hexdigest", "digest"})
_SHORTEST = 16


def check_hashes(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every hash that is newly weak where no analyzer sees it, and every digest newly cut short."""
    yield from newly(comparison, _hidden)


def _hidden(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        for call in definition.calls:
            if call.key in _KEYED and not _is_strong(program, _algorithm(call, 2)):
                found.add(
                    "a keyed hash takes a function that analyzers cannot read, or a weak one",
                    call.node.lineno,
                )
            if call.key in _CHOSEN and not isinstance(_algorithm(call, 0), ast.Constant):
                found.add("a hash is chosen by what analyzers cannot read", call.node.lineno)
            if call.name in _DIGESTS and _length(call) < _SHORTEST:
                found.add("a digest is so short that it repeats", call.node.lineno)
        for subscript in definition.subscripts:
            if _cuts_short(subscript, definition):
                found.add("a digest is so short that it repeats", subscript.lineno)
    return found


def _algorithm(call: Call, position: int) -> ast.expr | None:
    named = (
        each.value for each in call.node.keywords if each.arg in {"name", "digestmod", "digest", "hash_name"}
    )
    arguments = call.node.args
    return next(named, arguments[position] if len(arguments) > position else None)


def _is_strong(program: Outline, algorithm: ast.expr | None) -> bool:
    """Whether the function is plainly a strong one, or a weak one that the analyzers see by itself."""
    if isinstance(algorithm, ast.Constant):
        return str(algorithm.value).lower().replace("-", "_") not in _WEAK
    dotted = None if algorithm is None else program.names.dotted(algorithm)
    return dotted is not None and dotted.rpartition(".")[2].lower() in _STRONG


def _length(call: Call) -> int:
    given = call.node.args[0] if call.node.args else None
    is_number = isinstance(given, ast.Constant) and isinstance(given.value, int)
    return given.value if is_number else _SHORTEST  # type: ignore[union-attr]


def _cuts_short(subscript: ast.Subscript, definition: Definition) -> bool:
    value = subscript.value
    if isinstance(value, ast.Name):
        value = definition.single(value.id) or value
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)):
        return False
    if value.func.attr not in _DIGESTS or not isinstance(subscript.slice, ast.Slice):
        return value.func.attr in _DIGESTS
    end = subscript.slice.upper
    return not (isinstance(end, ast.Constant) and isinstance(end.value, int) and end.value >= _SHORTEST)
