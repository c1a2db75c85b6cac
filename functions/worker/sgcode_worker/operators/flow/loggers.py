"""The logger that a place in the program uses."""

import libcst as cst

from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import NeededImport, Program

_MAKERS = frozenset({"logging.getLogger"})


def logger_at(program: Program, node: cst.CSTNode) -> tuple[cst.BaseExpression, NeededImport | None]:
    """Return the logger that the module has under one name, else its own by `getLogger(__name__)`.

    With it comes the import that the expression needs, where the program has none.
    """
    known = _known(program, node)
    if known is not None:
        return cst.Name(known), None
    maker, needed = program.reference("logging", "getLogger", at=node)
    return cst.Call(maker, [cst.Arg(cst.Name("__name__"))]), needed


def _known(program: Program, node: cst.CSTNode) -> str | None:
    scope = program.scope(node)
    inside = program.enclosing(node, cst.FunctionDef) is not None
    if scope is None:
        return None
    for line in program.module.body:
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if not isinstance(statement, cst.Assign) or len(statement.targets) != 1:
                continue
            target, value = statement.targets[0].target, statement.value
            if not isinstance(target, cst.Name) or not isinstance(value, cst.Call):
                continue
            earlier = extent(program, statement) < extent(program, node)
            makes = bool(program.imported_names(value.func) & _MAKERS)
            bound = list(scope[target.value])
            global_only = len(bound) == 1 and bound[0].scope is scope.globals
            if makes and (inside or earlier) and global_only:
                return target.value
    return None
