"""Where a function removes a file that it named, as the last thing it does with the name."""

import libcst as cst

from sgcode_worker.operators.files.named import Named
from sgcode_worker.operators.program import Program

_REMOVERS = frozenset({"os.remove", "os.unlink"})


def last_removal(result: Named) -> cst.SimpleStatementLine | None:
    """Return the one line that removes the file; None where there are more, or something comes after."""
    program, uses = result.program, result.uses
    if result.function is None or not result.is_bound_once:
        return None
    if not all(_is_plain(program, use) for use in uses):
        return None
    lines = [line for line in (_removing_line(program, use) for use in uses) if line is not None]
    if len(lines) != 1 or any(program.enclosing(use, cst.FunctionDef) is not result.function for use in uses):
        return None
    end = program.span(lines[0]).end.line
    return lines[0] if all(program.span(use).start.line <= end for use in uses) else None


def _is_plain(program: Program, use: cst.CSTNode) -> bool:
    """Whether the name is handed on as it is, so that no other file is named after it."""
    return isinstance(program.parent(use), (cst.Arg, cst.Element))


def _removing_line(program: Program, use: cst.CSTNode) -> cst.SimpleStatementLine | None:
    argument = program.parent(use)
    call = program.parent(argument) if isinstance(argument, cst.Arg) else None
    if not isinstance(call, cst.Call) or not program.imported_names(call.func) & _REMOVERS:
        return None
    statement = program.parent(call)
    line = program.parent(statement) if isinstance(statement, cst.Expr) else None
    alone = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 and len(call.args) == 1
    return line if alone and isinstance(line, cst.SimpleStatementLine) else None
