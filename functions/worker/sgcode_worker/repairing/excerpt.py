"""Cuts out of a program what a model is asked to mend."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import libcst as cst

from sgcode_worker.gates.outline import outline
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.operators.program import Program
from sgcode_worker.repairing.allowed import allowed_changes
from sgcode_worker.repairing.documents import Target
from sgcode_worker.repairing.keep import keep_list
from sgcode_worker.repairing.layout import Layout
from sgcode_worker.repairing.parts import Part, find_parts
from sgcode_worker.source import Source, read_source

MOST_PARTS = 20
_MOST_OF_THE_FILE = 0.6
_SMALL_CLASS = 60
_MOST_IMPORTS = 100
_LONGEST_IMPORT = 500


def excerpt(
    data: bytes,
    targets: Sequence[Target],
    allowed_packages: Iterable[str] = (),
    database_driver: str | None = None,
) -> dict[str, Any]:
    """Return the Excerpt of a program for what is to be mended. Never raises for what is in the program."""
    source = read_source(data)
    program, unreadable = _read_program(source)
    layout = None if source.tree is None else Layout(source.tree, source.text)
    parts = [] if layout is None else find_parts(layout, (target.wanted for target in targets))
    shown = sorted(sorted(parts, key=lambda part: not part.targets)[:MOST_PARTS], key=lambda part: part.line)
    return {
        "whole": unreadable or _too_much(layout, parts, targets),
        "parts": [] if layout is None else _documents(source, layout, shown),
        "imports": [] if source.tree is None else list(_imports(source.tree)),
        "allowed": allowed_changes(source, program, targets, allowed_packages, database_driver),
        "targets": [target.described for target in targets],
    }


def _read_program(source: Source) -> tuple[Program | None, str | None]:
    """The program as LibCST keeps it, or why it cannot."""
    if source.tree is None:
        return None, source.reason
    try:
        program = Program(source.text)
        kept = program.text == source.text
    except (cst.ParserSyntaxError, RecursionError, ValueError):
        return None, "The program could not be read by the rewriting library."
    if not kept:
        return None, "Its form feeds or lone carriage returns could not be kept as they are."
    return program, None


def _too_much(layout: Layout | None, parts: Sequence[Part], targets: Sequence[Target]) -> str | None:
    """Why the parts cannot be replaced one by one."""
    if layout is None or not targets:
        return None
    if not parts:
        return "No statement stands where something is to be mended."
    if len(parts) > MOST_PARTS:
        return f"It would take {len(parts)} parts; the limit is {MOST_PARTS}."
    lengths = [part.end_line - part.line + 1 for part in parts]
    if any(part.is_class and length > _SMALL_CLASS for part, length in zip(parts, lengths, strict=True)):
        return f"What is to be mended belongs to a whole class of more than {_SMALL_CLASS} lines."
    if sum(lengths) > _MOST_OF_THE_FILE * (len(layout.lines) - (not layout.lines[-1])):
        return "The parts make up most of the file."
    return None


def _documents(source: Source, layout: Layout, parts: Sequence[Part]) -> list[dict[str, Any]]:
    assert source.tree is not None
    program = outline(source.tree, source.text)
    return [
        {
            "name": part.name,
            "kind": part.kind,
            "line": part.line,
            "endLine": part.end_line,
            # The line ends belong to the file, not to the part: they are put back with it.
            "code": "\n".join(layout.lines[part.line - 1 : part.end_line]),
            "targets": part.targets,
            "keep": keep_list(program, part),
        }
        for part in parts
    ]


def _imports(tree: ast.Module) -> Iterator[str]:
    """The import statements outside of functions and classes, as far as they are short enough to be shown."""
    waiting: list[ast.AST] = list(reversed(tree.body))
    shown = 0
    while waiting and shown < _MOST_IMPORTS:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            text = source_text(node)
            if len(text) <= _LONGEST_IMPORT:
                shown += 1
                yield text
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))
