"""Which imports a place in the program sees, and by what name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.needed_import import NeededImport

if TYPE_CHECKING:
    from sgcode_worker.operators.program import Program

ImportNode = cst.Import | cst.ImportFrom


def dotted_name(node: cst.CSTNode) -> str | None:
    """Return `a.b.c` for a name or a chain of attributes on one, None for anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return None
    return ".".join([node.value, *reversed(parts)])


def imported_names(program: Program, node: cst.CSTNode) -> set[str]:
    """Return what `Program.imported_names` promises."""
    dotted, scope = dotted_name(node), program.scope(node)
    if dotted is None or scope is None:
        return set()
    assignments = _assignments(scope, dotted.split(".")[0])
    if not assignments:
        return {dotted}
    if not all(_is_import(each) or _is_none(program, each) for each in assignments):
        return set()
    found = scope.get_qualified_names_for(node)
    return {each.name for each in found if each.source is metadata.QualifiedNameSource.IMPORT}


def reference(
    program: Program, module: str, name: str | None, at: cst.CSTNode
) -> tuple[cst.BaseExpression, NeededImport | None]:
    """Return what `Program.reference` promises."""
    target = module if name is None else f"{module}.{name}"
    imports = list(_imports(program))
    for wanted in dict.fromkeys((target, module)):
        for statement, bound, stands_for in imports:
            if stands_for == wanted and _sees(program, statement, bound, wanted, at):
                return _expression(bound, name if wanted != target else None), None
    by_name = name is not None and any(
        isinstance(statement, cst.ImportFrom) and stands_for.startswith(f"{module}.")
        for statement, _, stands_for in imports
    )
    binds = (name or module) if by_name else module
    root = module.split(".")[0]
    free = _is_free(program, binds, target, at) if by_name else _is_free(program, root, root, at)
    alias = None if free else _unused(program, binds.rpartition(".")[2])
    needed = NeededImport(module, name if by_name else None, alias)
    return _expression(alias or binds, None if by_name else name), needed


def _expression(bound: str, attribute: str | None) -> cst.BaseExpression:
    first, *rest = bound.split(".")
    value: cst.BaseExpression = cst.Name(first)
    for part in [*rest, *([attribute] if attribute else [])]:
        value = cst.Attribute(value, cst.Name(part))
    return value


def _imports(program: Program) -> Iterator[tuple[ImportNode, str, str]]:
    """Every imported name: its statement, the name it binds, and what that name stands for."""
    for statement in program.nodes(cst.Import, cst.ImportFrom):
        if isinstance(statement.names, cst.ImportStar) or getattr(statement, "relative", ()):
            continue
        prefix = ""
        if isinstance(statement, cst.ImportFrom) and statement.module is not None:
            prefix = f"{dotted_name(statement.module)}."
        for alias in statement.names:
            full = dotted_name(alias.name) or ""
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                yield statement, alias.asname.name.value, prefix + full
            elif alias.asname is None:
                first = full.split(".")[0]
                yield statement, first, prefix + first
                if first != full:
                    yield statement, full, full


def _sees(program: Program, statement: ImportNode, bound: str, stands_for: str, at: cst.CSTNode) -> bool:
    """Whether `bound` is certainly this import when `at` is evaluated."""
    scope = program.scope(at)
    if scope is None:
        return False
    assignments = _assignments(scope, bound.split(".")[0])
    if not assignments or not all(_is_import(each) for each in assignments):
        return False
    if {each.name for each in scope.get_qualified_names_for(_expression(bound, None))} != {stands_for}:
        return False
    holder = program.parent(program.parent(statement) or statement)
    if isinstance(holder, cst.Module):
        return _precedes(program, statement, at)
    if isinstance(holder, cst.IndentedBlock) and isinstance(program.parent(holder), cst.FunctionDef):
        return program.parent(holder) in program.ancestors(at) and _precedes(program, statement, at)
    return False


def _precedes(program: Program, statement: cst.CSTNode, at: cst.CSTNode) -> bool:
    first, second = program.span(statement).start, program.span(at).start
    return (first.line, first.column) < (second.line, second.column)


def _is_free(program: Program, bound: str, stands_for: str, at: cst.CSTNode) -> bool:
    """Whether a new import at the top may bind this name: nothing else does, in the module or around `at`."""
    scope = program.scope(at)
    if scope is None:
        return False
    everything = [*_assignments(scope, bound), *_assignments(scope.globals, bound)]
    if not all(_is_import(each) for each in everything):
        return False
    names = {found.name for found in scope.get_qualified_names_for(cst.Name(bound))}
    names |= {found.name for found in scope.globals.get_qualified_names_for(cst.Name(bound))}
    return names <= {stands_for}


def _unused(program: Program, bound: str) -> str:
    taken = {node.value for node in program.nodes(cst.Name)}
    candidate = f"_{bound}"
    while candidate in taken:
        candidate = f"_{candidate}"
    return candidate


def _assignments(scope: metadata.Scope, name: str) -> Iterable[metadata.BaseAssignment]:
    return [each for each in scope[name] if not isinstance(each, metadata.BuiltinAssignment)]


def _is_import(assignment: metadata.BaseAssignment) -> bool:
    return isinstance(assignment, metadata.ImportAssignment)


def _is_none(program: Program, assignment: metadata.BaseAssignment) -> bool:
    node = getattr(assignment, "node", None)
    if not isinstance(node, cst.Name):
        return False
    holder = program.parent(program.parent(node) or node)
    return (
        isinstance(holder, cst.Assign) and isinstance(holder.value, cst.Name) and holder.value.value == "None"
    )
