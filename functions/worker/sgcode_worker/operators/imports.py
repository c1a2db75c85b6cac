"""Where an import that rewrites need is put: beside the other imports and before every use."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.needed_import import NeededImport
from sgcode_worker.operators.program import Program

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


class NoPlaceError(Exception):
    """The program uses on its first line what would have to be imported before."""


@dataclass(frozen=True)
class ImportPlacement:
    """Import statements that go behind the top-level statement `after`, at the beginning where it is None."""

    statements: Sequence[cst.SimpleStatementLine]
    after: Statement | None
    before: Statement | None
    """What follows and is to be set apart by a blank line; None where that is an import too."""
    comments: Sequence[cst.EmptyLine] = ()
    """The end of the module's header that is about `before` and stays with it."""


def place_imports(
    program: Program, needed: Mapping[NeededImport, Sequence[cst.CSTNode]]
) -> ImportPlacement | None:
    """Return where the imports go, given the nodes whose replacements use them.

    Raises NoPlaceError where no line is early enough.
    """
    if not needed:
        return None
    body = program.module.body
    tops = {statement: index for index, statement in enumerate(body)}
    first_use = min(_top_index(program, node, tops) for users in needed.values() for node in users)
    start = _after_prologue(body)
    if first_use < start:
        raise NoPlaceError
    block = _import_block(body, start, first_use)
    statements = [
        _statement(each) for each in sorted(needed, key=lambda each: (each.module, each.name or ""))
    ]
    if block is not None:
        standard = [index for index in block if _is_standard(body[index])]
        return ImportPlacement(statements, body[(standard or block)[-1]], None)
    if start and not _is_future(body[start - 1]):
        statements[0] = statements[0].with_changes(leading_lines=[cst.EmptyLine(indent=False)])
    follower = next((each for each in body[start : start + 1] if not _begins_with_blank(each)), None)
    if start:
        return ImportPlacement(statements, body[start - 1], follower)
    return ImportPlacement(statements, None, follower, _comments_of_first(program.module.header))


def _top_index(program: Program, node: cst.CSTNode, tops: Mapping[cst.CSTNode, int]) -> int:
    return next((tops[each] for each in (node, *program.ancestors(node)) if each in tops), 0)


def _after_prologue(body: Sequence[Statement]) -> int:
    """The index after the docstring and the `from __future__` imports."""
    index = 0
    if body and is_docstring(body[0]):
        index = 1
    while index < len(body) and _is_future(body[index]):
        index += 1
    return index


def _comments_of_first(header: Sequence[cst.EmptyLine]) -> Sequence[cst.EmptyLine]:
    """The comments right above the first statement, where a blank line parts them from the file's own."""
    index = len(header)
    while index > 0 and header[index - 1].comment is not None:
        index -= 1
    # On its first two lines a file may name its interpreter and its encoding.
    return header[index:] if index >= 2 else ()


def _import_block(body: Sequence[Statement], start: int, first_use: int) -> range | None:
    """The first run of import statements that ends before the first use."""
    begin = next((index for index in range(start, len(body)) if _imports_of(body[index])), None)
    if begin is None:
        return None
    end = begin
    while end < len(body) and _imports_of(body[end]):
        end += 1
    return range(begin, end) if end <= first_use else None


def _imports_of(statement: cst.CSTNode) -> list[cst.Import | cst.ImportFrom]:
    """The imports of a line that holds nothing else; empty for any other statement."""
    if not isinstance(statement, cst.SimpleStatementLine):
        return []
    found = [each for each in statement.body if isinstance(each, (cst.Import, cst.ImportFrom))]
    return found if len(found) == len(statement.body) else []


def _is_future(statement: cst.CSTNode) -> bool:
    return any(
        isinstance(each, cst.ImportFrom)
        and isinstance(each.module, cst.Name)
        and each.module.value == "__future__"
        for each in _imports_of(statement)
    )


def is_docstring(statement: cst.CSTNode) -> bool:
    """Whether a line begins with a text that nothing uses, as a docstring does."""
    if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(statement.body[0], cst.Expr):
        return False
    return isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))


def _is_standard(statement: cst.CSTNode) -> bool:
    return all(_root(each) in sys.stdlib_module_names for each in _imports_of(statement))


def _root(node: cst.Import | cst.ImportFrom) -> str:
    name: cst.BaseExpression | None = node.names[0].name if isinstance(node, cst.Import) else node.module
    while isinstance(name, cst.Attribute):
        name = name.value
    return name.value if isinstance(name, cst.Name) else ""


def _statement(needed: NeededImport) -> cst.SimpleStatementLine:
    alias = None if needed.alias is None else cst.AsName(name=cst.Name(needed.alias))
    if needed.name is None:
        node = cst.Import([cst.ImportAlias(_module(needed.module), alias)])
    else:
        node = cst.ImportFrom(_module(needed.module), [cst.ImportAlias(cst.Name(needed.name), alias)])
    return cst.SimpleStatementLine([node])


def _module(name: str) -> cst.Attribute | cst.Name:
    first, *rest = name.split(".")
    node: cst.Attribute | cst.Name = cst.Name(first)
    for part in rest:
        node = cst.Attribute(node, cst.Name(part))
    return node


def _begins_with_blank(statement: Statement) -> bool:
    lines = statement.leading_lines
    return bool(lines) and lines[0].comment is None
