"""What an injection is, and how it is put into a program."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ggan_data.labelling.spans import Span, Spans
from ggan_data.programs import Label, Place
from ggan_data.synthesis.markers import WEAK_END, WEAK_START, read_marks


@dataclass(frozen=True)
class Injection:
    """A span of clean code, the weak text for it, and the span that is weak then: that or one around it."""

    operator: str
    cwe: str
    span: Span
    text: str
    weak: Span


Injector = Callable[[Spans, ast.AST], Iterable[Injection]]


def injected(spans: Spans, injection: Injection) -> tuple[str, Label] | None:
    """Return the weak program and its label; None where its place cannot be marked, or it does not parse."""
    code = spans.code
    if WEAK_START in code or WEAK_END in code:
        return None
    start, end = (_offset(spans, place) for place in injection.span)
    weak_start, weak_end = (_offset(spans, place) for place in injection.weak)
    if not weak_start <= start <= end <= weak_end:
        return None
    inner = code[weak_start:start] + injection.text + code[end:weak_end]
    text, places, _ = read_marks(f"{code[:weak_start]}{WEAK_START}{inner}{WEAK_END}{code[weak_end:]}")
    try:
        ast.parse(text)
    except SyntaxError:
        return None
    return text, Label(*places[0][0], *places[0][1], injection.cwe, injection.operator)


def source(spans: Spans, node: ast.expr) -> str:
    """The text of a node as it is written."""
    start, end = spans.of(node)
    return spans.code[_offset(spans, start) : _offset(spans, end)]


def _offset(spans: Spans, place: Place) -> int:
    return sum(len(line) + 1 for line in spans.lines[: place[0] - 1]) + place[1]
