"""How a program is laid out in lines: its functions, classes, and the statements of its blocks."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sgcode_worker.source import split_lines

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Path = tuple[str, ...]
Statements = tuple[ast.stmt, ...]


@dataclass(frozen=True)
class Function:
    """A function that stands in no other: its classes and its own name, and its name among equals."""

    node: FunctionNode
    path: Path
    name: str
    """`Class.method`; a second definition of a name is `name#2`, as in the gates."""


@dataclass(frozen=True)
class Block:
    """Statements of the module, or of a class, that share their lines: most often just one."""

    nodes: Statements
    path: Path
    """The classes around it; empty for the module."""


class Layout:
    """The functions of a program and the blocks of its module and classes, in the order of the text.

    `open_lines` begin compound statements that are not there: what they hold counts as beside them.
    """

    def __init__(self, tree: ast.Module, text: str, open_lines: frozenset[int] = frozenset()) -> None:
        self.tree = tree
        self.lines = split_lines(text)
        self.functions: list[Function] = []
        self.names: dict[int, str] = {}
        """Functions outside of functions, and classes, by identity → qualified name."""
        self._open_lines = open_lines
        self._seen: Counter[str] = Counter()
        self._read(tree.body, (), "")

    def _read(self, body: Sequence[ast.stmt], path: Path, owner: str) -> None:
        for node in body:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                for inner in inner_bodies(node):
                    self._read(inner, path, owner)
                continue
            name = f"{owner}.{node.name}" if owner else node.name
            self._seen[name] += 1
            self.names[id(node)] = name = name if self._seen[name] == 1 else f"{name}#{self._seen[name]}"
            if isinstance(node, ast.ClassDef):
                self._read(node.body, (*path, node.name), name)
            else:
                self.functions.append(Function(node, (*path, node.name), name))

    @cached_property
    def blocks(self) -> list[Block]:
        """Every block right in the module or in a class: none that stands in an `if` or its like."""
        return list(self._blocks(self.tree.body, ()))

    def _blocks(self, body: Sequence[ast.stmt], path: Path, *, direct: bool = True) -> Iterator[Block]:
        for group in groups(body):
            node = group[0]
            is_open = direct and node.lineno in self._open_lines
            if direct and not is_open:
                yield Block(group, path)
            if isinstance(node, ast.ClassDef):
                yield from self._blocks(node.body, (*path, node.name))
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for inner in inner_bodies(node):
                    yield from self._blocks(inner, path, direct=is_open)

    def begins_line(self, node: ast.stmt) -> bool:
        """Whether nothing but white space stands before a statement in its line."""
        return not self.lines[node.lineno - 1].encode()[: node.col_offset].strip()

    def indentation(self, line: int) -> str:
        """The white space at the beginning of a line."""
        text = self.lines[line - 1]
        return text[: len(text) - len(text.lstrip(" \t\f"))]


def first_line(node: ast.stmt) -> int:
    """The line in which a statement begins, decorators included."""
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])


def last_line(nodes: Statements) -> int:
    """The line in which the last of some statements ends."""
    return max(node.end_lineno or node.lineno for node in nodes)


def groups(body: Sequence[ast.stmt]) -> Iterator[Statements]:
    """Yield the statements of a block, those that share a line together."""
    group: list[ast.stmt] = []
    for node in body:
        if group and first_line(node) > last_line(tuple(group)):
            yield tuple(group)
            group = []
        group.append(node)
    if group:
        yield tuple(group)


def inner_bodies(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the bodies right inside a compound statement, in the order of the text."""
    parts = [node, *getattr(node, "handlers", ()), *getattr(node, "cases", ())]
    names = ("body", "orelse", "finalbody")
    found = [getattr(part, name, None) for name in names for part in parts]
    yield from sorted((body for body in found if body), key=lambda body: body[0].lineno)
