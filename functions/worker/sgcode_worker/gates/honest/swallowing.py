"""Exceptions newly swallowed: a broad handler that says nothing."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.exceptions import caught_names
from sgcode_worker.gates.texts import fold

_BROAD = frozenset({"BaseException", "Exception", "StandardError"})
_ADMITS = re.compile(
    r"error|invalid|fail|denied|not |forbid|unauthori|bad |wrong|unable|cannot|can't|block|refus|reject"
    r"|except|illegal|unsafe",
    re.IGNORECASE,
)


def check_swallowing(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every definition in which more exceptions vanish than before."""
    for pair in comparison.pairs:
        before = sum(_swallows(each, comparison.original.names) for each in pair.before.handlers)
        new = [each for each in pair.after.handlers if _swallows(each, comparison.candidate.names)]
        if len(new) > before:
            yield Evidence(f"{pair.label} now swallows exceptions that it let through", new[-1].lineno)


def admits_error(text: str) -> bool:
    """Whether a text tells whoever reads it that something was wrong or refused."""
    return _ADMITS.search(text) is not None


def _swallows(handler: ast.ExceptHandler, names: Names) -> bool:
    if not _BROAD.intersection(caught_names(handler, names)):
        return False
    return all(_silent(statement) for statement in handler.body)


def _silent(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
        return True
    if isinstance(statement, (ast.Expr, ast.Assign, ast.Return)):
        value = statement.value
        if value is None:
            return True
        if isinstance(value, ast.Constant) and not isinstance(value.value, str):
            return not (isinstance(statement, ast.Return) and value.value is False)
        text = fold(value)
        if text is not None:
            return isinstance(value, ast.Constant) and not admits_error(text)
        return (
            isinstance(value, (ast.List, ast.Dict, ast.Set, ast.Tuple))
            and not list(ast.iter_child_nodes(value))[:-1]
        )
    return False
