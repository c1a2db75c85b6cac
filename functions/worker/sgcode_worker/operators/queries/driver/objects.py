"""Which objects run queries in a way of their own: SQLAlchemy's and PyGreSQL's."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.drivers import SQLALCHEMY_MODULES
from sgcode_worker.operators.queries.driver.origins import origins
from sgcode_worker.operators.visibility import dotted_name

_RAW = frozenset({"cursor", "raw_connection"})
# What a query of PyGreSQL's classic interface answers with, and no other driver.
_ANSWERS = frozenset({"namedresult", "getresult", "dictresult", "ntuples", "onedict", "onenamed"})


def is_of_sqlalchemy(program: Program, receiver: cst.BaseExpression, mentioned: frozenset[str]) -> bool:
    """Whether the receiver is an engine, connection or session of SQLAlchemy, not what lies beneath one.

    `mentioned` are the libraries that the file uses: a `session` is SQLAlchemy's only where that is one of
    them, and an `engine` only there or where there is none.
    """
    found = False
    drivers = {each.split(".")[0] for each in mentioned - SQLALCHEMY_MODULES}
    imported = bool(mentioned & SQLALCHEMY_MODULES)
    names = {"session", "engine"} if imported else set() if mentioned else {"engine"}
    for node in origins(program, receiver):
        dotted = dotted_name(node) or ""
        last = node.attr.value if isinstance(node, cst.Attribute) else dotted
        if last in _RAW:
            return False
        named = last in names or f".{dotted}".endswith((".db.engine", ".db.session"))
        modules = {each.split(".")[0] for each in program.imported_names(node)}
        if modules & drivers:
            return False
        found = found or named or bool(modules & SQLALCHEMY_MODULES)
    return found


def is_of_pygresql(program: Program) -> bool:
    """Whether the file reads the answers of queries as only PyGreSQL gives them."""
    return any(node.attr.value in _ANSWERS for node in program.nodes(cst.Attribute))
