"""What a program does with the status that os.system gives."""

from typing import Literal

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.program import Program

Use = Literal["ignored", "zero", "any"]


def status_use(program: Program, call: cst.Call) -> Use:
    """Return whether the status is ignored, only told from zero, or used in any other way."""
    parent = program.parent(call)
    if isinstance(parent, cst.Expr):
        return "ignored"
    if _told_from_zero(program, call):
        return "zero"
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        target = parent.targets[0].target
        if isinstance(target, cst.Name) and _name_told_from_zero(program, target):
            return "zero"
    return "any"


def _name_told_from_zero(program: Program, name: cst.Name) -> bool:
    """Whether a function's own name is used for nothing but to tell its value from zero."""
    scope = program.scope(name)
    if not isinstance(scope, metadata.FunctionScope):
        return False
    if any(each.scope is not scope for each in scope[name.value]):
        return False
    accesses = [access for each in scope[name.value] for access in each.references]
    return all(
        isinstance(access.node, cst.Name)
        and program.scope(access.node) is scope
        and _told_from_zero(program, access.node)
        for access in accesses
    )


def _told_from_zero(program: Program, node: cst.BaseExpression) -> bool:
    parent = program.parent(node)
    if isinstance(parent, cst.ComparisonTarget):
        comparison = program.parent(parent)
        return isinstance(comparison, cst.Comparison) and _zero_comparison(comparison, comparison.left)
    if isinstance(parent, cst.Comparison):
        return _zero_comparison(parent, parent.comparisons[0].comparator)
    if isinstance(parent, (cst.If, cst.While, cst.IfExp, cst.Assert)):
        return parent.test is node
    if isinstance(parent, cst.UnaryOperation):
        return isinstance(parent.operator, cst.Not)
    return isinstance(parent, cst.BooleanOperation) and _is_test(program, parent)


def _zero_comparison(comparison: cst.Comparison, other: cst.BaseExpression) -> bool:
    bare = unparenthesized(other)
    return (
        len(comparison.comparisons) == 1
        and isinstance(comparison.comparisons[0].operator, (cst.Equal, cst.NotEqual))
        and isinstance(bare, cst.Integer)
        and bare.evaluated_value == 0
    )


def _is_test(program: Program, node: cst.BaseExpression) -> bool:
    """Whether only the truth of a chain of conditions counts."""
    parent = program.parent(node)
    if isinstance(parent, cst.BooleanOperation):
        return _is_test(program, parent)
    if isinstance(parent, cst.UnaryOperation):
        return isinstance(parent.operator, cst.Not)
    return isinstance(parent, (cst.If, cst.While, cst.IfExp, cst.Assert)) and parent.test is node
