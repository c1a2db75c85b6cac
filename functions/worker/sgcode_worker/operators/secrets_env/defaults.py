"""Secrets that are a parameter's default: read when the function is called without one."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.spots import Spot, last_part

_KEEP_THE_SIGNATURE = frozenset({"staticmethod", "classmethod"})


def why_not_when_called(program: Program, spot: Spot) -> str | None:
    """Return why the default cannot be None that stands for the secret; None where it can."""
    function = _function(spot)
    if not isinstance(function.body, cst.IndentedBlock):
        return "The function stands on one line, where its secret cannot be read when it is called."
    for decorator in function.decorators:
        if last_part(decorator.decorator) not in _KEEP_THE_SIGNATURE:
            return "A decorator may read the default; decide where the secret is to come from."
    if all(map(_says_nothing, function.body.body)):
        return "The function has no body yet; decide where those that have one take the secret from."
    if _means_something(program, spot.name, function):
        return f"`{spot.name}` is compared with None, which means something else to the function already."
    if any(map(_passes_none, _calls(program, function))):
        return f"`{function.name.value}` is called with None, which would be taken for the secret then."
    return None


def first_statement(spot: Spot) -> cst.BaseStatement:
    """Return the statement of the function before which, or after which, the secret is read."""
    first = _function(spot).body.body[0]
    assert isinstance(first, cst.BaseStatement)
    return first


def read_when_called(spot: Spot, read: cst.BaseExpression) -> dict[cst.CSTNode, Replacement]:
    """Return the default None, and the reading of the secret as what the function does first."""
    function = _function(spot)
    first = first_statement(spot)
    assert isinstance(function.body, cst.IndentedBlock)
    given = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(spot.name))], read)])
    missing = cst.Comparison(cst.Name(spot.name), [cst.ComparisonTarget(cst.Is(), cst.Name("None"))])
    reading = cst.If(missing, cst.IndentedBlock([given], indent=function.body.indent))
    order = [first, reading] if _is_docstring(first) else [reading, first]
    return {spot.literal: cst.Name("None"), first: cst.FlattenSentinel(order)}


def _function(spot: Spot) -> cst.FunctionDef:
    assert isinstance(spot.holder, cst.FunctionDef)
    return spot.holder


def _is_docstring(statement: cst.CSTNode) -> bool:
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) > 1:
        return False
    only = statement.body[0]
    return isinstance(only, cst.Expr) and text_of(only.value) is not None


def _says_nothing(statement: cst.CSTNode) -> bool:
    if _is_docstring(statement):
        return True
    if not isinstance(statement, cst.SimpleStatementLine):
        return False
    return all(
        isinstance(each, cst.Pass)
        or (isinstance(each, cst.Expr) and isinstance(each.value, cst.Ellipsis))
        or (isinstance(each, cst.Raise) and _is_not_implemented(each))
        for each in statement.body
    )


def _is_not_implemented(statement: cst.Raise) -> bool:
    raised = statement.exc.func if isinstance(statement.exc, cst.Call) else statement.exc
    return isinstance(raised, cst.Name) and raised.value == "NotImplementedError"


def _means_something(program: Program, name: str, function: cst.FunctionDef) -> bool:
    for node in program.nodes(cst.Comparison):
        sides = [node.left, *(each.comparator for each in node.comparisons)]
        names = {side.value for side in sides if isinstance(side, cst.Name)}
        if {name, "None"} <= names and function in program.ancestors(node):
            return True
    return False


def _calls(program: Program, function: cst.FunctionDef) -> Iterator[cst.Call]:
    """The calls in the file that may be of this function, by its name or that of its class."""
    names = {function.name.value}
    owner = program.enclosing(function, cst.FunctionDef, cst.ClassDef)
    if function.name.value == "__init__" and isinstance(owner, cst.ClassDef):
        names.add(owner.name.value)
    return (call for call in program.nodes(cst.Call) if last_part(call.func) in names)


def _passes_none(call: cst.Call) -> bool:
    return any(isinstance(each.value, cst.Name) and each.value.value == "None" for each in call.args)
