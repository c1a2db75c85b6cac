"""Which statements can run: code behind a constant condition or after a return counts as gone."""

import ast
from collections.abc import Iterable

from sgcode_worker.gates.source_text import source_text

UNKNOWN = object()
_LEAVES = frozenset({"sys.exit", "os._exit", "exit", "quit", "os.abort"})


def constant(node: ast.expr) -> object:
    """Return the value of an expression made of literals only, else `UNKNOWN`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple, ast.Dict, ast.Set)):
        filled = node.keys if isinstance(node, ast.Dict) else node.elts
        return UNKNOWN if filled else False
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        value = constant(node.operand)
        return UNKNOWN if value is UNKNOWN else not value
    if isinstance(node, ast.BoolOp):
        return _bool_constant(node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compare_constant(node.left, node.ops[0], node.comparators[0])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "bool":
        if not node.args:
            return False
        value = constant(node.args[0])
        return UNKNOWN if value is UNKNOWN else bool(value)
    return UNKNOWN


def _bool_constant(node: ast.BoolOp) -> object:
    decides = isinstance(node.op, ast.Or)
    values = [constant(value) for value in node.values]
    if any(value is not UNKNOWN and bool(value) is decides for value in values):
        return decides
    return UNKNOWN if any(value is UNKNOWN for value in values) else values[-1]


def _compare_constant(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> object:
    a, b = constant(left), constant(right)
    if a is UNKNOWN or b is UNKNOWN:
        same = isinstance(left, ast.Name) and isinstance(right, ast.Name) and left.id == right.id
        if same and isinstance(operator, (ast.NotEq, ast.IsNot, ast.Lt, ast.Gt)):
            return False
        return True if same and isinstance(operator, (ast.Eq, ast.Is)) else UNKNOWN
    if isinstance(operator, (ast.Eq, ast.Is)):
        return a == b
    if isinstance(operator, (ast.NotEq, ast.IsNot)):
        return a != b
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        if isinstance(operator, ast.Lt):
            return a < b
        if isinstance(operator, ast.LtE):
            return a <= b
        if isinstance(operator, ast.Gt):
            return a > b
        if isinstance(operator, ast.GtE):
            return a >= b
    return UNKNOWN


def live(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a block that can run: none after one that always leaves."""
    for index, statement in enumerate(body):
        if leaves(statement):
            return body[: index + 1]
    return body


def leaves(statement: ast.stmt) -> bool:
    """Whether control never reaches what follows the statement in its block."""
    if isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
        return True
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call) and source_text(statement.value.func) in _LEAVES
    if isinstance(statement, ast.If):
        value = constant(statement.test)
        if value is UNKNOWN:
            return _block_leaves(statement.body) and _block_leaves(statement.orelse)
        return _block_leaves(statement.body if value else statement.orelse)
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        return _block_leaves(statement.body)
    if isinstance(statement, ast.Try) or statement.__class__.__name__ == "TryStar":
        return _try_leaves(statement)
    if isinstance(statement, ast.While):
        endless = constant(statement.test)
        return endless is not UNKNOWN and bool(endless) and not _breaks(statement.body)
    return False


def _block_leaves(body: list[ast.stmt]) -> bool:
    return any(leaves(statement) for statement in body)


def _try_leaves(statement: ast.stmt) -> bool:
    assert isinstance(statement, ast.Try) or hasattr(statement, "finalbody")
    if _block_leaves(statement.finalbody):
        return True
    runs = _block_leaves(statement.body) or _block_leaves(statement.orelse)
    return runs and all(_block_leaves(handler.body) for handler in statement.handlers)


def _breaks(body: list[ast.stmt]) -> bool:
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(
            node, (ast.For, ast.AsyncFor, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        ):
            pending.extend(getattr(node, "orelse", []))
            continue
        pending.extend(
            child for child in ast.iter_child_nodes(node) if isinstance(child, (ast.stmt, ast.ExceptHandler))
        )
    return False


def alive(node: ast.AST) -> Iterable[ast.AST]:
    """Yield the children of an expression that can be evaluated."""
    if isinstance(node, ast.IfExp):
        value = constant(node.test)
        if value is not UNKNOWN:
            yield node.body if value else node.orelse
            return
        if ast.dump(node.body) == ast.dump(node.orelse):
            yield node.body
            return
    if isinstance(node, ast.BoolOp):
        decides = isinstance(node.op, ast.Or)
        for operand in node.values:
            yield operand
            value = constant(operand)
            if value is not UNKNOWN and bool(value) is decides:
                return
        return
    yield from ast.iter_child_nodes(node)
