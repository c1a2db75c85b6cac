"""Commands that the program takes apart itself, without regard to quotes."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.commands.quoting.texts import Use
from sgcode_worker.operators.program import Program

_SPLIT = frozenset({"split", "partition", "splitlines"})


def is_taken_apart(program: Program, use: Use) -> bool:
    """Whether the file takes the text apart with `split`, where it gets it or what gives it back."""
    names = set(_names(program, use))
    functions = [each for each in program.nodes(cst.FunctionDef) if each.name.value in names]
    for call in program.nodes(cst.Call):
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _SPLIT:
            continue
        taken = _last(call.func.value)
        if taken in names or (taken and _results(program, taken) & names):
            return True
        if isinstance(use.at, cst.Call) and any(each in functions for each in program.ancestors(call)):
            return True
    return False


def _names(program: Program, use: Use) -> Iterator[str]:
    """What the text is called, and the function that gets it or returns it."""
    if isinstance(use.value, cst.Name):
        yield use.value.value
    if isinstance(use.at, cst.Call) and (called := _last(use.at.func)):
        yield called
    if isinstance(use.at, cst.Return) and (function := program.enclosing(use.at, cst.FunctionDef)):
        yield function.name.value
    if isinstance(use.at, cst.Assign) and (target := _last(use.at.targets[0].target)):
        yield target


def _results(program: Program, name: str) -> set[str]:
    """What is called for a value that stands under a name."""
    found: set[str] = set()
    for statement in program.nodes(cst.Assign):
        if isinstance(statement.value, cst.Call) and _last(statement.targets[0].target) == name:
            found.add(_last(statement.value.func))
    return found


def _last(node: cst.BaseExpression | cst.BaseAssignTargetExpression) -> str:
    if isinstance(node, cst.Call):
        return _last(node.func)
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""
