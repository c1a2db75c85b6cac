"""Queries still filled in with values, in a way that analyzers do not see."""

import ast
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.differences import Facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.honest.query_spellings import is_unseen
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.surface.returns import is_fixed
from sgcode_worker.gates.surface.sql import is_query
from sgcode_worker.gates.texts import Lookup, fold

_FILLERS = frozenset(
    "replace substitute safe_substitute translate format format_map vformat __mod__ __add__ __format__ "
    "join sub mod add concat Template partition zip expandvars".split()
)


def check_hidden_queries(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every query that is newly filled in by other means than the original's."""
    before, after = _filled(comparison.original), _filled(comparison.candidate)
    for fact in lost(after, before):
        yield Evidence(
            f"a query is filled in with values {fact}, which analyzers cannot see", after.line(fact)
        )


def _filled(program: Outline) -> Facts:
    found = Facts()
    for definition in program.definitions.values():
        lookup = lookup_in(definition, program)
        for call in definition.calls:
            for fact in _call(call.node, lookup, definition):
                found.add(fact, call.node.lineno)
            helper = program.definitions.get(call.name)
            if helper is not None and _fills(helper) and any(_query(each, lookup) for each in call.node.args):
                found.add(f"by `{call.name}`", call.node.lineno)
        for operation in definition.operations:
            if isinstance(operation.left, ast.Name) and _query(operation.left, lookup):
                found.add("through a name", operation.lineno)
        for statement in definition.statements:
            if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
                values = definition.bindings.get(statement.target.id, [])
                grows = any(value is not None and _query(value, None) for value in values)
                if grows and not is_fixed(definition, statement.value):
                    found.add("piece by piece", statement.lineno)
        for node in definition.texts:
            if is_unseen(node, lookup):
                found.add("in a spelling of its own", getattr(node, "lineno", None))
    return found


def _fills(helper: Definition) -> bool:
    """Whether a function puts values into a text that it is given."""
    if not isinstance(helper.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    given = {argument.arg for argument in helper.node.args.args}
    owners = [
        call.node.func.value
        for call in helper.calls
        if isinstance(call.node.func, ast.Attribute) and call.name in _FILLERS
    ]
    owners += [operation.left for operation in helper.operations]
    return any(isinstance(each, ast.Name) and each.id in given for each in owners)


def _call(node: ast.Call, lookup: Lookup, definition: Definition) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in _FILLERS:
        return
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        plain_format = name == "format" and not isinstance(owner, ast.Name)
        if _query(owner, lookup) and not plain_format:
            yield f"by `{name}`"
            return
    for argument in node.args:
        if isinstance(argument, (ast.List, ast.Tuple)) and name == "join":
            text = fold(node, lookup)
            if text is not None and is_query(text) and not is_fixed(definition, argument):
                yield "by `join`"
        elif _query(argument, lookup):
            yield f"by `{name}`"


def _query(node: ast.expr, lookup: Lookup | None) -> bool:
    text = fold(node, lookup)
    return text is not None and is_query(text)
