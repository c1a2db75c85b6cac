"""Values that are perhaps no text, so that adding them to one fails: what did so before must go on to."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of

_DEPTH = 4
_BYTES = frozenset({"digest", "encode", "urandom", "b64encode", "to_bytes"})


def may_be_no_text(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether the program shows that the value may be None or bytes, and does not look at that before."""
    if depth == 0:
        return False
    if isinstance(node, cst.Name):
        if node.value == "None":
            return True
        values = [each for each in bindings_of(program, node) if each is not None]
        return any(may_be_no_text(program, each, depth - 1) for each in values) and not _is_tested(
            program, node
        )
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return any(may_be_no_text(program, side, depth - 1) for side in (node.left, node.right))
    if isinstance(node, cst.IfExp):
        return any(may_be_no_text(program, side, depth - 1) for side in (node.body, node.orelse))
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = node.func.attr.value
        return name in _BYTES or (name in ("get", "getenv") and _gives_none(node))
    return isinstance(node, cst.SimpleString) and "b" in node.prefix.lower()


def _gives_none(call: cst.Call) -> bool:
    """Whether the call asks for something that may be missing, and says nothing or None to have instead."""
    if not call.args or any(each.star for each in call.args):
        return False
    others = [each for each in call.args[1:] if each.keyword is None or each.keyword.value == "default"]
    missing = [
        each.value for each in others if not (isinstance(each.value, cst.Name) and each.value.value == "None")
    ]
    return call.args[0].keyword is None and not missing and len(others) == len(call.args) - 1


def _is_tested(program: Program, name: cst.Name) -> bool:
    """Whether the function asks anywhere whether the value is there."""
    body = program.enclosing(name, cst.FunctionDef, cst.Module)
    tests = (
        each.test
        for each in program.nodes(cst.If, cst.IfExp, cst.While, cst.Assert)
        if program.enclosing(each, cst.FunctionDef, cst.Module) is body
    )
    return any(_mentions(test, name.value) for test in tests)


def _mentions(node: cst.CSTNode, name: str) -> bool:
    return (isinstance(node, cst.Name) and node.value == name) or any(
        _mentions(each, name) for each in node.children
    )
