"""Exceptions that nobody hears of: raised inside a `try` whose handlers drop them without a look."""

import ast
import builtins
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.surface.exceptions import caught_names

_BROAD = frozenset({"BaseException", "Exception"})
# In a handler, each of these could pass on what was caught.
_TELLING = (ast.Call, ast.Raise, ast.Await, ast.Yield, ast.YieldFrom)


def unheard(definition: Definition, names: Names) -> set[int]:
    """Return the ids of the raise statements whose texts reach neither a caller nor a log."""
    if not definition.raises or not definition.handlers:
        return set()
    return {
        id(statement)
        for node in ast.walk(definition.node)
        if isinstance(node, ast.Try) and _drops(node, names)
        for statement in _raises(node.body)
        if _ordinary(statement)
    }


def _drops(node: ast.Try, names: Names) -> bool:
    """Whether every handler is silent about what it caught, and one of them catches everything."""
    silent = not any(
        isinstance(part, _TELLING) or (isinstance(part, ast.Name) and part.id == handler.name)
        for handler in node.handlers
        for statement in handler.body
        for part in ast.walk(statement)
    )
    return silent and any(_BROAD.intersection(caught_names(each, names)) for each in node.handlers)


def _raises(body: list[ast.stmt]) -> Iterator[ast.Raise]:
    """The raise statements that only this `try` can catch: an inner one, or a `with`, may see them first."""
    for statement in body:
        if isinstance(statement, ast.Raise):
            yield statement
        elif isinstance(statement, (ast.If, ast.For, ast.While)):
            yield from _raises(statement.body)
            yield from _raises(statement.orelse)


def _ordinary(statement: ast.Raise) -> bool:
    """Whether `except Exception` catches it: leaving the program shows its text."""
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    known = getattr(builtins, raised.id, None) if isinstance(raised, ast.Name) else None
    return isinstance(known, type) and issubclass(known, Exception)
