"""What names in a query stand for: one fixed text, or one of a few that the code itself lists."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.texts import Lookup, fold

_FEW = 12


def constants(program: Outline, definition: Definition) -> Lookup:
    """Return a lookup of the names that the definition sees bound once only, to a fixed text."""
    declared = {
        name
        for each in program.definitions.values()
        for statement in each.statements
        if isinstance(statement, (ast.Global, ast.Nonlocal))
        for name in statement.names
    }

    def find(name: str) -> ast.expr | None:
        if name in declared or any(name in each.bindings for each in _around(program, definition)):
            return None
        owner = definition if name in definition.bindings else program.module
        value = owner.single(name)
        return value if _is_text(value) else None

    return find


def said(node: ast.expr, definition: Definition, lookup: Lookup) -> list[str]:
    """Return every text that the expression may say, one for each choice of the fixed texts in it."""
    chosen = next((found for part in ast.walk(node) if (found := _choices(part, definition))), None)
    if chosen is None:
        text = fold(node, lookup, fills=True)
        return [] if text is None else [text]
    place, choices = chosen
    texts = (fold(node, lookup, fills=True, given={place: each}) for each in choices)
    return [text for text in texts if text is not None]


def _choices(node: ast.AST, definition: Definition) -> tuple[str, list[str]] | None:
    """The expression as it is written, and the texts that it chooses from."""
    if isinstance(node, ast.IfExp):
        values: list[ast.expr | None] = [node]
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        values = definition.bindings.get(node.id, [])
        if values == [None]:
            values = list(_gone_through(node.id, definition))
    else:
        return None
    texts = [text for each in values for text in _texts(each)]
    few = dict.fromkeys(text for text in texts if text is not None)
    return (ast.dump(node), [*few]) if None not in texts and 1 < len(few) <= _FEW else None


def _texts(value: ast.expr | None) -> list[str | None]:
    if isinstance(value, ast.IfExp):
        return [*_texts(value.body), *_texts(value.orelse)]
    return [value.value if _is_text(value) else None]  # type: ignore[union-attr]


def _gone_through(name: str, definition: Definition) -> Iterator[ast.expr | None]:
    """The elements of the list or tuple that a loop gives to the name."""
    for each in definition.statements:
        if isinstance(each, ast.For) and isinstance(each.target, ast.Name) and each.target.id == name:
            yield from each.iter.elts if isinstance(each.iter, (ast.List, ast.Tuple)) else [None]


def _is_text(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _around(program: Outline, definition: Definition) -> Iterator[Definition]:
    """The functions and classes that the definition stands in."""
    name = definition.name.rpartition(".")[0]
    while name:
        if name in program.definitions:
            yield program.definitions[name]
        name = name.rpartition(".")[0]
