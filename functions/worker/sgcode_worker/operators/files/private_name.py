"""A name that nobody else can use: in a new folder that is its owner's only."""

import re
from collections.abc import Sequence
from dataclasses import replace

import libcst as cst

from sgcode_worker.operators.arguments import argument_of
from sgcode_worker.operators.files.named import Named
from sgcode_worker.operators.files.removal import last_removal
from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.operator import DeclaredChange, Replacement, Rewrite
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.statements import (
    assignment_line,
    call_line,
    flattened,
    free_name,
    keyword_argument,
)

# A prefix that can begin the name too; one with a slash would lead out of the folder.
_PLAIN = re.compile(r"[\w.-]*\w[\w.-]*")
_SUMMARY = "Names a file in a new private folder, where nobody else can come first."
_KEPT = " The folder stays behind when the file is removed."


def as_private_name(program: Program, call: cst.Call, result: Named | None) -> Rewrite:
    """Return the rewrite of a `mktemp` call; the folder is removed where the function removes the file."""
    made, needed = _made_folder(program, call)
    name = _name(program, call)
    removal = last_removal(result) if result is not None else None
    if result is None or removal is None:
        path, needed_os = _path(program, call, made, name)
        return Rewrite(_SUMMARY + _KEPT, {call: path}, _all(needed, needed_os))
    return _removed_with(result, removal, (made, needed), name)


def in_private_folder(
    result: Named, removal: cst.SimpleStatementLine, name: str, declared: Sequence[DeclaredChange]
) -> Rewrite:
    """Return the rewrite that lets the named file lie in a new folder, which is removed with it."""
    function, needed = result.program.reference("tempfile", "mkdtemp", at=result.line)
    quoted = literal(name, preferred_quote(result.value) or '"')
    rewrite = _removed_with(result, removal, (cst.Call(function), needed), quoted)
    return replace(rewrite, declared=declared)


def _removed_with(
    result: Named,
    removal: cst.SimpleStatementLine,
    made: tuple[cst.Call, NeededImport | None],
    name: cst.BaseExpression,
) -> Rewrite:
    program = result.program
    folder = cst.Name(free_name(program, "folder"))
    path, needed_os = _path(program, result.line, folder, name)
    remove, needed_shutil = program.reference("shutil", "rmtree", at=removal)
    first = assignment_line(folder, made[0]).with_changes(leading_lines=result.line.leading_lines)
    assignment = cst.Assign([cst.AssignTarget(result.target)], path)
    second = result.line.with_changes(leading_lines=[], body=[assignment])
    replacements: dict[cst.CSTNode, Replacement] = {
        result.line: flattened(first, second),
        removal: flattened(removal, call_line(remove, folder, ignore_errors=cst.Name("True"))),
    }
    return Rewrite(_SUMMARY, replacements, _all(made[1], needed_os, needed_shutil))


def _all(*needed: NeededImport | None) -> list[NeededImport]:
    return [each for each in needed if each is not None]


def sibling(program: Program, call: cst.Call, name: str) -> tuple[cst.BaseExpression, NeededImport | None]:
    """Return the member `name` of tempfile, through the same module as the one that is called."""
    if isinstance(call.func, cst.Attribute):
        return call.func.with_changes(attr=cst.Name(name)), None
    return program.reference("tempfile", name, at=call)


def _made_folder(program: Program, call: cst.Call) -> tuple[cst.Call, NeededImport | None]:
    function, needed = sibling(program, call, "mkdtemp")
    prefix = argument_of(call, "prefix", 1)
    arguments = [] if prefix is None else [keyword_argument("prefix", prefix.value)]
    return cst.Call(function, arguments), needed


def _path(
    program: Program, at: cst.CSTNode, folder: cst.BaseExpression, name: cst.BaseExpression
) -> tuple[cst.Call, NeededImport | None]:
    module, needed = program.reference("os", "path", at=at)
    return cst.Call(cst.Attribute(module, cst.Name("join")), [cst.Arg(folder), cst.Arg(name)]), needed


def _name(program: Program, call: cst.Call) -> cst.BaseExpression:
    """What the file is called: the prefix, or `file`, and the suffix."""
    prefix, suffix = argument_of(call, "prefix", 1), argument_of(call, "suffix", 0)
    start = (text_of(prefix.value) if prefix is not None else None) or ""
    if not _PLAIN.fullmatch(start):
        start = "file"
    quote = preferred_quote(call) or preferred_quote(program.module) or '"'
    if suffix is None:
        return literal(start, quote)
    known = text_of(suffix.value)
    if known is not None:
        return literal(start + known, quote)
    return cst.BinaryOperation(literal(start, quote), cst.Add(), _operand(suffix.value))


def _operand(value: cst.BaseExpression) -> cst.BaseExpression:
    simple = isinstance(value, (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.SimpleString))
    if simple or value.lpar:
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
