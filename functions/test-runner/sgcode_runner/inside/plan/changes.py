"""The statements in which two programs differ: of those that did not run, a comparison says nothing."""

import ast
from difflib import SequenceMatcher
from typing import Any

from sgcode_runner.inside.plan.statements import Statement, statements_of

_MOST_COMPARED = 400
_MOST_MARKED = 1000
_SILENT = (ast.Global, ast.Nonlocal)
_INNER = frozenset({"body", "orelse", "finalbody", "type_comment", "type_params"})


def changed_statements(original: ast.Module, candidate: ast.Module) -> dict[str, list[dict[str, Any]]]:
    """Return the statements of each program that the other one lacks.

    Each is {at, part, line}: its number in `statements_of`, the definition it is in, its line in the source.
    """
    before, after = _by_definition(original), _by_definition(candidate)
    found: dict[str, list[dict[str, Any]]] = {"original": [], "candidate": []}
    for name in dict.fromkeys([*before, *after]):
        gone, new = _differing(before.get(name, []), after.get(name, []))
        found["original"] += [_place(*each) for each in gone]
        found["candidate"] += [_place(*each) for each in new]
    return {side: places[:_MOST_MARKED] for side, places in found.items()}


Numbered = tuple[int, Statement]


def _by_definition(tree: ast.Module) -> dict[str, list[Numbered]]:
    found: dict[str, list[Numbered]] = {}
    for number, statement in enumerate(statements_of(tree)):
        if _runs(statement.node):
            found.setdefault(statement.definition, []).append((number, statement))
    return found


def _runs(node: ast.stmt) -> bool:
    """Whether a statement is one that runs where it stands: no text by itself, no declaration."""
    if isinstance(node, ast.ImportFrom) and node.module == "__future__":
        return False
    return not isinstance(node, _SILENT) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _differing(before: list[Numbered], after: list[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """What one list has and the other lacks; of very long ones all between the first and last difference."""
    one, two = ([_said(statement.node) for _, statement in each] for each in (before, after))
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    before, after = before[start : len(one) - end], after[start : len(two) - end]
    if max(len(before), len(after)) > _MOST_COMPARED:
        return before, after
    one, two = one[start : len(one) - end], two[start : len(two) - end]
    steps = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    changes = [each for each in steps if each[0] != "equal"]
    gone = [each for _, low, high, _, _ in changes for each in before[low:high]]
    return gone, [each for _, _, _, low, high in changes for each in after[low:high]]


def _said(node: ast.stmt) -> str:
    """What a statement says without the blocks inside it, each of whose statements speaks for itself."""
    parts = [type(node).__name__]
    for name, value in ast.iter_fields(node):
        if name in _INNER:
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.ExceptHandler):
                parts.append(f"{each.name} {ast.dump(each.type) if each.type else ''}")
            elif isinstance(each, ast.match_case):
                parts.append(f"{ast.dump(each.pattern)} {ast.dump(each.guard) if each.guard else ''}")
            else:
                parts.append(ast.dump(each) if isinstance(each, ast.AST) else repr(each))
    return " ".join(parts)


def _place(number: int, statement: Statement) -> dict[str, Any]:
    return {"at": number, "part": statement.definition, "line": getattr(statement.node, "lineno", 0)}
