"""The calls that hand a text to a shell."""

import posixpath
from dataclasses import dataclass
from typing import Literal

import libcst as cst

from sgcode_worker.operators.commands.pieces import UnreadableError
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program

Kind = Literal["system", "popen", "output", "subprocess"]

_KINDS: dict[str, Kind] = {
    "os.system": "system",
    "os.popen": "popen",
    "subprocess.getoutput": "output",
    "subprocess.getstatusoutput": "output",
    "subprocess.run": "subprocess",
    "subprocess.call": "subprocess",
    "subprocess.check_call": "subprocess",
    "subprocess.check_output": "subprocess",
    "subprocess.Popen": "subprocess",
}
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh"})
_TEXT_KEYWORDS = frozenset({"command", "cmd", "args"})


@dataclass(frozen=True)
class ShellCall:
    """A call with the argument that is the command, and for `subprocess` the one that asks for a shell."""

    node: cst.Call
    kind: Kind
    function: str
    command: cst.Arg
    shell: cst.Arg | None
    executable: cst.Arg | None = None

    @property
    def shell_program(self) -> str:
        """The shell that reads the command (subprocess documentation, `shell` and `executable`)."""
        return (text_of(self.executable.value) if self.executable is not None else None) or "/bin/sh"

    @property
    def text(self) -> cst.BaseExpression:
        """The command's expression. A list of one text is for a shell what the text is."""
        value = self.command.value
        if (
            self.kind == "subprocess"
            and isinstance(value, (cst.List, cst.Tuple))
            and len(value.elements) == 1
        ):
            only = value.elements[0]
            return value if isinstance(only, cst.StarredElement) else only.value
        return value


def function_of(program: Program, call: cst.Call) -> str | None:
    """Return the qualified name of a function that may use a shell, None for every other call."""
    names = program.imported_names(call.func)
    return next(iter(names)) if len(names) == 1 and names <= _KINDS.keys() else None


def shell_call(program: Program, call: cst.Call) -> ShellCall:
    """Return the call taken apart. Raises UnreadableError where its arguments cannot be told."""
    function = function_of(program, call)
    assert function is not None
    kind = _KINDS[function]
    if any(argument.star for argument in call.args):
        raise UnreadableError("The call passes * or ** arguments, so what runs cannot be told.")
    command = _command(call)
    if kind != "subprocess":
        others = [each for each in call.args if each is not command]
        if others and not (kind == "popen" and len(others) == 1 and text_of(others[0].value) == "r"):
            raise UnreadableError("The call passes more than the command.")
        return ShellCall(call, kind, function, command, None)
    return ShellCall(call, kind, function, command, _shell(program, call), _executable(call))


def _command(call: cst.Call) -> cst.Arg:
    first = next((each for each in call.args if each.keyword is None), None)
    named = [each for each in call.args if each.keyword is not None and each.keyword.value in _TEXT_KEYWORDS]
    found = first or next(iter(named), None)
    if found is None:
        raise UnreadableError("The call names no command.")
    return found


def _shell(program: Program, call: cst.Call) -> cst.Arg:
    keywords = {each.keyword.value: each for each in call.args if each.keyword is not None}
    if len([each for each in call.args if each.keyword is None]) > 1:
        raise UnreadableError(
            "The call passes settings by position, so a program for the shell may be there."
        )
    shell = keywords.get("shell")
    if shell is None:
        raise UnreadableError("The call asks for no shell.")
    asked = _truth(shell.value)
    if asked is None:
        raise UnreadableError("Whether a shell is asked for is a value: a person must decide when it is.")
    if not asked:
        raise UnreadableError("The call asks for no shell.")
    return shell


def _executable(call: cst.Call) -> cst.Arg | None:
    found = next((each for each in call.args if each.keyword and each.keyword.value == "executable"), None)
    if found is not None and posixpath.basename(text_of(found.value) or "") not in _SHELLS:
        raise UnreadableError(
            "The call names the shell with `executable`: a person must decide what it needs."
        )
    return found


def _truth(value: cst.BaseExpression) -> bool | None:
    """Whether a literal counts as true; None for what is no literal."""
    if isinstance(value, cst.Name):
        return {"True": True, "False": False, "None": False}.get(value.value)
    if isinstance(value, cst.Integer):
        return value.evaluated_value != 0
    if isinstance(value, (cst.List, cst.Tuple, cst.Dict, cst.Set)):
        unpacked = [isinstance(each, (cst.StarredElement, cst.StarredDictElement)) for each in value.elements]
        return None if any(unpacked) else bool(value.elements)
    text = text_of(value)
    return None if text is None else bool(text)
