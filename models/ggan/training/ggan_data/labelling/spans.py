"""The syntax tree of a program with spans in code points."""

import ast
import warnings
from dataclasses import dataclass
from functools import cached_property

from ggan_data.labelling.tokens import Line, logical_lines
from ggan_data.programs import Place

Span = tuple[Place, Place]
_HEADS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.If,
    ast.While,
    ast.For,
    ast.AsyncFor,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.Match,
)


@dataclass(frozen=True)
class Spans:
    """A parsed program. Raises SyntaxError where it cannot be parsed."""

    code: str

    @cached_property
    def lines(self) -> list[str]:
        """The program's lines."""
        return self.code.split("\n")

    @cached_property
    def tokens(self) -> list[Line]:
        """The program's tokens by statement."""
        return logical_lines(self.code)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree. What Python warns of in the program is none of our business."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(self.code)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node whose place is real."""
        return [
            node for node in ast.walk(self.tree) if not isinstance(node, ast.expr) or self.is_placed(node)
        ]

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """What each node is a part of."""
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def expressions(self) -> list[ast.expr]:
        """Every expression whose place is real."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.expr) and self.is_placed(node)]

    @cached_property
    def statements(self) -> list[ast.stmt]:
        """Every statement."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.stmt)]

    def of(self, node: ast.expr | ast.stmt) -> Span:
        """Where the node begins and ends, columns in code points."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        start = (node.lineno, self.column(node.lineno, node.col_offset))
        return start, (end_line, self.column(end_line, end_column))

    def is_placed(self, node: ast.expr) -> bool:
        """Whether the node's place is real: inside f-strings it is not before Python 3.12."""
        parent = self.parents.get(node)
        while parent is not None and not isinstance(parent, ast.stmt):
            if isinstance(parent, ast.JoinedStr):
                return False
            parent = self.parents.get(parent)
        return True

    def head(self, statement: ast.stmt) -> Span:
        """The span of a statement without the statements in it."""
        start, end = self.of(statement)
        body = getattr(statement, "body", None)
        if not isinstance(statement, _HEADS) or not isinstance(body, list) or not body:
            return start, end
        first = body[0]
        return start, self.of(first)[0] if isinstance(first, ast.stmt) else end

    def statement_at(self, place: Place) -> ast.stmt | None:
        """The innermost statement that the place is in."""
        found: ast.stmt | None = None
        for statement in self.statements:
            start, end = self.of(statement)
            if start <= place < end and (found is None or self.of(found)[0] <= start):
                found = statement
        return found

    def smallest(self, span: Span) -> ast.expr | None:
        """The smallest expression around a span."""
        around = [node for node in self.expressions if contains(self.of(node), span)]
        return min(around, key=self.size, default=None)

    def size(self, node: ast.expr) -> tuple[int, int]:
        """How long the node is: its lines, then its columns."""
        (line, column), (end_line, end_column) = self.of(node)
        return end_line - line, end_column - column if end_line == line else end_column

    def column(self, line: int, offset: int) -> int:
        """The code points before a column that is given in bytes of UTF-8."""
        text = self.lines[line - 1]
        return offset if text.isascii() else len(text.encode("utf-8")[:offset].decode("utf-8"))


def contains(outer: Span, inner: Span) -> bool:
    """Whether the inner span lies in the outer one."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
