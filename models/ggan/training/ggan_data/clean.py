"""Functions and classes of the standard library at hand: code that nobody calls weak."""

import ast
import sysconfig
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeAlias

from ggan_data.programs import LabelledProgram

_Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
MIN_LINES, MAX_LINES, MAX_IMPORTS = 8, 150, 12
_LEFT_OUT = {
    "test",
    "tests",
    "idlelib",
    "lib2to3",
    "site-packages",
    "dist-packages",
    "turtledemo",
    "__pycache__",
}


@dataclass(frozen=True)
class Piece:
    """A function or a class with those of its module's imports that it uses."""

    module: str
    name: str
    imports: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def code(self) -> str:
        """The piece as a program of its own."""
        return "\n".join([*self.imports, "", "", *self.lines] if self.imports else self.lines) + "\n"


STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))


def pieces(root: Path = STANDARD_LIBRARY) -> Iterator[Piece]:
    """Yield the pieces of the standard library, or of another folder of modules, by their names."""
    for path in sorted(root.rglob("*.py")):
        if not _LEFT_OUT & set(path.relative_to(root).parts):
            yield from _of_module(path.relative_to(root).as_posix(), path)


def halves(found: Sequence[Piece], seed: int) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces to learn from and those held out: no module is in both halves."""
    chance = Random(f"{seed}/halves")
    modules = sorted({piece.module for piece in found})
    held_out = set(chance.sample(modules, len(modules) // 2))
    learned = [each for each in found if each.module not in held_out]
    return learned, [each for each in found if each.module in held_out]


def chosen(found: Sequence[Piece], name: str, count: int, accepts: Callable[[str], bool]) -> list[Piece]:
    """Return so many pieces whose code is accepted, drawn by a name; fewer where there are not as many."""
    drawn = Random(name).sample(found, len(found))
    return list(islice((piece for piece in drawn if accepts(piece.code)), count))


def clean_programs(learned: Sequence[Piece], held_out: Sequence[Piece]) -> list[LabelledProgram]:
    """Return the pieces as programs."""
    programs: list[LabelledProgram] = []
    for kept_back, half in ((False, learned), (True, held_out)):
        programs += [
            LabelledProgram(
                id=f"clean-{piece.module.removesuffix('.py').replace('/', '.')}-{piece.name}",
                set="clean",
                group=piece.module,
                before=piece.code,
                after=None,
                split="held-out" if kept_back else "train",
            )
            for piece in half
        ]
    return programs


def _of_module(name: str, path: Path) -> Iterator[Piece]:
    try:
        code = path.read_text(encoding="utf-8")
        tree = ast.parse(code)
    except (UnicodeDecodeError, SyntaxError):
        return
    lines = code.split("\n")
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    seen: set[str] = set()
    for name_of, node in _definitions(tree.body):
        first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
        text = textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])).split("\n")
        if name_of not in seen and MIN_LINES <= len(text) <= MAX_LINES and _reads(text):
            seen.add(name_of)
            used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            heads = [ast.unparse(each) for each in imports if used & _names(each)][:MAX_IMPORTS]
            yield Piece(name, name_of, tuple(heads), tuple(text))


def _definitions(body: Iterable[ast.stmt]) -> Iterator[tuple[str, _Definition]]:
    """Functions and classes; the methods of a class that is too long by themselves."""
    for node in body:
        if isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= MAX_LINES:
            for method in node.body:
                if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{node.name}.{method.name}", method
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node


def _reads(lines: Sequence[str]) -> bool:
    """Whether the lines are a program by themselves."""
    try:
        ast.parse("\n".join(lines))
    except SyntaxError:
        return False
    return not any("\f" in line for line in lines)


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The names that an import gives to a module."""
    return {(each.asname or each.name).partition(".")[0] for each in node.names}
