"""`refuse-weak-hash`: a caller who may name the digest cannot name a broken one."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.crypto.digest_checks import DigestCheck, digest_checks, hashed_with
from sgcode_worker.operators.crypto.digest_refusals import guarded_by, refusal_of
from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.proposed import proposed
from sgcode_worker.operators.secrets_env.words import name_words

# RFC 6150 (MD4), RFC 6151 (MD5) and RFC 6194 (SHA-1), by OpenSSL's names for them; `md5-sha1` is both.
WEAK = ("md4", "md5", "md5-sha1", "sha1")
_NO_SECURITY = frozenset(
    "checksum checksums etag etags cache cached caching dedupe dedup deduplicate duplicate duplicates "
    "file files gravatar legacy test tests".split()
)


class RefuseWeakHash:
    """`name not in hashlib.algorithms_available` also refuses MD4, MD5 and SHA-1."""

    name = "refuse-weak-hash"
    cwe = "CWE-327"
    precondition = (
        "The name of a digest is only checked to be in hashlib.algorithms_available or "
        "algorithms_guaranteed, other names are refused, and what passes is hashed with, in a program that "
        "names no weak digest itself."
    )
    changes = (
        "The names md4, md5, md5-sha1 and sha1 are refused exactly as a name is that hashlib does not know."
    )
    example = (
        "import hashlib\ndef digest(name, data):\n    if name not in hashlib.algorithms_available:\n"
        "        raise ValueError(name)\n    return hashlib.new(name, data).digest()\n",
        "import hashlib\ndef digest(name, data):\n"
        '    if name not in hashlib.algorithms_available - {"md4", "md5", "md5-sha1", "sha1"}:\n'
        "        raise ValueError(name)\n    return hashlib.new(name, data).digest()\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the check against a smaller set."""
        calls = {check: hashed_with(program, check) for check in digest_checks(program)}
        check = proposed(program, edit, [(check, [check.test, *found]) for check, found in calls.items()])
        if check is None:
            return Declined("No check of a digest's name against all that hashlib knows is there.")
        refusal = refusal_of(program, check)
        if isinstance(refusal, str):
            return Declined(refusal)
        if not any(guarded_by(program, check, refusal, call) for call in calls[check]):
            return Declined("Nothing is hashed by the name that the check lets through.")
        harm = _wanted(program, check)
        if harm is not None:
            return Declined(harm)
        return _narrowed(program, check)


def _wanted(program: Program, check: DigestCheck) -> str | None:
    """Why a weak digest may be meant to be used here."""
    for outer in program.ancestors(check.test):
        named = isinstance(outer, (cst.FunctionDef, cst.ClassDef))
        if named and not _NO_SECURITY.isdisjoint(name_words(outer.name.value)):
            return f"`{outer.name.value}` may have to take a weak digest: a person must decide."
    for text in _texts(program):
        if (text_of(text) or "").lower() in {*WEAK, "sha"}:
            return (
                f"The program itself names a weak digest, {program.code(text)}: decide what takes its place."
            )
    return None


def _texts(program: Program) -> Iterator[cst.SimpleString]:
    """The literals of the program, but those of a set that this operator wrote."""
    for text in program.nodes(cst.SimpleString):
        holder = program.parent(program.parent(text) or text)
        own = isinstance(holder, cst.Set) and [text_of(each.value) for each in holder.elements] == [*WEAK]
        if not own:
            yield text


def _narrowed(program: Program, check: DigestCheck) -> Rewrite:
    statement = program.enclosing(check.test, cst.BaseStatement)
    quote = preferred_quote(statement)[:1] if statement is not None else ""
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    elements = [cst.Element(literal(name, quote or '"'), comma) for name in WEAK]
    weak = cst.Set([*elements[:-1], elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)])
    smaller = cst.BinaryOperation(check.known, cst.Subtract(), weak)
    declared = DeclaredChange(
        "setting",
        "algorithms_available",
        program.definition(check.test),
        "The names md4, md5, md5-sha1 and sha1 are refused as an unknown digest is.",
    )
    return Rewrite(
        "Refuses a broken digest where the caller names it, as an unknown one is refused.",
        {check.known: smaller},
        declared=[declared],
    )
