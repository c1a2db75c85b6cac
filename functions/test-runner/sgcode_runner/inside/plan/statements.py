"""The statements of a program in one fixed order, so that a number names one of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = ("body", "orelse", "finalbody")


@dataclass(frozen=True)
class Statement:
    """One statement with the block that it is in, its position there, and the definition around it."""

    node: ast.stmt
    block: list[ast.stmt]
    position: int
    definition: str


def statements_of(tree: ast.Module) -> list[Statement]:
    """Return every statement, outer ones before what is inside them."""
    return list(_in_block(tree.body, ""))


def _in_block(block: list[ast.stmt], definition: str) -> Iterator[Statement]:
    for position, node in enumerate(block):
        yield Statement(node, block, position, definition)
        name = f"{definition}.{node.name}".lstrip(".") if isinstance(node, _SCOPES) else definition
        for inner in blocks_of(node):
            yield from _in_block(inner, name)


def blocks_of(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yield the blocks of statements that a statement holds."""
    for field in _BLOCKS:
        yield getattr(node, field, [])
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body
