"""Tells which database driver a query goes to."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of, returned_by, values_of_attribute
from sgcode_worker.operators.queries.drivers import DIALECTS, UNSUPPORTED, Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.visibility import dotted_name

_DEPTH = 8


def dialect_of(program: Program, receiver: cst.BaseExpression) -> Dialect:
    """Return the dialect of what `execute` is called on. Refuses where that is not certain."""
    imported = {known for name in _imported(program) if (known := _known(name))}
    if not imported:
        raise Refusal("The database driver cannot be told: the file imports none of the known ones.")
    alike = len({DIALECTS.get(name) for name in imported}) == 1 and not imported & UNSUPPORTED
    found = imported if alike or len(imported) == 1 else _trace(program, receiver, _DEPTH)
    unsupported = sorted(found & UNSUPPORTED)
    if unsupported:
        raise Refusal(
            f"The query is run through {unsupported[0]}, which takes parameters in a way of its own."
        )
    dialects = {DIALECTS[name] for name in found if name in DIALECTS}
    if "" not in found and len(dialects) == 1:
        return dialects.pop()
    named = ", ".join(sorted(imported))
    raise Refusal(
        f"The file uses several database libraries ({named}), and which one runs the query is not certain."
    )


def _imported(program: Program) -> Iterator[str]:
    for node in program.nodes(cst.Import, cst.ImportFrom):
        prefix = ""
        if isinstance(node, cst.ImportFrom):
            prefix = "" if node.module is None or node.relative else f"{dotted_name(node.module)}."
            yield prefix.rstrip(".")
        if not isinstance(node.names, cst.ImportStar):
            yield from (f"{prefix}{dotted_name(alias.name)}" for alias in node.names)


def _known(name: str) -> str:
    """The driver that a module or something in it belongs to, '' for anything else."""
    parts = name.split(".")
    ways = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((way for way in ways if way in DIALECTS or way in UNSUPPORTED), "")


def _trace(program: Program, node: cst.BaseExpression, depth: int) -> set[str]:
    """The drivers that the object may come from; '' among them where it may come from elsewhere."""
    if depth == 0:
        return {""}
    known = {_known(name) for name in program.imported_names(node)} - {""}
    if known:
        return known
    return {found for source in _sources(program, node) for found in _follow(program, source, depth - 1)}


def _follow(program: Program, source: cst.BaseExpression | None, depth: int) -> set[str]:
    return {""} if source is None else _trace(program, source, depth)


def _sources(program: Program, node: cst.BaseExpression) -> list[cst.BaseExpression | None]:
    """What the object is made from: a cursor from its connection, a connection from its driver."""
    if isinstance(node, cst.Await):
        return [node.expression]
    if isinstance(node, cst.Name):
        return bindings_of(program, node) or [None]
    if isinstance(node, cst.Call):
        returned = returned_by(program, node.func)
        return returned if returned else [node.func]
    if isinstance(node, cst.Attribute):
        stored = values_of_attribute(program, node)
        return stored if stored else [node.value]
    return [None]
