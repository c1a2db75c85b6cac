"""Takes late declarations out of their blocks and puts them at the beginning of their scope."""

from collections.abc import Callable, Iterable, Sequence

import libcst as cst

from sgcode_worker.operators.imports import is_docstring
from sgcode_worker.operators.late_globals.scopes import Declaration, LateScope
from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program

Change = Callable[[cst.CSTNode], Replacement]
Line = cst.SimpleStatementLine
Block = cst.IndentedBlock | cst.Module


def moved_up(program: Program, scopes: Iterable[LateScope]) -> dict[cst.CSTNode, Replacement]:
    """Return what replaces what, none inside another."""
    changes: dict[cst.CSTNode, list[Change]] = {}
    for scope in scopes:
        for node, change in (*_taken_out(program, scope.late), _put_first(program, scope)):
            changes.setdefault(node, []).append(change)
    mover = _Mover(changes)
    return {
        node: node.visit(mover)
        for node in changes
        if not any(outer in changes for outer in program.ancestors(node))
    }


class _Mover(cst.CSTTransformer):
    def __init__(self, changes: dict[cst.CSTNode, list[Change]]) -> None:
        super().__init__()
        self._changes = changes

    def on_leave(self, original_node: cst.CSTNode, updated_node: cst.CSTNode) -> Replacement:
        result: Replacement = updated_node
        for change in self._changes.get(original_node, ()):
            if isinstance(result, cst.CSTNode):
                result = change(result)
        return result


def _taken_out(program: Program, late: Sequence[Declaration]) -> list[tuple[cst.CSTNode, Change]]:
    holders = {each: program.parent(each) for each in late}
    lines = [
        holder
        for holder in dict.fromkeys(holders.values())
        if isinstance(holder, Line) and all(each in holders for each in holder.body)
    ]
    found: list[tuple[cst.CSTNode, Change]] = []
    for each, holder in holders.items():
        if isinstance(holder, (Line, cst.SimpleStatementSuite)) and holder not in lines:
            # The others of the line bring the semicolons that part them.
            found.append((each, _to_pass if each is holder.body[-1] else _removed))
    for block in dict.fromkeys(map(program.parent, lines)):
        if isinstance(block, (cst.IndentedBlock, cst.Module)):
            found += _lines_taken_out(block, [each for each in block.body if each in lines])
    return found


def _lines_taken_out(block: Block, lines: Sequence[Line]) -> list[tuple[cst.CSTNode, Change]]:
    """Whole lines; the comments and blank lines above them stay, above what follows."""
    found: list[tuple[cst.CSTNode, Change]] = []
    above: list[cst.EmptyLine] = []
    for statement in block.body:
        if statement in lines:
            above += statement.leading_lines
            found.append((statement, _removed))
        elif above:
            found.append((statement, _below(above)))
            above = []
    if len(lines) == len(block.body) or any(each.comment for each in above):
        found[-1] = (lines[-1], _replaced(Line([cst.Pass()], leading_lines=above)))
    return found


def _removed(_: cst.CSTNode) -> Replacement:
    return cst.RemoveFromParent()


def _to_pass(node: cst.CSTNode) -> Replacement:
    return cst.Pass(semicolon=getattr(node, "semicolon", cst.MaybeSentinel.DEFAULT))


def _replaced(line: Line) -> Change:
    return lambda _: line


def _below(above: Sequence[cst.EmptyLine]) -> Change:
    def change(node: cst.CSTNode) -> Replacement:
        own = getattr(node, "leading_lines", ())
        kept = list(above)
        while kept and own and kept[-1].comment is None and own[0].comment is None:
            kept.pop()
        return node.with_changes(leading_lines=[*kept, *own])

    return change


def _put_first(program: Program, scope: LateScope) -> tuple[cst.CSTNode, Change]:
    body = scope.node.body
    if isinstance(body, cst.SimpleStatementSuite):
        apart = cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))
        small = [line.body[0].with_changes(semicolon=apart) for line in _declarations(program, scope.late)]
        return body.body[0], lambda node: cst.FlattenSentinel([*small, node])
    lines = _declarations(program, scope.late)
    if isinstance(scope.node, cst.Module):
        around = {scope.first_mention, *program.ancestors(scope.first_mention)}
        first = next(each for each in scope.node.body if each in around)
        return first, lambda node: cst.FlattenSentinel([*lines, node])
    assert isinstance(body, cst.IndentedBlock)
    if is_docstring(body.body[0]):
        return body.body[0], lambda node: cst.FlattenSentinel([node, *lines])
    return body.body[0], lambda node: cst.FlattenSentinel([*lines, node])


def _declarations(program: Program, late: Sequence[Declaration]) -> list[Line]:
    """The declarations with the comments behind them, each name once."""
    lines: list[Line] = []
    seen: set[str] = set()
    for each in late:
        names = [item for item in each.names if item.name.value not in seen]
        seen.update(item.name.value for item in names)
        holder = program.parent(each)
        behind = cst.TrailingWhitespace()
        if isinstance(holder, Line) and all(other in late for other in holder.body):
            behind = holder.trailing_whitespace
        if names or behind.comment is not None:
            kept = names or each.names
            kept = [*kept[:-1], kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)]
            moved = each.with_changes(names=kept, semicolon=cst.MaybeSentinel.DEFAULT).deep_clone()
            lines.append(Line([moved], trailing_whitespace=behind))
    return lines
