"""What is certain about a value: that it is a text or a number, or that it may be SQL by itself."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of, is_builtin, returned_by
from sgcode_worker.operators.queries.text.pieces import is_text

_DEPTH = 5
_REQUEST_TEXTS = frozenset(
    f"flask.request.{part}" for part in ("form", "args", "values", "cookies", "headers")
)
_TEXT_METHODS = frozenset({"hexdigest", "hex", "strftime"})
_SAME_KIND = frozenset("strip lstrip rstrip lower upper title capitalize replace".split())


def is_certainly_text(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether the value is a str whatever happens."""
    if depth == 0:
        return False
    if is_text(node):
        return True
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return any(is_certainly_text(program, side, depth - 1) for side in (node.left, node.right))
    if isinstance(node, cst.Subscript):
        return bool(program.imported_names(node.value) & _REQUEST_TEXTS)
    if isinstance(node, cst.Call):
        return _gives_text(program, node, depth)
    if isinstance(node, cst.Name):
        values = bindings_of(program, node)
        return bool(values) and all(
            value is not None and is_certainly_text(program, value, depth - 1) for value in values
        )
    return False


def _gives_text(program: Program, call: cst.Call, depth: int) -> bool:
    if is_builtin(program, call.func, "str", "input", "repr", "chr", "hex"):
        return True
    if not isinstance(call.func, cst.Attribute):
        return False
    method, owner = call.func.attr.value, call.func.value
    if method in _TEXT_METHODS or (method == "join" and is_text(owner)):
        return True
    if method == "get" and len(call.args) == 2:
        known = bool(program.imported_names(owner) & _REQUEST_TEXTS)
        return (
            known and call.args[1].keyword is None and is_certainly_text(program, call.args[1].value, depth)
        )
    return method in _SAME_KIND and is_certainly_text(program, owner, depth - 1)


def is_certainly_whole(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether the value is a whole number whatever happens."""
    if depth == 0:
        return False
    if isinstance(node, cst.Name):
        values = bindings_of(program, node)
        return bool(values) and all(
            value is not None and is_certainly_whole(program, value, depth - 1) for value in values
        )
    if isinstance(node, cst.BinaryOperation):
        kept = isinstance(node.operator, (cst.Add, cst.Subtract, cst.Multiply))
        return kept and all(is_certainly_whole(program, side, depth - 1) for side in (node.left, node.right))
    called = isinstance(node, cst.Call) and is_builtin(program, node.func, "int", "len", "ord")
    return called or isinstance(node, cst.Integer)


def may_be_sql(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether the value may be a piece of SQL that the program wrote itself, not one value."""
    if depth == 0 or is_text(node):
        return True
    if isinstance(node, (cst.IfExp, cst.BooleanOperation)):
        sides = [node.body, node.orelse] if isinstance(node, cst.IfExp) else [node.left, node.right]
        return any(may_be_sql(program, side, depth - 1) for side in sides)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return any(may_be_sql(program, side, depth - 1) for side in (node.left, node.right))
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute):
            return node.func.attr.value in ("join", "format") or is_text(node.func.value)
        return not is_builtin(
            program, node.func, "str", "int", "float", "len", "input", "round", "abs", "bool"
        )
    if isinstance(node, cst.Name):
        values = bindings_of(program, node)
        return any(
            value is not None and may_be_sql(program, value, depth - 1) for value in values
        ) or _imported(program, node)
    return isinstance(node, (cst.Tuple, cst.List, cst.Set, cst.ListComp, cst.GeneratorExp, cst.Lambda))


def may_be_row(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether `"%s" % value` may unpack the value: a tuple, or a row that the database gave."""
    if isinstance(node, cst.Tuple) or depth == 0:
        return True
    if isinstance(node, cst.Call):
        rows = ("fetchone", "fetchall", "fetchmany", "items")
        gives_rows = isinstance(node.func, cst.Attribute) and node.func.attr.value in rows
        returned = returned_by(program, node.func)
        return gives_rows or any(
            each is not None and may_be_row(program, each, depth - 1) for each in returned
        )
    if not isinstance(node, cst.Name):
        return False
    loops = [
        each.iter
        for each in program.nodes(cst.For, cst.CompFor)
        if isinstance(each.target, cst.Name)
        and each.target.value == node.value
        and program.enclosing(each, cst.FunctionDef) is program.enclosing(node, cst.FunctionDef)
    ]
    if any(isinstance(each, cst.Name) and _is_cursor(program, each) for each in loops):
        return True
    values = [each for each in bindings_of(program, node) if each is not None]
    return any(may_be_row(program, each, depth - 1) for each in (*values, *loops))


def _imported(program: Program, name: cst.Name) -> bool:
    return bool(program.imported_names(name)) and bool(bindings_of(program, name))


def _is_cursor(program: Program, name: cst.Name) -> bool:
    return any(
        isinstance(value, cst.Call)
        and isinstance(value.func, cst.Attribute)
        and value.func.attr.value in ("cursor", "execute")
        for value in bindings_of(program, name)
    )
