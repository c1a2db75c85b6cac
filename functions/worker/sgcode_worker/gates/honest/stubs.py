"""Bodies emptied or stubbed: nothing, `...`, NotImplementedError or a constant where code was."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison


def check_stubs(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every function whose body became a stub."""
    for pair in comparison.pairs:
        if pair.before.kind == "function" and not is_stub(pair.before) and is_stub(pair.after):
            yield Evidence(f"{pair.label} did something and is now a stub", pair.line)
        if _unimplemented(pair.after) > _unimplemented(pair.before):
            yield Evidence(f"{pair.label} now raises NotImplementedError", pair.line)


def is_stub(definition: Definition) -> bool:
    """Whether the body does nothing but pass, or give a constant."""
    return all(_idle(statement) for statement in definition.statements)


def _idle(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Pass, ast.Global, ast.Nonlocal, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(statement, (ast.Expr, ast.Return)):
        return statement.value is None or isinstance(statement.value, ast.Constant)
    return False


def _unimplemented(definition: Definition) -> int:
    return sum(
        isinstance(node, ast.Name) and node.id == "NotImplementedError"
        for each in definition.raises
        if each.exc is not None
        for node in ast.walk(each.exc)
    )
