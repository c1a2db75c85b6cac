"""Where a program is weak when its fix only puts statements in."""

import ast
from itertools import pairwise

from ggan_data.labelling.changes import Hunk
from ggan_data.labelling.places import is_text, main_place, operation
from ggan_data.labelling.spans import Span, Spans
from ggan_data.labelling.tokens import Line, Token, words
from ggan_data.programs import Cut, Place

_CHECKS = ("if", "elif", "assert", "while")
_IGNORED = frozenset(
    "self cls os re str len not in is and or None True False any all isinstance flask".split()
)
_DECLARES = ("import", "from", "def", "class", "@", "async", "global", "nonlocal", "pass", "return")


def checked_use(spans: Spans, hunk: Hunk) -> Span | None:
    """The nearest use after the hunk of a name that its new statements check or make anew.

    It is the call or operation that the use is a part of; None where nothing is checked. Where the program
    asked already whether a digest of that name exists at all, it is that question, which the fix narrows.
    """
    if hunk.before or hunk.following is None:
        return None
    names = [name for line in hunk.after for name in checked_names(line)]
    asked = _asked_before(spans, names, hunk.following.start)
    if asked is not None:
        return spans.of(asked)
    use = nearest_use(spans, names, hunk.following.start)
    return None if use is None else spans.of(operation(spans, use))


def following_place(spans: Spans, hunk: Hunk) -> Span | None:
    """What the statement after the new ones is about; None where these only declare something."""
    useful = [line for line in hunk.after if line[0].text not in _DECLARES]
    if hunk.before or not useful or hunk.following is None:
        return None
    statement = _beginning_at(spans, hunk.following)
    return None if statement is None or is_text(statement) else main_place(spans, statement)


def checked_names(line: Line) -> list[str]:
    """The names that a new statement tests, or gives a new value made of the old one."""
    texts = words(line)
    if texts[0] in _CHECKS:
        return [
            text
            for last, text in pairwise(texts)
            if last != "." and text.isidentifier() and text not in _IGNORED
        ]
    if len(texts) > 2 and texts[1] == "=" and texts[0] in texts[2:]:
        return [texts[0]]
    return []


def sanitized_flow(spans: Spans, hunk: Hunk) -> Cut | None:
    """The flow into which a new `x = safe(x)` is put: from where x got its value to its next use."""
    if hunk.before or hunk.following is None:
        return None
    for line in hunk.after:
        texts = words(line)
        if len(texts) > 2 and texts[1] == "=" and texts[0] in texts[2:]:
            use = nearest_use(spans, [texts[0]], hunk.following.start)
            source = None if use is None else definition_before(spans, texts[0], spans.of(use)[0])
            if use is not None and source is not None:
                return Cut(source, spans.of(use)[0])
    return None


def wrapped_flow(spans: Spans, hunk: Hunk) -> Cut | None:
    """The flow into a name around which the fix put a call."""
    starts = {right.start for _, right in hunk.gaps}
    ends = {left.end for left, _ in hunk.gaps}
    for node in spans.expressions:
        start, end = spans.of(node)
        if isinstance(node, ast.Name) and start in starts and end in ends:
            source = definition_before(spans, node.id, start)
            if source is not None:
                return Cut(source, start)
    return None


def nearest_use(spans: Spans, names: list[str], after: Place) -> ast.Name | None:
    """The first place from there on that reads one of the names."""
    uses = [
        node
        for node in spans.expressions
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
    ]
    return min(
        (use for use in uses if spans.of(use)[0] >= after), key=lambda use: spans.of(use)[0], default=None
    )


def definition_before(spans: Spans, name: str, before: Place) -> Place | None:
    """The last place before another that gives the name a value: an assignment, or a parameter."""
    places = [
        spans.of(node)[0]
        for node in spans.expressions
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name
    ]
    places += [
        (node.lineno, spans.column(node.lineno, node.col_offset))
        for node in ast.walk(spans.tree)
        if isinstance(node, ast.arg) and node.arg == name
    ]
    return max((place for place in places if place < before), default=None)


def _asked_before(spans: Spans, names: list[str], before: Place) -> ast.Compare | None:
    for node in spans.expressions:
        asks = isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn)
        if isinstance(node, ast.Compare) and asks and spans.of(node)[0] < before:
            left = {each.id for each in ast.walk(node.left) if isinstance(each, ast.Name)}
            if left & set(names) and "algorithms_" in ast.unparse(node.comparators[0]):
                return node
    return None


def _beginning_at(spans: Spans, token: Token) -> ast.stmt | None:
    return next((each for each in spans.statements if spans.of(each)[0] == token.start), None)
