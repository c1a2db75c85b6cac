"""What kind of object runs a query, told from how the file uses it."""

import re

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.origins import origins
from sgcode_worker.operators.visibility import dotted_name

_CURSOR = re.compile(r"^_*(c|cr|cur|curs|crsr)\d*$|cursor|_cur$", re.IGNORECASE)
_FETCHES = frozenset({"fetchone", "fetchall", "fetchmany"})
_TRANSACTION = re.compile(r"trans|tx|session", re.IGNORECASE)


def is_cursor(program: Program, receiver: cst.BaseExpression) -> bool:
    """Whether the receiver is certainly an object of the driver itself, and nothing that wraps it.

    It is called a cursor or made by `cursor()`, rows are fetched from it, or another object commits.
    """
    for node in origins(program, receiver):
        made = node.attr.value if isinstance(node, cst.Attribute) else dotted_name(node) or ""
        if made == "cursor" or (node is receiver and _CURSOR.search(made)):
            return True
    name = dotted_name(receiver)
    return name is not None and any(
        _tells(call.func, name) for call in program.nodes(cst.Call) if isinstance(call.func, cst.Attribute)
    )


def is_awaited(program: Program, receiver: cst.BaseExpression) -> bool:
    """Whether the call of the method that the receiver has is awaited."""
    method = program.parent(receiver)
    call = None if method is None else program.parent(method)
    return call is not None and isinstance(program.parent(call), cst.Await)


def _tells(function: cst.Attribute, name: str) -> bool:
    owner = dotted_name(function.value)
    if function.attr.value in _FETCHES:
        return owner == name
    commits = function.attr.value == "commit" and owner is not None
    return commits and owner != name and not _TRANSACTION.search(owner or "")
