"""Fixed scripts that a shell is handed in a list: `["sh", "-c", SCRIPT, "sh", VALUE]`.

A shell reads the script once. A value behind it is a parameter, and what "$1" stands for is never
read as a part of the script (POSIX.1-2017, Shell Command Language, 2.6), unless the script itself has
it read: as the name of a program, by `eval`, or by another shell or interpreter.
"""

import ast
import posixpath
import re
import shlex
from collections.abc import Iterator

from sgcode_worker.gates.texts import HOLE, Lookup, fold

_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh"})
_READERS = frozenset(
    "sh bash dash zsh ksh csh tcsh fish cmd powershell pwsh su eval source . trap alias busybox ssh rsh at "
    "batch script screen tmux watch parallel perl ruby node php lua".split()
)
_CODE_FLAG = re.compile(r"-\w*[ceE]")
_PARAMETER = re.compile(r"\$(?:\{(\d+)\}|(\d)|@)")
_SUBSTITUTION = re.compile(r"\$\(([^()`]*)\)|`([^`]*)`")
_TAKEN_OUT = "$_"
_CONTROL = frozenset("|&;()")
_PREFIXES = frozenset(
    "! sudo nohup exec command env nice ionice time timeout xargs setsid stdbuf then do else".split()
)


def fixed_script(node: ast.expr, lookup: Lookup) -> tuple[ast.expr, str] | None:
    """Return the script of a list that hands one to a shell, and what it says with holes for its values.

    A name stands for what it is bound to once. None for every other list, and for a script that is not
    fixed or has a value read as code.
    """
    if isinstance(node, ast.Name):
        node = lookup(node.id) or node
    if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < 3:
        return None
    shell, flag, script = (_said(each, lookup) for each in node.elts[:3])
    if posixpath.basename(shell) not in _SHELLS or flag != "-c" or HOLE in script or not script:
        return None
    said = _with_holes(script, node.elts[4:])
    return (node.elts[2], said) if said is not None and not any(_read_as_code(said)) else None


def _said(node: ast.expr, lookup: Lookup) -> str:
    return fold(node, lookup) or HOLE


def _with_holes(script: str, values: list[ast.expr]) -> str | None:
    """The script with a hole for each parameter; None where one has no value, or a value no parameter."""
    used: set[int] = set()
    said: list[str] = []
    quote, at = "", 0
    while at < len(script):
        character = script[at]
        parameter = _PARAMETER.match(script, at) if quote != "'" else None
        if character == "\\" and quote != "'":
            said.append(script[at : at + 2])
            at += 2
        elif parameter is not None:
            digits = parameter[1] or parameter[2]
            used |= {int(digits)} if digits else set(range(1, len(values) + 1))
            said.append(HOLE)
            at = parameter.end()
        else:
            if character in "'\"" and quote in {"", character}:
                quote = "" if quote else character
            said.append(character)
            at += 1
    return "".join(said) if not quote and used == set(range(1, len(values) + 1)) else None


def _read_as_code(said: str) -> Iterator[bool]:
    if HOLE not in said:
        return
    for command in _commands(said):
        name = posixpath.basename(command[0])
        yield command[0] in {HOLE, _TAKEN_OUT} or (command[0].startswith("$") and _may_be_set(command, said))
        yield name in _READERS
        # An interpreter's own code, and a shell that another program starts.
        yield any(posixpath.basename(word) in _READERS for word in command) and _code_flag(command)
        yield name.startswith("python") and _code_flag(command)
        yield name.endswith(("awk", "sed")) and any(HOLE in word and word.strip(HOLE) for word in command[1:])


def _may_be_set(command: list[str], said: str) -> bool:
    """Whether a program that a variable names is chosen in the script, or is a shell handed code."""
    name = command[0].strip("${}")
    return _code_flag(command) or re.search(rf"\b{re.escape(name)}=", said) is not None


def _code_flag(command: list[str]) -> bool:
    return any(_CODE_FLAG.fullmatch(word) for word in command)


def _commands(said: str) -> Iterator[list[str]]:
    """The words of each simple command, without what it sets and what only starts another program."""
    inner: list[str] = []

    def taken_out(found: re.Match[str]) -> str:
        inner.append(found[1] or found[2] or "")
        return _TAKEN_OUT

    said = _SUBSTITUTION.sub(taken_out, said)
    for each in inner:
        yield from _commands(each)
    lexer = shlex.shlex(said.replace("\n", " ; "), posix=True, punctuation_chars="|&;()")
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        tokens = list(lexer)
    except ValueError:
        tokens = ["eval"]
    command: list[str] = []
    for token in [*tokens, ";"]:
        if not token or not set(token) <= _CONTROL:
            if command or not (token in _PREFIXES or re.match(r"\w+=", token)):
                command.append(token)
        elif command:
            yield command
            command = []
