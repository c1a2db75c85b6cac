"""Reads what a model answered: Python text, with or without classes and the rest of the file around it."""

import ast
import re
import warnings
from dataclasses import dataclass
from itertools import pairwise

import libcst as cst

from sgcode_worker.limits import MAX_CODE_BYTES
from sgcode_worker.operators.program import Program
from sgcode_worker.repairing.layout import Layout
from sgcode_worker.repairing.malformed import MalformedError
from sgcode_worker.source import read_source

# Python looks for the name of an encoding in the first two lines; this text is none any more.
_BEFORE = "\n\n"
_MOST_INDENTED = 25
_MOST_BYTES = 200_000


@dataclass(frozen=True)
class Answer:
    """An answer that parses, with `\\n` at its line ends."""

    layout: Layout
    program: Program


def plain_text(code: str, most_bytes: int = MAX_CODE_BYTES) -> str:
    """Return the text with `\\n` at its line ends. Raises MalformedError where it is no text of a program."""
    text = re.sub(r"\r\n?", "\n", code.removeprefix("\ufeff"))
    if not text.strip():
        raise MalformedError("The answer holds no code.")
    if "\0" in text:
        raise MalformedError("The answer holds a NUL character.")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise MalformedError("The answer holds characters that no text may hold.") from None
    if size > most_bytes:
        raise MalformedError(f"The answer is larger than {most_bytes:,} bytes.")
    return text


def read_answer(code: str) -> Answer:
    """Return the answer. Raises MalformedError where it is not Python, or too large or deep.

    Methods may stand indented without their class, as they stand in the file.
    """
    text = plain_text(code, _MOST_BYTES)
    lines = [*_BEFORE.split("\n")[:-1], *text.split("\n")]
    opened: set[int] = set()
    while len(opened) < _MOST_INDENTED and (line := _unexpected_indent(lines)):
        lines.insert(line - 1, "if 1:")
        opened = {line, *opened}
    joined = "\n".join(lines)
    source = read_source(joined.encode())
    if source.tree is None:
        raise MalformedError(f"The answer does not parse: {where_wrong(joined, len(_BEFORE) + len(opened))}.")
    _check_opened(source.tree, opened, len(_BEFORE))
    try:
        program = Program(joined)
        kept = program.text == joined
    except (cst.ParserSyntaxError, RecursionError, ValueError):
        kept = False
    if not kept:
        raise MalformedError(
            "The answer could not be read by the rewriting library: write it in plain Python."
        )
    return Answer(Layout(source.tree, joined, frozenset(opened)), program)


def _check_opened(tree: ast.Module, opened: set[int], added: int) -> None:
    """Behind a function, what is indented too deep would be the end of that, and the function cut short."""
    for before, node in pairwise(tree.body):
        if node.lineno in opened and hasattr(before, "body"):
            added += sum(line <= node.lineno for line in opened) - 1
            line = node.lineno - added
            raise MalformedError(f"The answer does not parse: IndentationError in line {line}.")


def _syntax_error(text: str) -> SyntaxError | None:
    """What is wrong with a text, which may be hostile; None where it parses or cannot be told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error
    except (RecursionError, MemoryError, ValueError, OverflowError):
        return None
    return None


def _unexpected_indent(lines: list[str]) -> int | None:
    error = _syntax_error("\n".join(lines))
    return error.lineno if isinstance(error, IndentationError) and error.msg == "unexpected indent" else None


def where_wrong(text: str, added: int = 0) -> str:
    """Return the kind and the line of what is wrong with a text; `added` lines come before its author's."""
    error = _syntax_error(text)
    if error is None or not error.lineno:
        return "it nests too deep or is too large"
    return f"{type(error).__name__} in line {max(1, error.lineno - added)}"
