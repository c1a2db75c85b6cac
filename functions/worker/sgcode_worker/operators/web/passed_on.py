"""Functions that hand their own `**` arguments on to a request, which may hold its timeout."""

import libcst as cst

from sgcode_worker.operators.arguments import with_keyword
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program

_NAME = "timeout"
_BLOCKS = (cst.IndentedBlock, cst.If, cst.Else, cst.Try, cst.ExceptHandler, cst.Finally, cst.With)
_READS = frozenset({"get", "setdefault", "pop", "update", "keys", "items", "values"})


def own_keywords(program: Program, call: cst.Call) -> cst.Name | None:
    """Return the name of the function's own `**` parameter where the timeout may be taken out of it.

    That is so right before a call that is not repeated and after which nothing uses the parameter;
    None for anything else.
    """
    given = [argument.value for argument in call.args if argument.star == "**"]
    keywords = given[0]
    function = program.enclosing(call, cst.FunctionDef, cst.Lambda, cst.ClassDef, cst.CompFor)
    statement = program.enclosing(call, cst.SimpleStatementLine, cst.BaseCompoundStatement)
    if len(given) > 1 or not isinstance(keywords, cst.Name) or not isinstance(function, cst.FunctionDef):
        return None
    own = function.params.star_kwarg
    if own is None or own.name.value != keywords.value:
        return None
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) > 1:
        return None
    if not _runs_once(program, statement, function) or not _is_free(function):
        return None
    return keywords if _used_before_only(program, function, statement, keywords) else None


def with_own_timeout(
    program: Program, call: cst.Call, keywords: cst.Name, seconds: int
) -> dict[cst.CSTNode, cst.FlattenSentinel[cst.CSTNode]]:
    """Return the statement of the call, after one that takes the timeout out of the keywords."""
    statement = program.enclosing(call, cst.SimpleStatementLine)
    assert statement is not None
    taken = cst.parse_statement(
        f'{_NAME} = {keywords.value}.pop("{_NAME}", {seconds})', config=program.module.config_for_parsing
    )
    assert isinstance(taken, cst.SimpleStatementLine)
    changed = statement.deep_replace(call, with_keyword(call, _NAME, cst.Name(_NAME)))
    assert isinstance(changed, cst.SimpleStatementLine)
    first = taken.with_changes(leading_lines=statement.leading_lines)
    return {statement: cst.FlattenSentinel([first, changed.with_changes(leading_lines=())])}


def _runs_once(program: Program, statement: cst.CSTNode, function: cst.FunctionDef) -> bool:
    for outer in program.ancestors(statement):
        if outer is function:
            return True
        if not isinstance(outer, _BLOCKS):
            return False
    return False


def _is_free(function: cst.FunctionDef) -> bool:
    return not any(each.value == _NAME for each in _names(function))


def _used_before_only(
    program: Program, function: cst.FunctionDef, statement: cst.CSTNode, keywords: cst.Name
) -> bool:
    """Whether all other uses stand before the statement and only read or set items."""
    start, _ = extent(program, statement)
    for name in _names(function.body):
        if name.value != keywords.value or name is keywords:
            continue
        holder = program.parent(name)
        reads = isinstance(holder, cst.Attribute) and holder.value is name and holder.attr.value in _READS
        item = isinstance(holder, cst.Subscript) and holder.value is name
        if extent(program, name)[0] >= start or not (reads or item):
            return False
    return True


def _names(node: cst.CSTNode) -> list[cst.Name]:
    found: list[cst.Name] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Name):
            found.append(current)
        waiting.extend(current.children)
    return found
