"""Where a finding stands: its node, span, enclosing definition and statement."""

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sgcode_worker.analyzers.analyzer import Span
from sgcode_worker.limits import MAX_SNIPPET
from sgcode_worker.source import Source, split_lines

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_STATEMENTS = (ast.stmt, ast.excepthandler)


class Reported(NamedTuple):
    """A position as a tool reports it: byte columns, and a line that may lie below the node's first."""

    line: int
    column: int
    end_column: int
    last_line: int


class _Place(NamedTuple):
    node: ast.AST
    definition: str
    statement: ast.AST | None


@dataclass(frozen=True)
class Located:
    """A finding's place in the program."""

    span: Span
    definition: str
    code: str
    """Source lines of the statement, or of its header where it is a compound one."""
    statement: str
    """The same from its first to its last character: what the fingerprint is made of."""


class Places:
    """Finds the places that a tool reports in one program, on the given lines or, without them, on any."""

    def __init__(self, source: Source, lines: Iterable[int] | None = None) -> None:
        self._text = source.text
        self._lines = split_lines(source.text)
        wanted = range(1, len(self._lines) + 1) if lines is None else sorted(set(lines))
        self._places = list(_walk(source.tree, wanted)) if source.tree else []
        self._by_start: dict[tuple[int, int, int], list[_Place]] = {}
        self._calls: dict[tuple[int, int], list[_Place]] = {}
        for place in self._places:
            node = place.node
            columns = (node.col_offset, node.end_col_offset)
            self._by_start.setdefault((node.lineno, *columns), []).append(place)
            if isinstance(node, ast.Call) and node.end_lineno != node.lineno:
                self._calls.setdefault(columns, []).append(place)

    def at_node(self, reported: Reported) -> Located:
        """Return the place of the node that a tool reported by its columns.

        Tools may report the line of an argument with the columns of its call: then the argument is the place.
        """
        exact = self._by_start.get((reported.line, reported.column, reported.end_column), ())
        for place in exact:
            if place.node.end_lineno == reported.last_line:
                return self._located(place, self._span(place.node))
        if exact:
            return self._located(exact[-1], self._span(exact[-1].node))
        for place in self._calls.get((reported.column, reported.end_column), ()):
            keyword = _keyword_on(place.node, reported.line)
            if keyword is not None:
                return self._located(place, self._span(keyword))
        return self.at_line(reported.line)

    def at_line(self, line: int) -> Located:
        """Return the place of a line, from its first character that is not white space to its last."""
        text = self._lines[line - 1]
        start = len(text) - len(text.lstrip())
        return self._located(self._innermost(line), Span(line, start, line, max(start, len(text.rstrip()))))

    def at_offset(self, offset: int) -> Located:
        """Return the place of one character of the text."""
        before = split_lines(self._text[:offset])
        line, column = len(before), len(before[-1])
        return self._located(self._innermost(line), Span(line, column, line, column + 1))

    def _innermost(self, line: int) -> _Place:
        around = [place for place in self._places if place.node.lineno <= line <= place.node.end_lineno]
        return around[-1] if around else _Place(ast.Pass(), "", None)

    def _span(self, node: ast.AST) -> Span:
        return Span(
            node.lineno,
            self._code_points(node.lineno, node.col_offset),
            node.end_lineno,
            self._code_points(node.end_lineno, node.end_col_offset),
        )

    def _code_points(self, line: int, byte_column: int) -> int:
        """The one place where byte columns become columns in code points."""
        text = self._lines[line - 1]
        if text.isascii():
            return min(byte_column, len(text))
        return len(text.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "ignore"))

    def _located(self, place: _Place, span: Span) -> Located:
        if place.statement is None:
            line = self._lines[span.line - 1]
            return Located(span, place.definition, line[:MAX_SNIPPET], line)
        whole = self._span(place.statement)
        end_line, end_column = whole.end_line, whole.end_column
        body = None if isinstance(place.node, ast.excepthandler) else _first_of_body(place.statement)
        if isinstance(place.statement, ast.Match):
            end_line = self._span(place.statement.subject).end_line
            end_column = len(self._lines[end_line - 1])
        elif body is not None:
            end_line, end_column = self._header_end(whole, self._span(body))
        lines = self._lines[whole.line - 1 : end_line]
        code = _join(lines, MAX_SNIPPET)
        lines[-1] = lines[-1][:end_column]
        lines[0] = lines[0][whole.column :]
        return Located(span, place.definition, code, "\n".join(lines))

    def _header_end(self, whole: Span, body: Span) -> tuple[int, int]:
        if self._lines[body.line - 1][: body.column].strip(" \t\f@"):
            return body.line, body.column
        line = body.line - 1
        while line > whole.line and self._lines[line - 1].lstrip()[:1] in ("", "#"):
            line -= 1
        return line, len(self._lines[line - 1])


def _walk(tree: ast.Module, wanted: Sequence[int]) -> Iterator[_Place]:
    """Every node with a position on a wanted line, outer before inner, in the order of the file.

    What lies on other lines is not entered: most of a program has no findings.
    """
    waiting = [_Place(child, "", None) for child in reversed(tree.body) if _is_on(child, wanted)]
    while waiting:
        node, outer, statement = waiting.pop()
        if isinstance(node, _STATEMENTS):
            statement = node
        inner = ".".join(filter(None, (outer, node.name))) if isinstance(node, _DEFINITIONS) else outer
        if hasattr(node, "lineno"):
            yield _Place(node, inner, statement)
        decorators = set(map(id, getattr(node, "decorator_list", ())))
        children = [
            _Place(child, outer if id(child) in decorators else inner, statement)
            for child in ast.iter_child_nodes(node)
            if _is_on(child, wanted)
        ]
        waiting.extend(reversed(children))


def _is_on(node: ast.AST, wanted: Sequence[int]) -> bool:
    """Whether some wanted line lies between the node's first, decorators included, and its last."""
    first = getattr(node, "lineno", None)
    if first is None:
        return True
    for decorator in getattr(node, "decorator_list", ()):
        first = min(first, decorator.lineno)
    index = bisect_left(wanted, first)
    return index < len(wanted) and wanted[index] <= node.end_lineno


def _join(lines: list[str], limit: int) -> str:
    """The lines as one text, cut to the limit before it is built: a line may be a whole program long."""
    text = ""
    for line in lines:
        text += line[:limit] + "\n"
        if len(text) > limit:
            return text[:limit]
    return text[:-1]


def _keyword_on(call: ast.AST, line: int) -> ast.keyword | None:
    keywords = call.keywords if isinstance(call, ast.Call) else []
    return next((keyword for keyword in keywords if keyword.value.lineno == line), None)


def _first_of_body(statement: ast.AST) -> ast.AST | None:
    body = getattr(statement, "body", None)
    if not body:
        return None
    return next(iter(getattr(body[0], "decorator_list", ())), body[0])
