"""What names, attributes and functions of the program stand for."""

from collections.abc import Sequence

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.program import Program


def bindings_of(program: Program, name: cst.Name) -> list[cst.BaseExpression | None]:
    """Return every expression that the name is bound to where it stands; None for a binding of another kind.

    `with x as name` counts as bound to `x`.
    """
    scope = program.scope(name)
    assignments = [] if scope is None else scope[name.value]
    return [_value(program, each) for each in assignments if not isinstance(each, metadata.BuiltinAssignment)]


def annotations_of(program: Program, name: cst.Name) -> list[cst.BaseExpression]:
    """Return the types that the name is annotated with where it is a parameter or declared."""
    scope = program.scope(name)
    found: list[cst.BaseExpression] = []
    for assignment in () if scope is None else scope[name.value]:
        node = getattr(assignment, "node", None)
        holder = program.parent(node) if isinstance(node, cst.Name) else node
        annotation = getattr(holder, "annotation", None)
        if isinstance(holder, (cst.Param, cst.AnnAssign)) and isinstance(annotation, cst.Annotation):
            found.append(annotation.annotation)
    return found


def is_builtin(program: Program, node: cst.BaseExpression, *names: str) -> bool:
    """Whether the expression is one of these builtin functions."""
    return isinstance(node, cst.Name) and node.value in names and not bindings_of(program, node)


def function_named(program: Program, node: cst.BaseExpression) -> cst.FunctionDef | None:
    """Return the function of this file that a name, or an attribute of self or cls, stands for."""
    if isinstance(node, cst.Name):
        scope = program.scope(node)
        found = [] if scope is None else list(scope[node.value])
        target = getattr(found[0], "node", None) if len(found) == 1 else None
        return target if isinstance(target, cst.FunctionDef) else None
    owner = _own_class(program, node)
    if owner is None or not isinstance(node, cst.Attribute):
        return None
    methods = [
        each
        for each in owner.body.body
        if isinstance(each, cst.FunctionDef) and each.name.value == node.attr.value
    ]
    return methods[0] if len(methods) == 1 else None


def returned_by(program: Program, node: cst.BaseExpression) -> list[cst.BaseExpression | None]:
    """Return what a function of this file returns or yields; empty where it is none of this file."""
    function = function_named(program, node)
    if function is None:
        return []
    found = [
        each.value
        for each in program.nodes(cst.Return, cst.Yield)
        if program.enclosing(each, cst.FunctionDef) is function and isinstance(each.value, cst.BaseExpression)
    ]
    return [*found] or [None]


def values_of_attribute(program: Program, node: cst.Attribute) -> Sequence[cst.BaseExpression | None]:
    """Return what `self.name` is assigned anywhere in its class; empty for another attribute."""
    owner = _own_class(program, node)
    if owner is None:
        return []
    found: list[cst.BaseExpression | None] = []
    for assign in program.nodes(cst.Assign):
        for target in assign.targets:
            attribute = target.target
            if (
                isinstance(attribute, cst.Attribute)
                and attribute.attr.value == node.attr.value
                and _own_class(program, attribute) is owner
            ):
                found.append(assign.value)
    return found


def _own_class(program: Program, node: cst.CSTNode) -> cst.ClassDef | None:
    """The class whose self or cls the attribute belongs to."""
    if not isinstance(node, cst.Attribute) or not isinstance(node.value, cst.Name):
        return None
    return program.enclosing(node, cst.ClassDef) if node.value.value in ("self", "cls") else None


def _value(program: Program, assignment: metadata.BaseAssignment) -> cst.BaseExpression | None:
    node = getattr(assignment, "node", None)
    if not isinstance(node, cst.Name):
        return None
    holder = program.parent(node)
    if isinstance(holder, cst.AssignTarget):
        statement = program.parent(holder)
        return statement.value if isinstance(statement, cst.Assign) else None
    if isinstance(holder, (cst.AugAssign, cst.AnnAssign, cst.NamedExpr)):
        return holder.value
    if isinstance(holder, cst.AsName):
        item = program.parent(holder)
        return item.item if isinstance(item, cst.WithItem) else None
    return None
