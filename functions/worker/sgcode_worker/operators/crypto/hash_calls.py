"""The calls that make a weak hash, and what stands in the place of each for a strong one."""

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.arguments import argument_of
from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

STRONG = "sha256"
# As Bandit knows them; `sha` is an old name of SHA-1, and MD4 exists under `new` only.
_FUNCTIONS = frozenset({"md5", "sha1"})
_NEW_NAMES = frozenset({"md4", "md5", "sha", "sha1"})
_CRYPTO = {
    f"{package}.Hash.{module}.new": (f"{package}.Hash", module.lower())
    for package in ("Crypto", "Cryptodome")
    for module in ("MD2", "MD4", "MD5", "SHA", "SHA1")
}
_OTHER = {
    "cryptography.hazmat.primitives.hashes.MD5": "md5",
    "cryptography.hazmat.primitives.hashes.SHA1": "sha1",
    "crypt.crypt": "crypt",
    "crypt.mksalt": "crypt",
}


@dataclass(frozen=True)
class WeakHash:
    """A call that makes a weak hash. `algorithm_name` is the literal that names it, for `hashlib.new`."""

    call: cst.Call
    library: str
    algorithm: str
    algorithm_name: cst.Arg | None = None

    @property
    def data(self) -> list[cst.BaseExpression]:
        """What the call hashes at once."""
        return [
            each.value
            for each in self.call.args
            if each is not self.algorithm_name
            and (each.keyword is None or each.keyword.value in {"data", "string"})
        ]


def weak_hashes(program: Program) -> Iterator[WeakHash]:
    """Yield the calls of the program that make a weak hash."""
    for call in program.nodes(cst.Call):
        found = _weak_hash(program, call)
        if found is not None:
            yield found


def _weak_hash(program: Program, call: cst.Call) -> WeakHash | None:
    if dotted_name(call.func) is None:
        return None
    names = program.imported_names(call.func)
    if len(names) != 1:
        return None
    (name,) = names
    if name.startswith("hashlib."):
        function = name.removeprefix("hashlib.")
        if function in _FUNCTIONS:
            return WeakHash(call, "hashlib", function)
        given = argument_of(call, "name", 0) if function == "new" else None
        text = (text_of(given.value) or "").lower() if given is not None else ""
        return WeakHash(call, "hashlib", text, given) if text in _NEW_NAMES else None
    if name in _CRYPTO:
        return WeakHash(call, *_CRYPTO[name])
    return WeakHash(call, name.rpartition(".")[0], _OTHER[name]) if name in _OTHER else None


def handed_on(program: Program) -> cst.CSTNode | None:
    """Return a weak hash function that is handed on without being called, such as to `hmac`."""
    aliases = _FUNCTIONS | {
        alias.asname.name.value
        for statement in program.nodes(cst.ImportFrom)
        if not isinstance(statement.names, cst.ImportStar)
        for alias in statement.names
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name)
    }
    for node in program.nodes(cst.Attribute, cst.Name):
        last = node.attr.value if isinstance(node, cst.Attribute) else node.value
        if last not in aliases or _is_called_or_bound(program, node):
            continue
        if program.imported_names(node) & {f"hashlib.{name}" for name in _FUNCTIONS}:
            return node
    return None


def _is_called_or_bound(program: Program, node: cst.CSTNode) -> bool:
    parent = program.parent(node)
    if isinstance(parent, cst.Call):
        return parent.func is node
    return isinstance(parent, (cst.ImportAlias, cst.AsName)) or (
        isinstance(parent, cst.Attribute) and parent.value is not node
    )


def strengthened(
    program: Program, weak: WeakHash
) -> tuple[dict[cst.CSTNode, cst.CSTNode], NeededImport | None] | None:
    """Return what makes the call hash with SHA-256, and the import that needs; None where nothing does."""
    function = weak.call.func
    if weak.algorithm_name is not None:
        value = weak.algorithm_name.value
        return {value: literal(STRONG, preferred_quote(value))}, None
    if weak.library == "hashlib" and isinstance(function, cst.Attribute):
        return {function: function.with_changes(attr=cst.Name(STRONG))}, None
    if weak.library == "hashlib":
        value, needed = program.reference("hashlib", STRONG, at=weak.call)
        return {function: value}, needed
    # `import Crypto.Hash.MD5` does not load its neighbor; a name imported from the package tells how to.
    module = function.value if isinstance(function, cst.Attribute) else None
    if not weak.library.endswith(".Hash") or not isinstance(module, cst.Name):
        return None
    value, needed = program.reference(weak.library, "SHA256", at=weak.call)
    return ({module: value}, needed) if isinstance(value, cst.Name) else None
