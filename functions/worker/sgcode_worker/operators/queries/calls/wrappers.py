"""Functions of the program that run the text they are given, such as `def query(sql, args=()): ...`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of, function_named, values_of_attribute
from sgcode_worker.operators.queries.calls.runs import receiver_of, runs
from sgcode_worker.operators.queries.calls.shown import is_shown
from sgcode_worker.operators.queries.flow import Flow
from sgcode_worker.operators.queries.refusal import Refusal


@dataclass(frozen=True, eq=False)
class Wrapper:
    """A function that does nothing with one of its parameters but run it as a query, or show it."""

    function: cst.FunctionDef
    text: str
    """The parameter that takes the query."""
    values: str | None
    """The parameter that takes its values; None where the function takes none."""
    runs: tuple[cst.Call, ...]
    shows: bool
    """Whether it prints or logs the text."""

    @property
    def receiver(self) -> cst.BaseExpression:
        """What the query is run on inside the function."""
        receiver = receiver_of(self.runs[0])
        assert receiver is not None
        return receiver

    @property
    def positional(self) -> list[str]:
        """The parameters that a call fills by their order, without self or cls."""
        parameters = self.function.params
        names = [each.name.value for each in (*parameters.posonly_params, *parameters.params)]
        return names[1:] if names[:1] in (["self"], ["cls"]) else names

    @property
    def takes_rest(self) -> bool:
        """Whether the values are given one by one, to `*args`."""
        rest = self.function.params.star_arg
        return isinstance(rest, cst.Param) and rest.name.value == self.values


_WRAPPERS: WeakKeyDictionary[Program, Mapping[cst.FunctionDef, Wrapper]] = WeakKeyDictionary()


def wrapper_of(program: Program, call: cst.Call) -> Wrapper | None:
    """Return the function of this file that the call runs a query with."""
    if program not in _WRAPPERS:
        _WRAPPERS[program] = {each.function: each for each in _wrappers(program)}
    known = _WRAPPERS[program]
    function = called_function(program, call.func) if known else None
    return None if function is None else known.get(function)


def called_function(program: Program, node: cst.BaseExpression) -> cst.FunctionDef | None:
    """Return the function or method of this file that is called, as far as the file tells."""
    found = function_named(program, node)
    if found is not None or not isinstance(node, cst.Attribute):
        return found
    owner = _class_of(program, node.value)
    if owner is None:
        return None
    methods = [
        each
        for each in owner.body.body
        if isinstance(each, cst.FunctionDef) and each.name.value == node.attr.value
    ]
    return methods[0] if len(methods) == 1 else None


def _class_of(program: Program, node: cst.BaseExpression) -> cst.ClassDef | None:
    """The class of this file that the object is made of."""
    if isinstance(node, cst.Call):
        scope = program.scope(node.func) if isinstance(node.func, cst.Name) else None
        found = [] if scope is None or not isinstance(node.func, cst.Name) else list(scope[node.func.value])
        target = getattr(found[0], "node", None) if len(found) == 1 else None
        return target if isinstance(target, cst.ClassDef) else None
    values = (
        bindings_of(program, node)
        if isinstance(node, cst.Name)
        else values_of_attribute(program, node)
        if isinstance(node, cst.Attribute)
        else []
    )
    made = values[0] if len(values) == 1 else None
    return _class_of(program, made) if isinstance(made, cst.Call) else None


def _wrappers(program: Program) -> Iterator[Wrapper]:
    found: dict[cst.FunctionDef, str] = {}
    for call in runs(program):
        function = program.enclosing(call, cst.FunctionDef)
        text = call.args[0].value
        is_given = function is not None and isinstance(text, cst.Name) and text.value in _parameters(function)
        if is_given and not _is_overridden(program, function):
            found[function] = text.value
    for function, text in found.items():
        wrapper = _wrapper(program, function, text)
        if wrapper is not None:
            yield wrapper


def _is_overridden(program: Program, function: cst.FunctionDef) -> bool:
    """Whether another class, derived from some class, has a method of that name."""
    owner = program.enclosing(function, cst.ClassDef)
    others = (
        each for each in program.nodes(cst.ClassDef) if owner is not None and each is not owner and each.bases
    )
    names = (getattr(each, "name", None) for other in others for each in other.body.body)
    return any(name is not None and name.value == function.name.value for name in names)


def _wrapper(program: Program, function: cst.FunctionDef, text: str) -> Wrapper | None:
    kinds = [getattr(each.decorator, "value", "") for each in function.decorators]
    uses = _uses(program, function, text)
    if not set(kinds) <= {"staticmethod", "classmethod"} or uses is None:
        return None
    calls = [_run_with(program, use) for use in uses if not is_shown(program, use)]
    inner = [each for each in calls if each is not None]
    receivers = {program.code(each) for call in inner if (each := receiver_of(call)) is not None}
    if len(inner) != len(calls) or len(receivers) != 1:
        return None
    given = {each.args[1].value.value for each in inner if _passes_name(each)}
    plain = [each for each in inner if len(each.args) == 1]
    if len(plain) + sum(map(_passes_name, inner)) != len(inner) or len(given) > 1:
        return None
    values = next(iter(given), None)
    shows = len(inner) < len(uses)
    if values is None:
        return Wrapper(function, text, None, tuple(inner), shows)
    known = values in _parameters(function) and _uses(program, function, values) is not None
    only_without = all(_runs_without(program, function, call, values) for call in plain)
    return Wrapper(function, text, values, tuple(inner), shows) if known and only_without else None


def _parameters(function: cst.FunctionDef) -> set[str]:
    params = function.params
    rest = [params.star_arg] if isinstance(params.star_arg, cst.Param) else []
    return {
        each.name.value for each in (*params.posonly_params, *params.params, *params.kwonly_params, *rest)
    }


def _uses(program: Program, function: cst.FunctionDef, name: str) -> list[cst.CSTNode] | None:
    """Every use of a parameter; None where it is changed, or used in functions inside."""
    try:
        flow = Flow(program, function, name)
    except Refusal:
        return None
    untouched = all(seen == {function} for seen in flow.seen.values())
    return list(flow.seen) if untouched and not flow.hidden else None


def _run_with(program: Program, use: cst.CSTNode) -> cst.Call | None:
    argument = program.parent(use)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    runs_it = isinstance(call, cst.Call) and receiver_of(call) is not None and call.args[0] is argument
    return call if runs_it and isinstance(call, cst.Call) and not argument_is_unclear(call) else None


def argument_is_unclear(call: cst.Call) -> bool:
    """Whether arguments are unpacked or named, so that their order says nothing."""
    return any(each.star or each.keyword is not None for each in call.args)


def _passes_name(call: cst.Call) -> bool:
    return len(call.args) == 2 and isinstance(call.args[1].value, cst.Name)


def _runs_without(program: Program, function: cst.FunctionDef, call: cst.Call, values: str) -> bool:
    """Whether the call runs only where there are no values: `if values: ... else: execute(text)`."""
    node: cst.CSTNode = call
    for outer in program.ancestors(call):
        if outer is function:
            return False
        if isinstance(outer, cst.If):
            test, where = outer.test, "body" if node is outer.body else "else"
            if isinstance(test, cst.Name) and test.value == values:
                return where == "else"
            negated = isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not)
            if negated and isinstance(test.expression, cst.Name) and test.expression.value == values:  # type: ignore[attr-defined]
                return where == "body"
            if program.code(test) in (f"{values} is None", f"{values} is not None"):
                return (where == "body") == program.code(test).endswith("is None")
        node = outer
    return False
