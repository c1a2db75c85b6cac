"""Programs with one thing taken out, for the tests that a loss never passes."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Removal:
    """A program without one function, decorator or statement; `what` names it."""

    what: str
    code: str


def emptied(code: str) -> str:
    """Return the program with every function's body replaced by `pass`."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = [ast.Pass()]
    return ast.unparse(ast.fix_missing_locations(tree))


def removals(code: str) -> Iterator[Removal]:
    """Yield the program without each thing that has an effect, one at a time."""
    tree = ast.parse(code)
    for index, node in enumerate(ast.walk(tree)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for number in range(len(node.decorator_list)):
                yield _without(
                    tree, index, f"decorator {number} of {node.name}", _drop("decorator_list", number)
                )
        for block in ("body", "orelse", "finalbody"):
            statements = getattr(node, block, None)
            if not isinstance(statements, list):
                continue
            for number, statement in enumerate(statements):
                if isinstance(statement, ast.stmt) and has_effect(statement):
                    told = f"line {statement.lineno}: {ast.unparse(statement).splitlines()[0][:70]}"
                    yield _without(tree, index, told, _drop(block, number))


def has_effect(statement: ast.stmt) -> bool:
    """Whether anybody could notice that the statement is gone."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom))
    if isinstance(statement, ast.Return):
        return statement.value is not None
    return isinstance(
        statement,
        (
            ast.FunctionDef,
            ast.AsyncFunctionDef,
            ast.ClassDef,
            ast.Raise,
            ast.Assert,
            ast.Delete,
            ast.Assign,
            ast.AugAssign,
        ),
    )


def _drop(field: str, number: int) -> Callable[[ast.AST], None]:
    def drop(node: ast.AST) -> None:
        left = getattr(node, field)
        del left[number]
        if not left and field == "body" and not isinstance(node, ast.Module):
            left.append(ast.Pass())

    return drop


def _without(tree: ast.Module, index: int, what: str, drop: Callable[[ast.AST], None]) -> Removal:
    changed = copy.deepcopy(tree)
    drop(list(ast.walk(changed))[index])
    return Removal(what, ast.unparse(ast.fix_missing_locations(changed)))
