"""A query that goes through a variable: its assignments and the calls that run it."""

from dataclasses import dataclass, field

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.handing import run_in
from sgcode_worker.operators.queries.calls.shown import is_shown
from sgcode_worker.operators.queries.flow import Flow, body_around
from sgcode_worker.operators.queries.refusal import Refusal

Definition = cst.Assign | cst.AnnAssign | cst.AugAssign


@dataclass
class Variable:
    """Assignments of a name and calls of execute that belong together: none is seen from elsewhere."""

    name: str
    body: cst.Module | cst.FunctionDef
    definitions: list[Definition] = field(default_factory=list)
    calls: list[cst.Call] = field(default_factory=list)
    shown: list[cst.CSTNode] = field(default_factory=list)
    """Where the text is printed or logged, which shows it with placeholders from now on."""


def name_assigned(node: Definition) -> cst.Name | None:
    """Return the one name that the statement assigns."""
    targets = [each.target for each in node.targets] if isinstance(node, cst.Assign) else [node.target]
    target = targets[0] if len(targets) == 1 else None
    return target if isinstance(target, cst.Name) else None


def variable_of(program: Program, name: cst.Name, start: Definition | None) -> Variable:
    """Return the variable around an assignment, or around the use of the name in a call of execute.

    Refuses where the text is also used otherwise, or where it may come from elsewhere.
    """
    body = body_around(program, name)
    if body is None:
        raise Refusal("The query is kept in a class, or built in a lambda.")
    flow = Flow(program, body, name.value)
    if flow.hidden:
        raise Refusal(f"`{name.value}` is also used in another function, in a comprehension or as a global.")
    defined: dict[cst.CSTNode, None] = dict.fromkeys(
        [start] if start is not None else flow.seen.get(name, ())
    )
    used: dict[cst.CSTNode, None] = {}
    while True:
        size = len(defined) + len(used)
        for use, definitions in flow.seen.items():
            if use in used or definitions & defined.keys():
                used[use] = None
                defined.update(dict.fromkeys(definitions))
                if isinstance(use, cst.AugAssign):
                    defined[use] = None
        for definition in list(defined):
            if isinstance(definition, cst.AugAssign):
                used[definition] = None
        if len(defined) + len(used) == size:
            break
    variable = Variable(name.value, body)
    variable.definitions = [_definition(each, name.value) for each in _in_order(program, defined)]
    for each in _in_order(program, used):
        if isinstance(each, cst.AugAssign):
            continue
        if is_shown(program, each):
            variable.shown.append(each)
        else:
            variable.calls.append(_call(program, each, name.value))
    if not variable.calls:
        raise Refusal(f"`{name.value}` is not run by a call of execute in this function.")
    return variable


def _in_order(program: Program, nodes: dict[cst.CSTNode, None]) -> list[cst.CSTNode]:
    return [node for node in program.nodes(cst.CSTNode) if node in nodes] if nodes else []


def _definition(node: cst.CSTNode, name: str) -> Definition:
    if isinstance(node, cst.AugAssign) and not isinstance(node.operator, cst.AddAssign):
        raise Refusal(f"`{name}` is changed by more than adding text to it.")
    if isinstance(node, (cst.Assign, cst.AnnAssign, cst.AugAssign)) and node.value is not None:
        return node
    raise Refusal(f"`{name}` may hold another text, from a parameter, a loop or another binding.")


def _call(program: Program, use: cst.CSTNode, name: str) -> cst.Call:
    call = run_in(program, use)
    if call is None:
        raise Refusal(f"`{name}` is also used otherwise, such as returned or handed on.")
    return call
