"""From changed tokens to the expressions that had to change."""

import ast
from collections.abc import Sequence

from ggan_data.labelling.changes import Hunk
from ggan_data.labelling.spans import Span, Spans, contains
from ggan_data.labelling.tokens import Token

_SMALL = (ast.Constant, ast.Name, ast.Attribute, ast.Starred)
_LISTS = (ast.Tuple, ast.List, ast.Dict, ast.ListComp, ast.SetComp, ast.GeneratorExp)
_BETWEEN = (ast.keyword, ast.comprehension, *_LISTS, *_SMALL)
_DECLARES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Global)


def changed_places(spans: Spans, hunk: Hunk) -> list[Span]:
    """The tightest expressions of each statement that hold all its removed tokens and all gaps in it.

    A name, an attribute or a constant stands for the call or the operation that it is a part of. What only
    declares (imports, the heads of functions and classes) and docstrings give nothing.
    """
    by_statement: dict[ast.stmt, list[Span]] = {}
    for token in hunk.removed:
        _collect(spans, by_statement, token.start, (token.start, token.end))
    for left, right in hunk.gaps:
        statement = spans.statement_at(left.start)
        if statement is not None and statement is spans.statement_at(right.start):
            wrapped = _wrapped(spans, right, hunk.gaps)
            by_statement.setdefault(statement, []).append(wrapped or (left.end, left.end))
    places = [_tightest(spans, statement, parts) for statement, parts in by_statement.items()]
    return [place for place in places if place is not None]


def _collect(spans: Spans, found: dict[ast.stmt, list[Span]], place: tuple[int, int], span: Span) -> None:
    statement = spans.statement_at(place)
    if statement is not None:
        found.setdefault(statement, []).append(span)


def _wrapped(spans: Spans, first: Token, gaps: Sequence[tuple[Token, Token]]) -> Span | None:
    """The expression around which something was put: it begins at one gap and ends at another."""
    ends = {left.end for left, _ in gaps}
    matching = [spans.of(node) for node in spans.expressions if spans.of(node)[0] == first.start]
    return max((span for span in matching if span[1] in ends), key=lambda span: span[1], default=None)


def _tightest(spans: Spans, statement: ast.stmt, parts: Sequence[Span]) -> Span | None:
    if isinstance(statement, _DECLARES) or is_text(statement):
        return None
    whole = (min(part[0] for part in parts), max(part[1] for part in parts))
    inside = [node for node in spans.expressions if contains(spans.of(statement), spans.of(node))]
    around = [node for node in inside if contains(spans.of(node), whole)]
    if not around:
        return main_place(spans, statement)
    return spans.of(operation(spans, min(around, key=spans.size)))


def operation(spans: Spans, node: ast.expr) -> ast.expr:
    """The call or the whole operation that a name, an attribute or a constant is a part of, else the node."""
    current: ast.AST = node
    while isinstance(current, _BETWEEN):
        parent = spans.parents.get(current)
        if not isinstance(parent, ast.expr | ast.keyword | ast.comprehension):
            break
        current = parent
    found = node if isinstance(current, _BETWEEN) or not isinstance(current, ast.expr) else current
    while isinstance(found, ast.BinOp) and isinstance(parent := spans.parents.get(found), ast.BinOp):
        found = parent
    return found


def main_place(spans: Spans, statement: ast.stmt) -> Span | None:
    """The expression that a statement is about, the head's for a compound one; itself where it has none."""
    for name in ("value", "test", "iter", "subject", "exc"):
        value = getattr(statement, name, None)
        if isinstance(value, ast.expr):
            return spans.of(value)
    if isinstance(statement, ast.With | ast.AsyncWith):
        return spans.of(statement.items[0].context_expr)
    if isinstance(statement, ast.Try):
        return main_place(spans, statement.body[0])
    return None if isinstance(statement, _DECLARES) else spans.head(statement)


def is_text(statement: ast.stmt) -> bool:
    """Whether the statement is nothing but a text, such as a docstring."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
