"""Queries that a database reads as before and an analyzer does not take for queries any more."""

import ast
import re

from sgcode_worker.gates.surface.sql import is_query
from sgcode_worker.gates.texts import HOLE, Lookup, fold

# What a query looks like to Bandit 1.9.4 (plugins/injection_sql.py), and what it looks like to a database.
_SEEN = re.compile(
    r"select\s.*from\s|delete\s+from\s|insert\s+into\s.*values[\s(]|update\s.*set\s",
    re.IGNORECASE | re.DOTALL,
)
_MEANT = re.compile(
    r"select\b.*\bfrom\b|delete\b.*\bfrom\b|insert\b.*\binto\b.*\bvalues\b|update\b.*\bset\b",
    re.IGNORECASE | re.DOTALL,
)


def is_unseen(node: ast.AST, lookup: Lookup) -> bool:
    """Whether the text is a query with values put in, of a kind that analyzers know in another spelling."""
    text = fold(node, lookup) or ""
    if HOLE not in text or not is_query(text) or not _MEANT.search(text):
        return False
    return not any(_SEEN.search(each) for each in _said_to_analyzers(node))


def _said_to_analyzers(node: ast.AST) -> list[str]:
    """The literal texts as Bandit puts them together, without looking through names or values."""
    said = []
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            said.append("".join(map(_literal, each.values)))
        elif isinstance(each, ast.BinOp):
            said.append(" ".join(map(_literal, _leaves(each))))
        elif isinstance(each, ast.Attribute):
            said.append(_literal(each.value))
    return said


def _leaves(node: ast.expr) -> list[ast.expr]:
    leaves: list[ast.expr] = []
    pending = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, ast.BinOp):
            pending += [each.right, each.left]
        else:
            leaves.append(each)
    return leaves


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
