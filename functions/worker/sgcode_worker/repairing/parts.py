"""Finds the parts of a program that a model may replace: the functions and statements around some lines."""

import ast
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sgcode_worker.repairing.layout import (
    Function,
    Layout,
    Path,
    Statements,
    first_line,
    groups,
    inner_bodies,
    last_line,
)

Kind = Literal["function", "method", "statement"]


@dataclass
class Part:
    """A piece of the code that is replaced whole: it has its lines for itself."""

    kind: Kind
    nodes: Statements
    path: Path
    """Of a function, its classes and its name; of a statement, the classes around it."""
    name: str
    targets: list[str] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Its first line, decorators included."""
        return first_line(self.nodes[0])

    @property
    def end_line(self) -> int:
        """Its last line."""
        return last_line(self.nodes)

    @property
    def is_import(self) -> bool:
        """Whether it holds nothing but imports."""
        return all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in self.nodes)

    @property
    def is_class(self) -> bool:
        """Whether it is a whole class."""
        return isinstance(self.nodes[0], ast.ClassDef)


@dataclass(frozen=True)
class Wanted:
    """Lines whose parts are asked for: those of a target, and those on the way to it."""

    id: str
    line: int
    end_line: int
    lines: Sequence[int]


def find_parts(layout: Layout, wanted: Iterable[Wanted]) -> list[Part]:
    """Return the parts in the order of the text, each once, none inside another."""
    finder = _Finder(layout)
    found: dict[int, Part] = {}
    for each in wanted:
        part = finder.first_at(range(each.line, min(each.end_line, len(layout.lines)) + 1))
        if part is not None:
            found.setdefault(part.line, part).targets.append(each.id)
        for line in each.lines:
            passed = finder.at(line)
            if passed is not None and not passed.is_import:
                found.setdefault(passed.line, passed)
    return _named(_apart(found.values()))


def part_at(layout: Layout, line: int, end_line: int) -> Part | None:
    """Return the part that has exactly these lines."""
    part = _Finder(layout).at(line)
    return part if part is not None and (part.line, part.end_line) == (line, end_line) else None


class _Finder:
    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.functions = {id(each.node): each for each in layout.functions}

    def first_at(self, lines: Iterable[int]) -> Part | None:
        return next((part for line in lines if (part := self.at(line)) is not None), None)

    def at(self, line: int) -> Part | None:
        """The part around a line; None where no statement stands in it."""
        return self._in(self.layout.tree.body, line, (), "module")

    def _in(self, body: Sequence[ast.stmt], line: int, path: Path, owner: str) -> Part | None:
        around = (each for each in groups(body) if first_line(each[0]) <= line <= last_line(each))
        group = next(around, None)
        if group is None:
            return None
        node = group[0]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return _function(self.functions[id(node)])
        if isinstance(node, ast.ClassDef):
            if line >= first_line(node.body[0]) and self.layout.begins_line(node.body[0]):
                return self._in(node.body, line, (*path, node.name), self.layout.names[id(node)])
            return Part("statement", group, path, owner)
        for inner in inner_bodies(node):
            part = self._in(inner, line, path, owner)
            if part is not None and (part.kind != "statement" or part.path != path):
                return part
        return Part("statement", group, path, owner)


def _function(function: Function) -> Part:
    kind: Kind = "method" if len(function.path) > 1 else "function"
    return Part(kind, (function.node,), function.path, function.name)


def _apart(parts: Iterable[Part]) -> list[Part]:
    """The parts without those inside others, whose targets the outer ones take over."""
    kept: list[Part] = []
    for part in sorted(parts, key=lambda each: (each.line, -each.end_line)):
        if kept and part.line <= kept[-1].end_line:
            kept[-1].targets += part.targets
        else:
            kept.append(part)
    return kept


def _named(parts: list[Part]) -> list[Part]:
    """The parts with their names: `module:1` for the first statement of the module, `A:1` for one of A."""
    seen: Counter[str] = Counter()
    for part in parts:
        if part.kind == "statement":
            seen[part.name] += 1
            part.name = f"{part.name}:{seen[part.name]}"
    return parts
