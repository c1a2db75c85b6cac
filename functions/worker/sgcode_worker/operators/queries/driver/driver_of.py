"""Tells which database driver a query goes to."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.drivers import (
    DIALECTS,
    PYGRESQL,
    SQLALCHEMY,
    UNSUPPORTED,
    Dialect,
)
from sgcode_worker.operators.queries.driver.evident import SETTING, evident_dialect
from sgcode_worker.operators.queries.driver.named import (
    as_named,
    decides_among,
    named_dialect,
    overruling,
)
from sgcode_worker.operators.queries.driver.objects import is_of_pygresql, is_of_sqlalchemy
from sgcode_worker.operators.queries.driver.origins import sources
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.visibility import dotted_name

_DEPTH = 8
_ROOTS = frozenset(name.split(".")[0] for name in (*DIALECTS, *UNSUPPORTED))
_MENTIONED: WeakKeyDictionary[Program, frozenset[str]] = WeakKeyDictionary()


def dialect_of(program: Program, receiver: cst.BaseExpression, named: str | None) -> Dialect:
    """Return the dialect of what `execute` is called on. Refuses where that is not certain.

    A file that mentions no driver may still say it in other ways: `Dialect.basis` says which. `named` is the
    driver of the run, for where the file leaves it open.
    """
    mentioned = _mentioned(program)
    method = _method(program, receiver)
    if method == "query" and is_of_pygresql(program):
        return PYGRESQL
    if method == "query" or (method == "sql" and mentioned != {"frappe"}):
        raise Refusal(
            f"The query is run by a method `{method}`, of which is not known how it takes parameters."
        )
    if is_of_sqlalchemy(program, receiver, mentioned):
        return overruling(SQLALCHEMY, "SQLAlchemy", named)
    if not mentioned and named is not None:
        return named_dialect(program, receiver, named)
    if not mentioned:
        return evident_dialect(program, receiver)
    alike = len({DIALECTS.get(name) for name in mentioned}) == 1 and not mentioned & UNSUPPORTED
    found = mentioned if alike or len(mentioned) == 1 else _trace(program, receiver, _DEPTH)
    unsupported = sorted(found & UNSUPPORTED)
    dialects = {DIALECTS[name] for name in found if name in DIALECTS}
    if not unsupported and "" not in found and len(dialects) == 1:
        return overruling(dialects.pop(), min(found), named)
    if named and decides_among(program, receiver, named, mentioned, found):
        return as_named(program, receiver, named)
    if unsupported:
        raise Refusal(
            f"The query is run through {unsupported[0]}, which takes parameters in a way of its own."
        )
    raise Refusal(
        f"The file uses several database libraries ({', '.join(sorted(mentioned))}), and which one runs the "
        f"query is not certain; {SETTING} may name it."
    )


def _method(program: Program, receiver: cst.BaseExpression) -> str:
    holder = program.parent(receiver)
    return holder.attr.value if isinstance(holder, cst.Attribute) else ""


def _mentioned(program: Program) -> frozenset[str]:
    """The drivers that the file imports, or uses without an import as a fragment does."""
    if program not in _MENTIONED:
        found = {_known(name) for name in (*_imported(program), *_unbound(program))}
        _MENTIONED[program] = frozenset(found - {""})
    return _MENTIONED[program]


def _imported(program: Program) -> Iterator[str]:
    for node in program.nodes(cst.Import, cst.ImportFrom):
        prefix = ""
        if isinstance(node, cst.ImportFrom):
            prefix = "" if node.module is None or node.relative else f"{dotted_name(node.module)}."
            yield prefix.rstrip(".")
        if not isinstance(node.names, cst.ImportStar):
            yield from (f"{prefix}{dotted_name(alias.name)}" for alias in node.names)


def _unbound(program: Program) -> Iterator[str]:
    for node in program.nodes(cst.Attribute):
        if isinstance(node.value, cst.Name) and node.value.value in _ROOTS:
            yield from program.imported_names(node)


def _known(name: str) -> str:
    """The driver that a module or something in it belongs to, '' for anything else."""
    parts = name.split(".")
    ways = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((way for way in ways if way in DIALECTS or way in UNSUPPORTED), "")


def _trace(program: Program, node: cst.BaseExpression, depth: int) -> set[str]:
    """The drivers that the object may come from; '' among them where it may come from elsewhere."""
    if depth == 0:
        return {""}
    names = program.imported_names(node)
    if isinstance(node, cst.SimpleString):
        names = {text_of(node) or ""}
    known = {_known(name) for name in names} - {""}
    if known:
        return known
    return {found for source in sources(program, node) for found in _follow(program, source, depth - 1)}


def _follow(program: Program, source: cst.BaseExpression | None, depth: int) -> set[str]:
    return {""} if source is None else _trace(program, source, depth)
