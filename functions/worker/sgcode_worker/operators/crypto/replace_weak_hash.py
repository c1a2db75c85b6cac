"""`replace-weak-hash`: passwords are hashed with SHA-256; a hash that protects nothing says so."""

from functools import cached_property
from weakref import WeakKeyDictionary, ref

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, with_keyword, with_value
from sgcode_worker.operators.crypto.hash_calls import STRONG, WeakHash, handed_on, strengthened, weak_hashes
from sgcode_worker.operators.crypto.hash_lengths import fixed_in_file
from sgcode_worker.operators.crypto.hash_purpose import Purpose, purpose_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program

_NO_PASSWORD_HASH = (
    "SHA-256 is fast and, without a salt, the same for the same password: it is no password hash. "
    "Move to argon2, bcrypt or scrypt (werkzeug.security.generate_password_hash) when people next log in."
)
_MAX_HASHES = 100


class ReplaceWeakHash:
    """MD5 and SHA-1 of a password become SHA-256; those of a cache key are marked as no security matter."""

    name = "replace-weak-hash"
    cwe = "CWE-327"
    precondition = (
        "A call of hashlib's md5, sha1 or new, or of new in Crypto.Hash, that names show to hash a password, "
        "with every other weak hash of the file decided too, and nothing in the file that fixes the digest's "
        "length, value or function; or one that names show to protect nothing, nothing near it secret."
    )
    changes = (
        "Stored digests of passwords do not match any more and must be made anew; a hash that protects "
        "nothing keeps its value."
    )
    example = (
        "import hashlib\nif row.password == hashlib.md5(password.encode()).hexdigest():\n    welcome()\n",
        "import hashlib\nif row.password == hashlib.sha256(password.encode()).hexdigest():\n    welcome()\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the stronger hash for every password of the file, or the mark that nothing is protected."""
        known = _KNOWN.get(program)
        if known is None:
            known = _KNOWN[program] = _Known(program)
        call = planned_node(program, edit, (each.call for each in known.every))
        weak = next((each for each in known.every if each.call is call), None)
        if weak is None:
            return Declined("No call of a weak hash is there, or its name is not certainly an imported one.")
        if len(known.every) > _MAX_HASHES:
            return Declined(
                f"The file makes more than {_MAX_HASHES} weak hashes, too many to decide together."
            )
        purpose = known.purpose_of(weak)
        if isinstance(purpose, Declined):
            return purpose
        return _marked(program, weak) if purpose == "plain" else known.all_stronger


def _marked(program: Program, weak: WeakHash) -> Rewrite | Declined:
    if weak.library != "hashlib":
        return Declined(
            f"{weak.library} cannot say that a hash protects nothing: use hashlib with usedforsecurity=False."
        )
    if has_unpacked(weak.call, "**"):
        return Declined("The call passes ** arguments, so whether it is marked already cannot be told.")
    given = argument_of(weak.call, "usedforsecurity")
    no = cst.Name("False")
    replacement = (
        {weak.call: with_keyword(weak.call, "usedforsecurity", no)}
        if given is None
        else {given: with_value(given, no)}
    )
    shown = weak.algorithm.upper()
    declared = DeclaredChange(
        "setting",
        "usedforsecurity",
        program.definition(weak.call),
        f"The {shown} digest stays the same and is marked as protecting nothing.",
    )
    summary = f"Marks the {shown} digest as no security matter; its value stays the same."
    return Rewrite(summary, replacement, [], [declared])


class _Known:
    """What is known of the weak hashes of one program, each worked out once."""

    def __init__(self, program: Program) -> None:
        self.every = list(weak_hashes(program))
        self._program = ref(program)
        self._purposes: dict[cst.Call, Purpose | Declined] = {}

    def purpose_of(self, weak: WeakHash) -> Purpose | Declined:
        if weak.call not in self._purposes:
            self._purposes[weak.call] = purpose_of(self.program, weak)
        return self._purposes[weak.call]

    @property
    def program(self) -> Program:
        program = self._program()
        assert program is not None
        return program

    @cached_property
    def all_stronger(self) -> Rewrite | Declined:
        return _all_stronger(self.program, self)


# Kept no longer than the program itself.
_KNOWN: WeakKeyDictionary[Program, _Known] = WeakKeyDictionary()


def _all_stronger(program: Program, known: _Known) -> Rewrite | Declined:
    """The rewrite of all passwords' digests at once: what one function stores, another compares with."""
    fixed = fixed_in_file(program)
    if fixed is not None:
        return Declined(fixed)
    on = handed_on(program)
    if on is not None:
        line = program.span(on).start.line
        return Declined(
            f"Line {line} hands a weak hash function on; whether passwords go through it cannot be told."
        )
    replacements: dict[cst.CSTNode, cst.CSTNode] = {}
    imports: list[NeededImport] = []
    functions: dict[str, str] = {}
    for weak in known.every:
        purpose = known.purpose_of(weak)
        if purpose == "plain":
            continue
        stronger = strengthened(program, weak)
        if isinstance(purpose, Declined) or stronger is None:
            line = program.span(weak.call).start.line
            return Declined(
                f"The weak hash in line {line} stays as it is, and passwords must be hashed alike everywhere."
            )
        replacements.update(stronger[0])
        imports += [stronger[1]] if stronger[1] is not None and stronger[1] not in imports else []
        functions[program.definition(weak.call)] = weak.algorithm.upper()
    declared = [
        DeclaredChange("digest", STRONG, name, f"Stored {old} digests of passwords must be made anew.")
        for name, old in functions.items()
    ]
    old = " and ".join(sorted(set(functions.values())))
    summary = (
        f"Hashes passwords with SHA-256, not {old}: stored digests must be made anew. {_NO_PASSWORD_HASH}"
    )
    return Rewrite(summary, replacements, imports, declared)
