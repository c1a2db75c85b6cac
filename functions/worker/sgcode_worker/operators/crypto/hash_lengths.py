"""Signs that a program relies on the length, the name or the value of a weak digest."""

import re

import libcst as cst

from sgcode_worker.operators.crypto.hash_calls import WeakHash
from sgcode_worker.operators.crypto.hash_reach import Reach, walk, words_in
from sgcode_worker.operators.literals import constant_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

STRONG_LENGTH = 64
_DIGEST = re.compile(r"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40})")
_COLUMN = re.compile(
    r"(\w+)[\"'`\]]?\s+(?:n?var|n)?(?:char(?:acter)?|binary)(?:\s+varying)?2?\s*\(\s*(\d+)", re.IGNORECASE
)
_PATTERN = re.compile(r"\[[^\]]*0-9[^\]]*\]\{(?:32|40)\}")
_IN_SQL = re.compile(r"\b(?:md5|sha1?)\s*\(", re.IGNORECASE)
_SIZED = frozenset("String Unicode VARCHAR NVARCHAR CHAR CharField BINARY LargeBinary".split())
_STORED = frozenset("password passwd passwort pass pwd pw hash hashed digest md5 md sha".split())
_LENGTHS = frozenset({"16", "20", "32", "40"})
_NAMES = frozenset("md5 sha1 sha ssha smd5 md4".split())
_SENDS = frozenset({"post", "patch", "send", "sendall", "sendto", "urlopen", "emit", "publish"})
_SENT = ("requests.", "httpx.", "urllib.", "http.client.", "aiohttp.", "socket.", "ftplib.", "imaplib.")


def fixed_in_file(program: Program) -> str | None:
    """Return why digests of this file cannot get another length or value, or None."""
    for node in program.nodes(cst.SimpleString, cst.FormattedStringText, cst.Call, cst.Comparison):
        reason: str | None = None
        if isinstance(node, cst.Call):
            reason = _sized_column(program, node)
        elif isinstance(node, cst.Comparison):
            reason = _compared_length(node)
        else:
            value = node.value if isinstance(node, cst.FormattedStringText) else constant_of(node)
            reason = _text(value.decode("latin-1") if isinstance(value, bytes) else value or "")
        if reason is not None:
            return f"Line {program.span(node).start.line} {reason}"
    return None


def _text(text: str) -> str | None:
    if _DIGEST.fullmatch(text):
        return "holds a stored digest: it must be made anew with SHA-256 in the same change."
    if _PATTERN.search(text):
        return "checks the length of a digest."
    if _IN_SQL.search(text):
        return "lets the database hash, which must change to the same function in the same change."
    for name, length in _COLUMN.findall(text):
        if int(length) < STRONG_LENGTH and words_in([cst.Name(name)]) & _STORED:
            return f"makes a column `{name}` that is too short for the 64 characters of SHA-256."
    return None


def _sized_column(program: Program, call: cst.Call) -> str | None:
    called = dotted_name(call.func)
    if called is None or called.rpartition(".")[2] not in _SIZED or called.startswith("forms."):
        return None
    sizes = [
        int(each.value.value)
        for each in call.args
        if isinstance(each.value, cst.Integer)
        and each.value.value.isdigit()
        and (each.keyword is None or each.keyword.value in {"length", "max_length"})
    ]
    holder = program.enclosing(call, cst.Assign, cst.AnnAssign, cst.Expr)
    if sizes and sizes[0] < STRONG_LENGTH and holder is not None and words_in([holder]) & _STORED:
        return "makes a column that is too short for the 64 characters of SHA-256."
    return None


def _compared_length(comparison: cst.Comparison) -> str | None:
    sides = [comparison.left, *(each.comparator for each in comparison.comparisons)]
    measured = any(isinstance(each, cst.Call) and dotted_name(each.func) == "len" for each in sides)
    if measured and any(isinstance(each, cst.Integer) and each.value in _LENGTHS for each in sides):
        return "compares a length with that of a weak digest."
    return None


def fixed_by_use(program: Program, weak: WeakHash, reach: Reach) -> str | None:
    """Return why this digest cannot become another one, told by how it is used, or None."""
    for unit in reach.units:
        for node in walk(unit):
            reason = _use(program, weak, reach, node)
            if reason is not None:
                return reason
    return None


def _use(program: Program, weak: WeakHash, reach: Reach, node: cst.CSTNode) -> str | None:
    if isinstance(node, cst.Subscript):
        sliced = any(isinstance(each.slice, cst.Slice) for each in node.slice)
        if sliced and _concerns(weak, reach, node.value):
            return "A part of the digest is cut out, so its length matters."
    elif isinstance(node, cst.Call):
        called = dotted_name(node.func) or ""
        last = called.rpartition(".")[2]
        if last in {"int", "UUID", "len", "unpack", "from_bytes"} and any(
            _concerns(weak, reach, each.value) for each in node.args
        ):
            return f"The digest goes through `{last}`, so its length matters."
        sends = isinstance(node.func, cst.Attribute) and node.func.attr.value in _SENDS
        if (sends and any(_concerns(weak, reach, each.value) for each in node.args)) or (
            called and any(name.startswith(_SENT) for name in program.imported_names(node.func))
        ):
            return "The digest is sent to another program, which must change in the same step."
    elif node is not getattr(weak.algorithm_name, "value", None) and _names_function(node):
        return "A text beside it names the hash function, and would be wrong with another."
    return None


def _names_function(node: cst.CSTNode) -> bool:
    is_text = isinstance(node, (cst.SimpleString, cst.FormattedStringText))
    return is_text and bool(words_in([node]) & _NAMES)


def _concerns(weak: WeakHash, reach: Reach, node: cst.CSTNode) -> bool:
    return any(
        each is weak.call or (isinstance(each, cst.Name) and each.value in reach.names) for each in walk(node)
    )
