"""What a program does with the stream that os.popen gives."""

from dataclasses import dataclass

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.pieces import UnreadableError
from sgcode_worker.operators.program import Program

_READS = frozenset({"read", "readlines", "readline"})


@dataclass(frozen=True)
class Stream:
    """The stream is read in pieces, so it stays a stream."""


def stream_use(program: Program, call: cst.Call) -> Stream | cst.Call | None:
    """Return the call of `read` that takes the whole output, or that it is read otherwise; None if never.

    Raises UnreadableError where the program does more with it than reading.
    """
    reading = _method_call(program, call)
    if reading is not None:
        name = reading.func.attr.value if isinstance(reading.func, cst.Attribute) else ""
        if name == "read" and not reading.args:
            return reading
        if name in _READS:
            return Stream()
        raise UnreadableError(f"`{name}` of what os.popen gives has no equal without a shell.")
    parent = program.parent(call)
    if isinstance(parent, cst.Expr):
        return None
    if isinstance(parent, (cst.For, cst.CompFor)) and parent.iter is call:
        return Stream()
    if isinstance(parent, cst.Assign) and len(parent.targets) == 1:
        target = parent.targets[0].target
        if isinstance(target, cst.Name) and _only_read(program, target):
            return Stream()
    if isinstance(parent, cst.WithItem) and parent.asname is not None:
        name = parent.asname.name
        if isinstance(name, cst.Name) and _only_read(program, name):
            return Stream()
    raise UnreadableError("The program does more with what os.popen gives than reading it.")


def _method_call(program: Program, node: cst.CSTNode) -> cst.Call | None:
    attribute = program.parent(node)
    call = program.parent(attribute) if isinstance(attribute, cst.Attribute) else None
    return call if isinstance(call, cst.Call) and call.func is attribute else None


def _only_read(program: Program, name: cst.Name) -> bool:
    """Whether a name is read to its end and at most closed besides, and used for nothing else."""
    scope = program.scope(name)
    if not isinstance(scope, (metadata.FunctionScope, metadata.GlobalScope)):
        return False
    finished = False
    for assignment in scope[name.value]:
        if assignment.scope is not scope:
            return False
        for access in assignment.references:
            if program.scope(access.node) is not scope:
                return False
            use = _reading(program, access.node)
            if use is None:
                return False
            finished |= use
    return finished


def _reading(program: Program, node: cst.CSTNode) -> bool | None:
    """Whether the use reads to the end; None where it is no reading."""
    parent = program.parent(node)
    if isinstance(parent, (cst.For, cst.CompFor)) and parent.iter is node:
        return True
    call = _method_call(program, node)
    if call is None or not isinstance(call.func, cst.Attribute):
        return None
    name = call.func.attr.value
    if name == "close":
        return False if isinstance(program.parent(call), cst.Expr) else None
    if name not in _READS:
        return None
    return name != "readline" and not call.args
