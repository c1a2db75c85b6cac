"""How the other statements of the file that run on the same kind of object bind their values."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of
from sgcode_worker.operators.queries.driver.words import is_sql
from sgcode_worker.operators.visibility import dotted_name

_STYLES = {
    "?": re.compile(r"(?:[=<>(,]|\b(?:like|limit|offset|and|between|in))\s*\?", re.IGNORECASE),
    "%s": re.compile(r"(?<!%)(?:%%)*%(?:s|\(\w+\)s)"),
    ":name": re.compile(r"(?<![:\w]):[a-z_]\w*", re.IGNORECASE),
    "$1": re.compile(r"\$\d"),
}
_FORMAT = re.compile(r"%%|%(\(\w*\))?[-+ #0\d.]*[a-z]", re.IGNORECASE)
_RUNS = frozenset({"execute", "executemany"})


def styles_bound(program: Program, receiver: cst.BaseExpression) -> set[str]:
    """Return the placeholders of the queries that the file gives parameters.

    Those that run on the receiver itself count alone where there are any.
    """
    found = list(_bound(program))
    name = dotted_name(receiver)
    same = {style for other, style in found if name is not None and other == name}
    return same or {style for _, style in found}


def _bound(program: Program) -> Iterator[tuple[str | None, str]]:
    for call in program.nodes(cst.Call):
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _RUNS:
            continue
        if len(call.args) < 2:
            continue
        for text in _texts(program, call.args[0].value):
            found = (style for style, form in _STYLES.items() if is_sql(text) and form.search(text))
            yield from ((dotted_name(call.func.value), style) for style in found)


def _texts(program: Program, node: cst.BaseExpression) -> Iterator[str]:
    """What the query says for certain: a literal, or what the literals of a formatted one say."""
    if isinstance(node, cst.Name):
        for value in bindings_of(program, node):
            if value is not None and not isinstance(value, cst.Name):
                yield from _texts(program, value)
    elif isinstance(node, cst.FormattedString):
        yield formatted_text(node)
    elif isinstance(node, cst.BinaryOperation):
        formats = isinstance(node.operator, cst.Modulo)
        for text in _texts(program, node.left):
            yield _FORMAT.sub(_filled, text) if formats else text
    else:
        yield text_of(node) or ""


def _filled(found: re.Match[str]) -> str:
    return "%" if found.group() == "%%" else "{}"


def formatted_text(node: cst.FormattedString) -> str:
    """Return what the literals of an f-string say, with `{}` for each value."""
    return "".join(part.value if isinstance(part, cst.FormattedStringText) else "{}" for part in node.parts)
