"""The labels of a program and its fix."""

import ast
from collections.abc import Iterable, Sequence

from ggan_data.labelling.changes import Hunk, hunks
from ggan_data.labelling.insertions import checked_use, following_place, sanitized_flow, wrapped_flow
from ggan_data.labelling.operators import Evidence, operator_of
from ggan_data.labelling.places import changed_places, main_place
from ggan_data.labelling.spans import Span, Spans, contains
from ggan_data.labelling.tokens import Line, words
from ggan_data.programs import Cut, Label


def label_pair(before: str, after: str, cwe: str) -> tuple[tuple[Label, ...], tuple[Cut, ...]]:
    """Return the weak places of `before` and the flows that the fix sanitizes.

    A place is what the fix changed in a statement, as `changed_places` finds it; where it only put statements
    in, it is the nearest use of what they check; and where they check nothing, what the next statement is
    about.
    Raises SyntaxError or tokenize.TokenError for what cannot be parsed.
    """
    spans = Spans(before)
    found = hunks(before, after)
    placed = [(hunk, place) for hunk in found for place in _places(spans, hunk)]
    if not placed:
        placed = [(hunk, place) for hunk in found if (place := following_place(spans, hunk)) is not None]
    if not placed:
        placed = [(hunk, place) for hunk in found[:1] for place in _last_resort(spans, hunk)]
    labels = [
        _label(place, cwe, operator_of(cwe, _evidence(spans, hunk, found, place))) for hunk, place in placed
    ]
    flows = [flow for hunk in found for flow in (sanitized_flow(spans, hunk), wrapped_flow(spans, hunk))]
    return _without_doubles(labels), tuple(dict.fromkeys(flow for flow in flows if flow is not None))


def _places(spans: Spans, hunk: Hunk) -> list[Span]:
    use = checked_use(spans, hunk)
    return changed_places(spans, hunk) + ([] if use is None else [use])


def _last_resort(spans: Spans, hunk: Hunk) -> list[Span]:
    """The first statement of the function whose head alone was changed, else the last one of the program."""
    start = hunk.before[0][0].start if hunk.before else (10**9, 0)
    statements = [each for each in spans.statements if not isinstance(each, ast.FunctionDef | ast.ClassDef)]
    later = [each for each in statements if spans.of(each)[0] >= start] or statements[-1:]
    place = main_place(spans, later[0]) if later else None
    return [] if place is None else [place]


def _evidence(spans: Spans, hunk: Hunk, found: Sequence[Hunk], place: Span) -> Evidence:
    added = hunk.added if hunk.before else tuple(each for line in hunk.after for each in line)
    statement = spans.statement_at(place[0])
    return Evidence(
        place=_text(spans, place),
        statement=_text(spans, spans.head(statement) if statement else place),
        removed="".join(each.text for each in hunk.removed),
        added="".join(each.text for each in added),
        before=_joined(line for each in found for line in each.before),
        after=_joined(line for each in found for line in each.after),
    )


def _text(spans: Spans, span: Span) -> str:
    lines = spans.tokens
    return "".join(each.text for line in lines for each in line if contains(span, (each.start, each.end)))


def _joined(lines: Iterable[Line]) -> str:
    return "\n".join("".join(words(line)) for line in lines)


def _label(place: Span, cwe: str, operator: str | None) -> Label:
    (line, column), (end_line, end_column) = place
    return Label(line, column, end_line, end_column, cwe, operator)


def _without_doubles(labels: Sequence[Label]) -> tuple[Label, ...]:
    """Each place once, with an operator where any of its labels has one; in the order of the program."""
    best: dict[tuple[int, int, int, int], Label] = {}
    for label in labels:
        key = (label.line, label.column, label.end_line, label.end_column)
        if key not in best or best[key].operator is None:
            best[key] = label
    return tuple(best[key] for key in sorted(best))
