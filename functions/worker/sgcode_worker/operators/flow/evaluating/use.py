"""What a function does with the value that it evaluates: what no number can do, or nothing that tells."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program

_OF_MANY = frozenset(
    "len sum list set dict tuple sorted reversed enumerate map filter zip iter next any all min max".split()
)


def is_used_as_more(program: Program, call: cst.Call, function: cst.FunctionDef) -> bool:
    """Return whether the value, or the name that it is given, is taken apart, gone through or called."""
    return any(_takes_apart(program, node) for node in (call, *_named(program, call, function)))


def _named(program: Program, call: cst.Call, function: cst.FunctionDef) -> Iterator[cst.Name]:
    holder = program.parent(call)
    if not isinstance(holder, cst.Assign):
        return
    names = {each.target.value for each in holder.targets if isinstance(each.target, cst.Name)}
    for node in program.nodes(cst.Name):
        if node.value in names and function in program.ancestors(node):
            yield node


def _takes_apart(program: Program, node: cst.BaseExpression) -> bool:
    holder = program.parent(node)
    if isinstance(holder, (cst.Attribute, cst.Subscript)):
        return holder.value is node
    if isinstance(holder, (cst.For, cst.CompFor)):
        return holder.iter is node
    if isinstance(holder, cst.Assign):
        return not all(isinstance(each.target, (cst.Name, cst.Attribute)) for each in holder.targets)
    if isinstance(holder, cst.Call):
        return holder.func is node
    if isinstance(holder, cst.ComparisonTarget):
        return isinstance(holder.operator, (cst.In, cst.NotIn))
    if isinstance(holder, cst.Arg):
        called = program.parent(holder)
        several = (
            isinstance(called, cst.Call)
            and isinstance(called.func, cst.Name)
            and called.func.value in _OF_MANY
        )
        return bool(holder.star) or several
    return isinstance(holder, cst.StarredElement)
