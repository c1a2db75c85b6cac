"""How an evaluated text comes about: whether names of the program can have got into it, or be meant by it."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.flow.evaluating.meaning import parameters
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_NAMES = "The text may name variables of the program, which an evaluator of numbers does not know."
_BUILT = "The text is put together with code, so it may be more than arithmetic."
_UNKNOWN = "Where the text comes from cannot be told, so it may be more than arithmetic."
# What puts nothing into a text.
_KEEPING = frozenset("strip lstrip rstrip lower decode".split())
_READING = frozenset("get getvalue read readline recv text toPlainText value".split())
_MATHEMATICS = frozenset(
    "math cmath numpy scipy sympy statistics decimal fractions random mpmath pylab pandas".split()
)


def text_refusal(program: Program, call: cst.Call, function: cst.FunctionDef) -> str | None:
    """Return why the text that the call evaluates may name more than numbers; None where it cannot."""
    refusal = _imports_refusal(program)
    if refusal is not None:
        return refusal
    if any(program.enclosing(each, cst.FunctionDef) is function for each in program.nodes(cst.FunctionDef)):
        return _NAMES
    origin = _Origin(program, function, call)
    reason = origin.refusal(call.args[0].value)
    if reason is not None:
        return reason
    return _NAMES if origin.bound_apart() else None


class _Origin:
    """Follows the text back through the names of its function."""

    def __init__(self, program: Program, function: cst.FunctionDef, call: cst.Call) -> None:
        self._program = program
        self._around = {id(each) for each in (call, *program.ancestors(call))}
        self._call = program.span(call).start
        self._parameters = {each.name.value for each in parameters(function)}
        self._values, self._others = _bound(program, function)
        self._part: set[str] = set()

    def refusal(self, value: cst.BaseExpression) -> str | None:
        """Return why this value may be a text with names in it."""
        text = text_of(value)
        if text is not None:
            return _BUILT if re.search(r"[A-Za-z_]", text) else None
        if isinstance(value, cst.Name):
            return self._name_refusal(value.value)
        if isinstance(value, cst.BinaryOperation) and isinstance(value.operator, cst.Add):
            return self.refusal(value.left) or self.refusal(value.right)
        if isinstance(value, cst.Call):
            return self._call_refusal(value)
        if isinstance(value, (cst.Attribute, cst.Subscript)):
            return self._take_part(value)
        return _BUILT

    def bound_apart(self) -> bool:
        """Return whether the function has values by the call that had no part in the text."""
        before = {
            name
            for name, targets in (*self._values.items(), *self._others.items())
            if any(self._precedes(value) for _, value in targets)
        }
        return bool((before | self._parameters) - self._part - {"self", "cls"})

    def _name_refusal(self, name: str) -> str | None:
        if name in self._part:
            return None
        self._part.add(name)
        if name in self._others or (name not in self._values and name not in self._parameters):
            return _UNKNOWN
        values = [value for _, value in self._values.get(name, []) if not self._is_around(value)]
        return next((reason for value in values if (reason := self.refusal(value)) is not None), None)

    def _call_refusal(self, call: cst.Call) -> str | None:
        given = [each.value for each in call.args if not each.star]
        if isinstance(call.func, cst.Name) and call.func.value in {"str", "input"}:
            return self._take_part(call) if len(given) == len(call.args) else _UNKNOWN
        if not isinstance(call.func, cst.Attribute):
            return _UNKNOWN
        method = call.func.attr.value
        if method == "replace" and len(given) == len(call.args) == 2:
            return self.refusal(call.func.value) or self._take_part(given[0]) or self.refusal(given[1])
        if method in _KEEPING:
            return self.refusal(call.func.value)
        return self._take_part(call) if method in _READING else _UNKNOWN

    def _take_part(self, value: cst.CSTNode) -> None:
        """Count what stands in a value, and what that was taken from, to the text."""
        for name in _names(value):
            if name not in self._part:
                self._part.add(name)
                for _, source in (*self._values.get(name, []), *self._others.get(name, [])):
                    self._take_part(source)

    def _precedes(self, node: cst.CSTNode) -> bool:
        start = self._program.span(node).start
        earlier = (start.line, start.column) < (self._call.line, self._call.column)
        return earlier and not self._is_around(node)

    def _is_around(self, node: cst.CSTNode) -> bool:
        """Whether the call stands in this value, so that what gets it is bound only afterwards."""
        return id(node) in self._around


Bound = dict[str, list[tuple[cst.CSTNode, cst.BaseExpression]]]


def _bound(program: Program, function: cst.FunctionDef) -> tuple[Bound, Bound]:
    """The function's names with what they are set to, apart those that are parts of a value."""
    values: Bound = {}
    others: Bound = {}
    for node in program.nodes(cst.Assign, cst.AnnAssign, cst.AugAssign, cst.For, cst.With, cst.NamedExpr):
        if program.enclosing(node, cst.FunctionDef) is not function:
            continue
        for target, value, whole in _targets(node):
            if whole and isinstance(target, cst.Name):
                values.setdefault(target.value, []).append((target, value))
            else:
                for name in _names(target):
                    others.setdefault(name, []).append((target, value))
    return values, others


def _targets(node: cst.CSTNode) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression, bool]]:
    if isinstance(node, cst.Assign):
        yield from ((each.target, node.value, True) for each in node.targets)
    elif isinstance(node, (cst.AnnAssign, cst.NamedExpr)) and node.value is not None:
        yield node.target, node.value, True
    elif isinstance(node, cst.AugAssign):
        yield node.target, node.value, isinstance(node.operator, cst.AddAssign)
    elif isinstance(node, cst.For):
        yield node.target, node.iter, False
    elif isinstance(node, cst.With):
        yield from ((each.asname.name, each.item, False) for each in node.items if each.asname is not None)


def _names(node: cst.CSTNode) -> Iterator[str]:
    """The names in an expression, without attributes and keywords."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, cst.Name):
            yield each.value
        elif isinstance(each, (cst.Attribute, cst.Arg)):
            waiting.append(each.value)
        else:
            waiting.extend(each.children)


def _imports_refusal(program: Program) -> str | None:
    """Why a text may mean what the file imports or a number that it has a name for."""
    for node in program.nodes(cst.Import, cst.ImportFrom):
        if isinstance(node.names, cst.ImportStar):
            return _NAMES
        modules = [node.module] if isinstance(node, cst.ImportFrom) else [each.name for each in node.names]
        if any(
            (dotted_name(each) or "").split(".")[0] in _MATHEMATICS for each in modules if each is not None
        ):
            return _NAMES
    for statement in program.module.body:
        if isinstance(statement, cst.SimpleStatementLine):
            for each in statement.body:
                if isinstance(each, cst.Assign) and isinstance(each.value, cst.BaseNumber):
                    return _NAMES
    return None
