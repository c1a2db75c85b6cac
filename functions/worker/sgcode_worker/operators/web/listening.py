"""Tells whether a text is the address that a server listens on."""

import re
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_SERVES = re.compile(
    r"run|run_app|run_simple|run_server|run_wsgi|serve|serve_forever|bind|listen|make_server|create_server|"
    r"start_server|start_unix_server|listen_tcp|TCPSite|create_datagram_endpoint|\w*Server|WSGIServer"
)
_KEYWORDS = frozenset(
    "host hosts hostname bind bind_host bind_addr bind_address address addr ip interface server_name "
    "server_address listen_host listen_address local_addr listener".split()
)
_READS = frozenset({"os.environ.get", "os.getenv", "environ.get", "getenv"})


@dataclass(frozen=True)
class Constant:
    """A name that holds the address; `importable` where other files can see it."""

    name: str
    importable: bool


def listens(program: Program, text: cst.BaseExpression) -> bool:
    """Whether the expression is handed to what starts a server, alone or as the first of (address, port)."""
    argument = program.parent(text)
    if isinstance(argument, cst.Element):
        pair = program.parent(argument)
        if not isinstance(pair, (cst.Tuple, cst.List)) or pair.elements[0] is not argument:
            return False
        argument = program.parent(pair)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    if not isinstance(argument, cst.Arg) or not isinstance(call, cst.Call) or argument.star:
        return False
    callee = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted_name(call.func)
    if callee is None or _SERVES.fullmatch(callee) is None:
        return False
    return argument.keyword is None or argument.keyword.value.lower() in _KEYWORDS


def default_of_variable(program: Program, text: cst.SimpleString) -> str | None:
    """Return the environment variable that the text replaces where it is not set, for a server."""
    argument = program.parent(text)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    if not isinstance(call, cst.Call) or len(call.args) != 2 or call.args[1] is not argument:
        return None
    if not program.imported_names(call.func) & _READS:
        return None
    name = text_of(call.args[0].value)
    if name is None:
        return None
    return name if listens(program, call) or constant_of_address(program, call) is not None else None


def constant_of_address(program: Program, value: cst.BaseExpression) -> Constant | None:
    """Return the one name that the value is given to, where all uses of it are a server's address."""
    statement = program.parent(value)
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
        target: cst.CSTNode = statement.targets[0].target
    elif isinstance(statement, cst.AnnAssign):
        target = statement.target
    else:
        return None
    scope = program.scope(value)
    if not isinstance(target, cst.Name) or scope is None:
        return None
    assignments = list(scope[target.value])
    if len(assignments) != 1:
        return None
    uses = [access.node for access in assignments[0].references]
    if not uses or not all(isinstance(use, cst.BaseExpression) and listens(program, use) for use in uses):
        return None
    outer = program.enclosing(value, cst.FunctionDef, cst.ClassDef)
    return Constant(target.value, not isinstance(outer, cst.FunctionDef))
