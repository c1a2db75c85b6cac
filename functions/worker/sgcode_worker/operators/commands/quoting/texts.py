"""The texts that a shell will read, as far as the file tells."""

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.calls import function_of, shell_call
from sgcode_worker.operators.commands.pieces import (
    Piece,
    UnreadableError,
    format_pieces,
    percent_pieces,
    read_pieces,
)
from sgcode_worker.operators.commands.programs import CODE_FLAGS, SHELLS
from sgcode_worker.operators.commands.texts import bound_value
from sgcode_worker.operators.commands.variables import begun_with, pieces_of_steps
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.visibility import dotted_name

# Functions whose first argument a shell reads, or what takes it apart as one does.
_READERS = frozenset(
    "asyncio.create_subprocess_shell asyncio.subprocess.create_subprocess_shell shlex.split "
    "invoke.run fabric.api.run fabric.api.local fabric.api.sudo".split()
)
_REMOTE = "exec_command"
_WITHOUT_SHELL = "create_subprocess_exec"
_COMMAND = frozenset("command commands cmd cmds cmdline commandline shell bash".split())
_RUNNERS = _COMMAND | frozenset("run execute exec ssh sudo system popen getoutput".split())
_TEXTS = (cst.FormattedString, cst.BinaryOperation, cst.ConcatenatedString, cst.Call)


@dataclass(frozen=True)
class Use:
    """An expression that is read as a command where it is used."""

    value: cst.BaseExpression
    at: cst.CSTNode
    """The call, statement or list that uses it."""
    certain: bool
    """Whether a shell reads it for certain; else names or the text itself must say so."""
    named: bool = False
    """Whether a name says that it is a command."""


def uses_of(program: Program) -> Iterator[Use]:
    """Yield every place where a command may be used."""
    for call in program.nodes(cst.Call):
        use = _of_call(program, call)
        if use is not None:
            yield use
    for listed in program.nodes(cst.List, cst.Tuple):
        if (code := _code(listed)) is not None:
            yield Use(code, listed, certain=True)
    for statement in program.nodes(cst.Return):
        if isinstance(statement.value, (cst.Name, *_TEXTS)):
            function = program.enclosing(statement, cst.FunctionDef)
            named = function is not None and says_command(function.name.value)
            yield Use(statement.value, statement, certain=False, named=named)
    for assigned in program.nodes(cst.Assign):
        target = assigned.targets[0].target
        named = isinstance(target, cst.Attribute) and says_command(target.attr.value)
        if named and isinstance(assigned.value, _TEXTS):
            yield Use(assigned.value, assigned, certain=False, named=True)


def says_command(name: str) -> bool:
    """Whether a name says that it stands for a command."""
    return not _COMMAND.isdisjoint(name_words(name))


def _of_call(program: Program, call: cst.Call) -> Use | None:
    last = _last(call.func)
    if not call.args or last is None:
        return None
    if function_of(program, call) is not None:
        try:
            return Use(shell_call(program, call).text, call, certain=True)
        except UnreadableError:
            return None
    first = call.args[0]
    if first.star or first.keyword is not None or not isinstance(first.value, (cst.Name, *_TEXTS)):
        return None
    if program.imported_names(call.func) & _READERS or (last == _REMOTE and "paramiko" in program.text):
        return Use(first.value, call, certain=True)
    runs = last != _WITHOUT_SHELL and not _RUNNERS.isdisjoint(name_words(last))
    return Use(first.value, call, certain=False, named=True) if runs else None


def _last(node: cst.BaseExpression) -> str | None:
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else None


def _code(listed: cst.List | cst.Tuple) -> cst.BaseExpression | None:
    """The code of `["sh", "-c", code]`; what follows it are parameters of the script."""
    if len(listed.elements) < 3:
        return None
    shell, flag, code = (each.value for each in listed.elements[:3])
    if not isinstance(shell, cst.SimpleString) or text_of(flag) not in CODE_FLAGS:
        return None
    name = (text_of(shell) or "").rpartition("/")[2]
    posix = name in SHELLS and name.endswith("sh") and name not in {"csh", "tcsh", "fish", "pwsh"}
    return code if posix else None


def texts_of(program: Program, value: cst.BaseExpression) -> list[tuple[cst.BaseExpression, list[Piece]]]:
    """Return each text that the value may be with its pieces; a name is each text that is bound to it.

    Raises UnreadableError.
    """
    if not isinstance(value, cst.Name):
        return [(value, _pieces(program, value))]
    scope = program.scope(value)
    bound = list(scope[value.value]) if scope is not None else []
    values = [_bound(program, each) for each in bound if each.scope is scope]
    if not any(isinstance(each, (cst.SimpleString, *_TEXTS)) for each in values):
        raise UnreadableError(
            f"`{value.value}` is put together elsewhere: what it holds cannot be told here."
        )
    whole = [each for each in values if each is not None and begun_with(each, value.value) is None]
    if bound and len(whole) == len(bound):
        return [(each, _pieces(program, each)) for each in whole if isinstance(each, _TEXTS)]
    return [(value, pieces_of_steps(program, value))]


def _bound(program: Program, assignment: metadata.BaseAssignment) -> cst.BaseExpression | None:
    node = getattr(assignment, "node", None)
    holder = program.parent(node) if isinstance(node, cst.Name) else None
    if isinstance(holder, cst.AnnAssign):
        return holder.value
    return bound_value(program, assignment)


def _pieces(program: Program, node: cst.BaseExpression) -> list[Piece]:
    """The pieces of a text, also of one whose template is a constant."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        template = _template(program, node.left)
        if template is not None:
            return percent_pieces(program, node, template)
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        template = _template(program, node.func.value) if node.func.attr.value == "format" else None
        if template is not None:
            return format_pieces(program, template, node.args)
    return read_pieces(program, node)


def _template(program: Program, node: cst.BaseExpression) -> str | None:
    """What a name stands for that is bound once, to a literal."""
    scope = program.scope(node) if isinstance(node, cst.Name) else None
    bound = list(scope[node.value]) if scope is not None and isinstance(node, cst.Name) else []
    value = _bound(program, bound[0]) if len(bound) == 1 else None
    return text_of(value) if value is not None else None


def template_name(node: cst.BaseExpression) -> str:
    """Return the name of the template that a text is made from; '' where it has none."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return dotted_name(node.func.value) or ""
    return (dotted_name(node.left) or "") if isinstance(node, cst.BinaryOperation) else ""
