"""What a program does with the name of a digest that its check does not let through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.crypto.digest_checks import DigestCheck
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.tree.children import children
from sgcode_worker.operators.visibility import dotted_name

_UNDECIDED = "What becomes of a name that hashlib does not know cannot be told, so nothing can be refused so."
_FALLS_BACK = "A name that hashlib does not know is not refused here: decide what a weak one becomes."
_LEAVES = frozenset({"exit", "abort", "error", "fail"})


@dataclass(frozen=True)
class Refusal:
    """Where the names go that pass the check: into `passed`, or past the statement of the check."""

    statement: cst.CSTNode
    passed: cst.CSTNode | None


def refusal_of(program: Program, check: DigestCheck) -> Refusal | str:
    """Return how the program refuses a name, or why it cannot be said that it does."""
    holds, test = check.holds, check.test
    holder = program.parent(test)
    while isinstance(holder, (cst.UnaryOperation, cst.BooleanOperation)):
        if isinstance(holder, cst.UnaryOperation):
            if not isinstance(holder.operator, cst.Not):
                return _UNDECIDED
            holds = not holds
        test, holder = holder, program.parent(holder)
    if isinstance(holder, cst.Assert) and holder.test is test:
        return Refusal(holder, None) if holds else _UNDECIDED
    if isinstance(holder, cst.IfExp) and holder.test is test:
        passed, refused = (holder.body, holder.orelse) if holds else (holder.orelse, holder.body)
        return _FALLS_BACK if _hashes(program, [refused]) else Refusal(holder, passed)
    if not isinstance(holder, cst.If) or holder.test is not test:
        return _UNDECIDED
    return _of_branches(program, holder, holds)


def _of_branches(program: Program, holder: cst.If, holds: bool) -> Refusal | str:
    body, orelse = _statements(holder.body), _statements(holder.orelse)
    if holds:
        refused = orelse if holder.orelse is not None else _after(program, holder)
        return _FALLS_BACK if _hashes(program, refused) else Refusal(holder, holder.body)
    if _hashes(program, body):
        return _FALLS_BACK
    if holder.orelse is not None:
        return Refusal(holder, holder.orelse) if _ends(body) or _hashes(program, orelse) else _UNDECIDED
    return Refusal(holder, None) if _ends(body) else _FALLS_BACK


def guarded_by(program: Program, check: DigestCheck, refusal: Refusal, call: cst.Call) -> bool:
    """Whether the call hashes only by names that the check let through."""
    if refusal.passed is not None:
        return call is refusal.passed or any(outer is refusal.passed for outer in program.ancestors(call))
    function = program.enclosing(check.test, cst.FunctionDef)
    if program.enclosing(call, cst.FunctionDef) is not function:
        return True
    return extent(program, refusal.statement)[1] <= extent(program, call)[0]


def _statements(block: cst.CSTNode | None) -> Sequence[cst.CSTNode]:
    if isinstance(block, cst.Else):
        block = block.body
    if isinstance(block, (cst.IndentedBlock, cst.SimpleStatementSuite)):
        return block.body
    return [block] if block is not None else []


def _after(program: Program, statement: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """The statements of the same block that follow."""
    while isinstance(outer := program.parent(statement), (cst.If, cst.Else)):
        statement = outer
    block = program.parent(statement)
    body: Sequence[cst.CSTNode] = getattr(block, "body", ())
    return body[body.index(statement) + 1 :] if statement in body else ()


def _ends(body: Sequence[cst.CSTNode]) -> bool:
    """Whether nothing after the block is reached through it."""
    last = body[-1] if body else None
    if isinstance(last, cst.SimpleStatementLine):
        last = last.body[-1]
    if isinstance(last, cst.Expr) and isinstance(last.value, cst.Call):
        return (dotted_name(last.value.func) or "").rpartition(".")[2] in _LEAVES
    return isinstance(last, (cst.Raise, cst.Return, cst.Continue, cst.Break))


def _hashes(program: Program, body: Sequence[cst.CSTNode]) -> bool:
    """Whether something of hashlib or hmac is used, other than the names that it has."""
    for node in _all(body):
        if isinstance(node, (cst.Name, cst.Attribute)) and dotted_name(node) is not None:
            for name in program.imported_names(node):
                module, _, member = name.partition(".")
                if module in {"hashlib", "hmac"} and member and not member.startswith("algorithms_"):
                    return True
    return False


def _all(body: Sequence[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))
