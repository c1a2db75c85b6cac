"""What a name or field is given in the program, for telling whether that is HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import libcst as cst
from libcst.metadata import BuiltinAssignment

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_BUFFERS = frozenset({"list", "deque", "StringIO"})
_ADDING = frozenset({"append", "insert", "extend", "add", "write"})


@dataclass(frozen=True)
class Given:
    """One thing that a name stands for: a value, an element of a value, a parameter, an exception."""

    source: cst.CSTNode
    how: Literal["value", "element", "parameter", "number", "error", "other"]


def given_to(program: Program, name: cst.Name | cst.Attribute) -> list[Given]:
    """Return what the name, or the field of `self`, is given, and what is added to it; [] if unknown."""
    if isinstance(name, cst.Attribute):
        holder = program.enclosing(name, cst.ClassDef)
        targets = [
            each
            for each in program.nodes(cst.Attribute)
            if each is not name
            and each.attr.value == name.attr.value
            and dotted_name(each) == dotted_name(name)
            and program.enclosing(each, cst.ClassDef) is holder
        ]
        return [found for each in targets for found in _of_target(program, each)]
    scope = program.scope(name)
    if scope is None:
        return []
    given: list[Given] = []
    for assignment in scope[name.value]:
        node = getattr(assignment, "node", None)
        if isinstance(node, cst.Param):
            given.append(Given(node, "parameter"))
        elif isinstance(node, cst.Name):
            given += _of_target(program, node) or [Given(node, "other")]
        else:
            given.append(Given(node or name, "other"))
    return [*given, *_added(program, name)] if any(map(_collects, given)) else given


def _of_target(program: Program, target: cst.CSTNode) -> list[Given]:
    """What is given by the statement whose target this is; [] where it is none."""
    holder = program.parent(target)
    if isinstance(holder, cst.AssignTarget):
        statement = program.parent(holder)
        assert isinstance(statement, cst.Assign)
        return [Given(statement.value, "value")]
    if isinstance(holder, (cst.AnnAssign, cst.AugAssign, cst.NamedExpr)) and holder.target is target:
        return [Given(holder.value, "value")] if holder.value is not None else []
    if isinstance(holder, (cst.For, cst.CompFor)) and holder.target is target:
        return [_of_loop(holder.iter, first=False)]
    if isinstance(holder, cst.Element):
        return _of_pair(program, holder)
    if isinstance(holder, cst.AsName):
        return [Given(target, "error" if isinstance(program.parent(holder), cst.ExceptHandler) else "other")]
    return []


def _of_pair(program: Program, holder: cst.Element) -> list[Given]:
    """What is given to a name in a tuple of names, or in a tuple in one."""
    pair = program.parent(holder)
    outer = program.parent(pair) if pair is not None else None
    while isinstance(outer, cst.Element):
        holder, pair = outer, program.parent(outer)
        outer = program.parent(pair) if pair is not None else None
    if not isinstance(pair, cst.Tuple):
        return []
    if isinstance(outer, (cst.For, cst.CompFor)) and outer.target is pair:
        return [_of_loop(outer.iter, first=pair.elements[0] is holder)]
    statement = program.parent(outer) if isinstance(outer, cst.AssignTarget) else None
    return [_unpacked(statement.value, pair, holder)] if isinstance(statement, cst.Assign) else []


def _unpacked(value: cst.BaseExpression, pair: cst.Tuple, holder: cst.Element) -> Given:
    """An element of the value at the same place, or any of them where the value is not written out."""
    if isinstance(value, cst.Tuple) and len(value.elements) == len(pair.elements):
        return Given(value.elements[list(pair.elements).index(holder)].value, "value")
    return Given(value, "element")


def _of_loop(iterable: cst.BaseExpression, *, first: bool) -> Given:
    called = dotted_name(iterable.func) if isinstance(iterable, cst.Call) else None
    if called == "range" or (called == "enumerate" and first):
        return Given(iterable, "number")
    if called == "enumerate" and isinstance(iterable, cst.Call) and iterable.args:
        return Given(iterable.args[0].value, "element")
    if called == "zip":
        return Given(iterable, "other")
    return Given(iterable, "element")


def _collects(given: Given) -> bool:
    """Whether it is a list or a buffer, to which more is added later."""
    source = given.source
    called = dotted_name(source.func) or "" if isinstance(source, cst.Call) else ""
    return isinstance(source, cst.List) or called.rpartition(".")[2] in _BUFFERS


def _added(program: Program, name: cst.Name) -> Iterator[Given]:
    """What is put into the list of this name in the same function."""
    function = program.enclosing(name, cst.FunctionDef)
    for call in program.nodes(cst.Call):
        if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _ADDING or not call.args:
            continue
        owner = call.func.value
        same = isinstance(owner, cst.Name) and owner.value == name.value
        if same and program.enclosing(call, cst.FunctionDef) is function:
            yield Given(call.args[-1].value, "value")


def passed_as(program: Program, parameter: cst.Param) -> list[cst.BaseExpression] | None:
    """Return what calls in the program, of any function with the same name, pass as the parameter.

    None where one passes `*` or `**` arguments, so that it cannot be told.
    """
    function = program.enclosing(parameter, cst.FunctionDef)
    if function is None:
        return []
    plain = [each.name.value for each in (*function.params.posonly_params, *function.params.params)]
    wanted = parameter.name.value
    passed = [parameter.default] if parameter.default is not None else []
    for call in program.nodes(cst.Call):
        called = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
        if not isinstance(called, cst.Name) or called.value != function.name.value:
            continue
        names = (
            plain[1:] if isinstance(call.func, cst.Attribute) and plain[:1] in (["self"], ["cls"]) else plain
        )
        if any(argument.star for argument in call.args):
            return None
        for index, argument in enumerate(call.args):
            keyword = argument.keyword.value if argument.keyword is not None else None
            if keyword == wanted or (keyword is None and names[index : index + 1] == [wanted]):
                passed.append(argument.value)
    return passed


def is_builtin(program: Program, name: str, at: cst.CSTNode) -> bool:
    """Whether the name still stands for what Python gives it."""
    scope = program.scope(at)
    return scope is not None and all(isinstance(each, BuiltinAssignment) for each in scope[name])
