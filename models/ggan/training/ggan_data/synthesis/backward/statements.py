"""Injections into statements."""

import ast
from collections.abc import Iterator

from ggan_data.labelling.spans import Spans
from ggan_data.synthesis.backward.injection import Injection, source


def assertion(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """An assertion in place of a check that raises."""
    if not isinstance(node, ast.If) or node.orelse or len(node.body) != 1 or not _is_placed(spans, node):
        return
    raised = node.body[0]
    if not isinstance(raised, ast.Raise) or not isinstance(raised.exc, ast.Call) or len(raised.exc.args) != 1:
        return
    message = raised.exc.args[0]
    if isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not):
        condition = source(spans, node.test.operand)
    else:
        condition = f"not ({source(spans, node.test)})"
    if "\n" not in condition and spans.is_placed(message):
        text = f"assert {condition}, ({source(spans, message)})"
        yield Injection("explicit-check", "CWE-703", spans.of(node), text, spans.of(node))


def swallowed(spans: Spans, node: ast.AST) -> Iterator[Injection]:
    """A handler of everything that does nothing, in place of one that does something."""
    if not isinstance(node, ast.ExceptHandler) or node.type is None or len(node.body) > 2:
        return
    last = node.body[-1]
    if isinstance(node.body[0], ast.Pass | ast.Continue):
        return
    start = (node.lineno, spans.column(node.lineno, node.col_offset))
    span = (start, spans.of(last)[1])
    indent = " " * spans.of(node.body[0])[0][1]
    if spans.of(node.body[0])[0][0] > node.lineno:
        text = f"except Exception:\n{indent}pass"
        yield Injection("logged-exception", "CWE-703", span, text, span)


def _is_placed(spans: Spans, node: ast.If) -> bool:
    """Whether the statement is an `if` of its own: an `elif` cannot become an assertion."""
    start = spans.of(node)[0]
    return spans.lines[start[0] - 1][start[1] :].startswith("if")
