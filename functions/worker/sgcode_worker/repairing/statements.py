"""Finds for each statement that was asked for what answers it."""

import ast
from collections.abc import Hashable, Iterator, Sequence

from sgcode_worker.gates.source_text import source_text
from sgcode_worker.repairing.layout import Block, Layout, Path, Statements, first_line
from sgcode_worker.repairing.malformed import MalformedError, quoted
from sgcode_worker.repairing.names import loaded_names, stored_names
from sgcode_worker.repairing.parts import Part
from sgcode_worker.repairing.replaced import Replaced, by_number


def match_statements(code: Layout, answer: Layout, parts: Sequence[Part]) -> Iterator[Replaced]:
    """Yield the statements of the module and of classes that are answered."""
    for path in dict.fromkeys(part.path for part in parts):
        yield from _Statements(code, answer, path, [part for part in parts if part.path == path]).match()


class _Statements:
    """The statements of the module, or of one class, matched by what they bind, call or test."""

    def __init__(self, code: Layout, answer: Layout, path: Path, parts: list[Part]) -> None:
        self.known = [block for block in code.blocks if block.path == path]
        offered = [block for block in answer.blocks if block.path == path and not _is_function(block)]
        # Where the class is not there, what its statements bind may stand alone.
        self.alone = bool(path) and not offered
        self.offered = offered or [
            block for block in answer.blocks if not block.path and not _is_function(block)
        ]
        self.answer = answer
        self.waiting = parts
        self.found: list[Replaced] = []

    def match(self) -> list[Replaced]:
        self.pair_equal()
        if not self.alone:
            kept = {_key(block.nodes) for block in self.known if not self.is_wanted(block)}
            self.offered = [block for block in self.offered if _key(block.nodes) not in kept]
            self.pair_kinds()
            self.pair_last()
        return self.found

    def pair_equal(self) -> None:
        """Those that bind, call or test the same, in the order of the text."""
        for key in dict.fromkeys(_key(part.nodes) for part in self.waiting):
            parts = [part for part in self.waiting if _key(part.nodes) == key]
            known = [block for block in self.known if _key(block.nodes) == key]
            offered = [block for block in self.offered if _key(block.nodes) == key]
            wanted = {part.line for part in parts}
            numbers = [index for index, block in enumerate(known) if first_line(block.nodes[0]) in wanted]
            for part, block in zip(parts, by_number(numbers, len(known), offered) or (), strict=False):
                self.take(part, block)

    def pair_kinds(self) -> None:
        """Those of one kind where as many are left as were asked for: what is called or tested may change."""
        for kind in dict.fromkeys(_kind(part.nodes) for part in self.waiting):
            parts = [part for part in self.waiting if _kind(part.nodes) == kind]
            offered = [block for block in self.offered if _kind(block.nodes) == kind]
            if kind is not None and len(parts) == len(offered):
                for part, block in zip(parts, offered, strict=True):
                    self.take(part, block)

    def pair_last(self) -> None:
        """The only one left; a constant that other code of the answer needs is none."""
        needed = {name for each in self.found for name in loaded_names(each.nodes)}
        needed.update(name for each in self.answer.functions for name in loaded_names((each.node,)))
        left = [
            block
            for block in self.offered
            if not isinstance(block.nodes[0], (ast.Import, ast.ImportFrom, ast.ClassDef))
            and not needed.intersection(stored_names(block.nodes))
        ]
        if len(left) == 1 and len(self.waiting) == 1:
            part = self.waiting[0]
            alike = _holds_function(part.nodes) == _holds_function(left[0].nodes)
            if alike and not part.is_import and not part.is_class:
                self.take(part, left[0])

    def take(self, part: Part, block: Block) -> None:
        if not _functions(part.nodes) <= _functions(block.nodes):
            raise MalformedError(f"Answer all of {quoted(part.name)}: functions in it are missing.")
        self.waiting = [each for each in self.waiting if each is not part]
        self.offered = [each for each in self.offered if each is not block]
        self.found.append(Replaced(part, block.nodes))

    def is_wanted(self, block: Block) -> bool:
        wanted = (*self.waiting, *(each.part for each in self.found))
        return any(part.line == first_line(block.nodes[0]) for part in wanted)


def _is_function(block: Block) -> bool:
    return isinstance(block.nodes[0], (ast.FunctionDef, ast.AsyncFunctionDef))


def _key(nodes: Statements) -> Hashable:
    return tuple(_key_of(node) for node in nodes)


def _kind(nodes: Statements) -> Hashable:
    """The kinds of some statements; None for what is known by its name alone."""
    kinds = tuple(_key_of(node)[0] for node in nodes)
    return None if {"assign", "import", "class"}.intersection(kinds) else (kinds, _holds_function(nodes))


def _holds_function(nodes: Statements) -> bool:
    """Whether functions stand in a statement: such a one is never taken for one without."""
    return bool(_functions(nodes))


def _functions(nodes: Statements) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {each.name for node in nodes for each in ast.walk(node) if isinstance(each, functions)}


def _key_of(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.Assign):
        return ("assign", *(source_text(target) for target in node.targets))
    if isinstance(node, ast.AnnAssign):
        return ("assign", source_text(node.target))
    if isinstance(node, ast.Expr):
        value = node.value.value if isinstance(node.value, ast.Await) else node.value
        return ("expression", source_text(value.func) if isinstance(value, ast.Call) else "")
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return ("import", *sorted(alias.asname or alias.name for alias in node.names))
    if isinstance(node, ast.ClassDef):
        return ("class", node.name)
    if isinstance(node, (ast.If, ast.While)):
        return (type(node).__name__, source_text(node.test))
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return (type(node).__name__, source_text(node.target))
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return (type(node).__name__, *(_callee(item.context_expr) for item in node.items))
    return (type(node).__name__,)


def _callee(node: ast.expr) -> str:
    return source_text(node.func) if isinstance(node, ast.Call) else ""
