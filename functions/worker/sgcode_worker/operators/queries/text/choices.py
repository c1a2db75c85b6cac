"""Values that are one of a few fixed texts: the query is one of as many whole texts, chosen by the value."""

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from sgcode_worker.operators.literals import literal, text_of
from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.flow import Flow, body_around
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.expressions import is_simple
from sgcode_worker.operators.queries.text.hole import Piece

_FEW = 12
# A text that begins with one of these is a part of the query, not a name or a direction in it.
_CLAUSES = frozenset(
    "where and or order group limit offset values from set having left inner right join on union".split()
)
_WIDTH = 76
Choice = tuple[cst.BaseExpression, list[str]]
"""A value and the texts that it may be."""


def choice_in(program: Program, pieces: Sequence[Piece], quotes: str) -> Choice | None:
    """Return the one value that is one of a few fixed texts; None where there is none, or more than one.

    What stands between `quotes` is a value and better bound.
    """
    found: list[Choice] = []
    inside = ""
    for piece in pieces:
        if isinstance(piece, Character):
            if piece.value in quotes and inside in ("", piece.value):
                inside = "" if inside else piece.value
        elif not inside and piece.is_plain_or_added and (texts := texts_of(program, piece.expression)):
            found.append((piece.expression, texts))
    return found[0] if len(found) == 1 else None


def texts_of(program: Program, value: cst.BaseExpression) -> list[str]:
    """Return the texts, at least two, that the value is certainly one of; nothing for another value."""
    found: list[str | None]
    if isinstance(value, cst.IfExp):
        found = _chosen(value) if _is_harmless(value.test) else [None]
    elif isinstance(value, cst.Name):
        found = [*_reaching(program, value)]
    else:
        return []
    few = dict.fromkeys(each for each in found if each is not None)
    is_name = all((each.split() or [""])[0].lower() not in _CLAUSES for each in few)
    return [*few] if is_name and None not in found and 1 < len(few) <= _FEW else []


def chosen_by(
    program: Program, value: cst.BaseExpression, texts: Mapping[str, cst.BaseExpression]
) -> cst.Subscript:
    """Return `{text: query, ...}[value]`, over several lines where it is long."""
    key = cst.ensure_type(unparenthesized(value), cst.BaseExpression)
    line = program.span(value).start.line - 1
    source = program.text.splitlines()[line]
    indent = source[: len(source) - len(source.lstrip())]
    length = sum(len(program.code(each)) + len(text) + 8 for text, each in texts.items())
    is_long = len(indent) + length > _WIDTH
    deeper = indent + program.module.default_indent
    inner = _new_line(deeper) if is_long else cst.SimpleWhitespace(" ")
    elements = [
        cst.DictElement(literal(text), _indented(each, deeper), comma=cst.Comma(whitespace_after=inner))
        for text, each in texts.items()
    ]
    last = cst.Comma(whitespace_after=_new_line(indent)) if is_long else cst.MaybeSentinel.DEFAULT
    elements[-1] = elements[-1].with_changes(comma=last)
    left = cst.LeftCurlyBrace(whitespace_after=inner if is_long else cst.SimpleWhitespace(""))
    return cst.Subscript(cst.Dict(elements, lbrace=left), [cst.SubscriptElement(cst.Index(key))])


def _indented(text: cst.BaseExpression, indent: str) -> cst.BaseExpression:
    """A text over several lines in parentheses, its lines below each other."""
    if not isinstance(text, cst.ConcatenatedString):
        return text
    return _below(text, f"{indent} ").with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _below(text: cst.BaseExpression, indent: str) -> cst.BaseExpression:
    if not isinstance(text, cst.ConcatenatedString):
        return text
    right = _below(text.right, indent)
    return text.with_changes(right=right, whitespace_between=_new_line(indent), lpar=[], rpar=[])


def _new_line(indent: str) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(indent=False, last_line=cst.SimpleWhitespace(indent))


def _chosen(value: cst.BaseExpression) -> list[str | None]:
    if isinstance(value, cst.IfExp):
        return [*_chosen(value.body), *_chosen(value.orelse)]
    return [text_of(value)]


def _is_harmless(test: cst.BaseExpression) -> bool:
    """Whether asking does nothing, so that it may come before the other values."""
    if isinstance(test, cst.Comparison):
        return is_simple(test.left) and all(is_simple(each.comparator) for each in test.comparisons)
    if isinstance(test, cst.UnaryOperation):
        return isinstance(test.operator, cst.Not) and _is_harmless(test.expression)
    return is_simple(test)


def _reaching(program: Program, name: cst.Name) -> Iterator[str | None]:
    """The texts that the name may be bound to where it stands; None for anything else."""
    body = body_around(program, name)
    # In a function only: a name of the module may be bound anew from elsewhere.
    if not isinstance(body, cst.FunctionDef) or not _is_listed(program, name):
        yield None
        return
    flow = Flow(program, body, name.value)
    if flow.hidden:
        yield None
        return
    for definition in sorted(flow.seen.get(name, ()), key=lambda each: extent(program, each)):
        if isinstance(definition, cst.Assign) and len(definition.targets) == 1:
            yield from _chosen(definition.value)
        elif isinstance(definition, cst.Name):
            yield from _gone_through(program, definition)
        else:
            yield None


def _is_listed(program: Program, name: cst.Name) -> bool:
    """Whether every binding of the name is a text or a loop, which is quick to see."""
    scope = program.scope(name)
    nodes = [getattr(each, "node", None) for each in (() if scope is None else scope[name.value])]
    holders = [program.parent(each) if isinstance(each, cst.Name) else None for each in nodes]
    assigned = [program.parent(each) if isinstance(each, cst.AssignTarget) else each for each in holders]
    return bool(assigned) and all(
        isinstance(each, cst.For) or (isinstance(each, cst.Assign) and None not in _chosen(each.value))
        for each in assigned
    )


def _gone_through(program: Program, target: cst.Name) -> Iterator[str | None]:
    """The elements of the list or tuple that a loop gives to the name."""
    loop = program.parent(target)
    values = loop.iter if isinstance(loop, cst.For) and loop.target is target else None
    if isinstance(values, (cst.List, cst.Tuple)):
        yield from (text_of(each.value) for each in values.elements)
    else:
        yield None
