"""`argv-without-shell`: a command runs from a list of words, so that no shell reads what is put into it."""

from dataclasses import replace

import libcst as cst

from sgcode_worker.operators.commands.calls import ShellCall, function_of, shell_call
from sgcode_worker.operators.commands.elements import list_of
from sgcode_worker.operators.commands.pieces import NeedsShellError, Piece, Text, UnreadableError, read_pieces
from sgcode_worker.operators.commands.programs import check_program
from sgcode_worker.operators.commands.results import Written, write_call
from sgcode_worker.operators.commands.scripts import fixed_words, is_value_free, script_words
from sgcode_worker.operators.commands.several import take_apart
from sgcode_worker.operators.commands.stepwise import lists_for_steps
from sgcode_worker.operators.commands.variables import pieces_of_steps, settled_value, spelled_out, steps_of
from sgcode_worker.operators.commands.whole import check_given
from sgcode_worker.operators.commands.wildcards import guarded
from sgcode_worker.operators.commands.words import Word, split_words
from sgcode_worker.operators.literals import preferred_quote, text_of
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_WILDCARDS = "B609"
_SEVERAL = "a value that may be several words is taken apart as a shell does, so it can add arguments"


class ArgvWithoutShell:
    """Commands of os.system, os.popen and subprocess with `shell=True` become lists of words."""

    name = "argv-without-shell"
    cwe = "CWE-78"
    precondition = (
        "A call of os.system, os.popen, subprocess.getoutput or a subprocess function with shell=True, "
        "whose command is fixed text with values in it. Where the text needs a shell, no value may be the "
        "name of a program, or code for a shell or an interpreter."
    )
    changes = (
        "A value is one word, or a part of one, also where it is empty or holds spaces; options are taken "
        "apart with shlex.split. A program that is missing raises FileNotFoundError, where a shell printed "
        "a message and gave status 127, and one ended by a signal gives a negative status. What needs a "
        "shell, such as a pipe, stays a fixed script for one, which gets the values as parameters and does "
        "as before."
    )
    example = (
        'import subprocess\nsubprocess.run("tool check " + name, shell=True)\n',
        'import subprocess\nsubprocess.run(["tool", "check", name])\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with a list of words in place of the command."""
        calls = [each for each in program.nodes(cst.Call) if function_of(program, each)]
        call = planned_node(program, edit, calls)
        if call is None:
            return Declined("No call that hands a command to a shell is there, or its module is not certain.")
        try:
            taken = shell_call(program, call)
            fixed = text_of(taken.text) if edit.rule == _WILDCARDS else None
            return _rewrite(program, taken) if fixed is None else _guarded(program, taken, fixed)
        except UnreadableError as reason:
            return Declined(str(reason))


def _rewrite(program: Program, call: ShellCall) -> Rewrite:
    text = call.text
    if has_comment(text) or (call.kind != "subprocess" and has_comment(call.node)):
        raise UnreadableError("A comment inside the command would be lost.")
    if isinstance(text, (cst.List, cst.Tuple)):
        raise UnreadableError("A list goes to a shell, which reads only its first element as the command.")
    reasons: list[UnreadableError] = []
    for way in (_in_steps, _listed, _scripted):
        try:
            rewrite = way(program, call)
        except UnreadableError as reason:
            reasons.append(reason)
        else:
            if rewrite is not None:
                return rewrite
    raise reasons[-1] if isinstance(reasons[0], NeedsShellError) else reasons[0]


def _in_steps(program: Program, call: ShellCall) -> Rewrite | None:
    """The call of a name whose values become lists, or are split; None where the command is no such name."""
    text = call.text
    steps = steps_of(program, text) if isinstance(text, cst.Name) else None
    if steps is not None:
        lists, redirections = lists_for_steps(program, steps)
        written = write_call(program, call, text, redirections)
        return _result(program, call, written, lists)
    if isinstance(text, cst.Name) and _is_parameter(program, text):
        check_given(program, text)
        return _given_whole(program, call, text)
    return None


def _listed(program: Program, call: ShellCall) -> Rewrite:
    """The call with the command's own words."""
    text = _settled(program, call.text)
    split = split_words(spelled_out(program, _pieces(program, text)))
    words, imports = take_apart(program, split.words, call.node)
    check_program(program, words)
    listed = list_of(program, words, call.node, preferred_quote(text) or '"')
    written = write_call(program, call, listed, split.redirections)
    note = _SEVERAL if imports or words != split.words else written.note
    return _result(program, call, replace(written, imports=[*written.imports, *imports], note=note), {})


def _scripted(program: Program, call: ShellCall) -> Rewrite:
    """The call with a shell that reads a fixed script, which gets the values as parameters."""
    steps = steps_of(program, call.text) if isinstance(call.text, cst.Name) else None
    named = steps.values[0] if steps is not None and len(steps.values) == 1 else None
    text = named or _settled(program, call.text)
    if has_comment(text):
        raise UnreadableError("A comment inside the command would be lost.")
    pieces = spelled_out(program, _pieces(program, text))
    if text is not call.text and is_value_free(pieces):
        named, words = None, fixed_words(call.text, call.shell_program)
    else:
        shell = call.shell_program
        words = script_words(program, pieces, shell, "sh" if call.kind == "system" else shell)
    listed = list_of(program, words, named or call.node, preferred_quote(text) or '"')
    lists: dict[cst.CSTNode, cst.CSTNode] = {} if named is None else {named: listed}
    written = write_call(program, call, listed if named is None else call.text, [])
    return Rewrite(
        f"Hands the values to a fixed script, which does not read them as a part of it{_after(written)}.",
        {**lists, written.old: written.new},
        written.imports,
    )


def _settled(program: Program, text: cst.BaseExpression) -> cst.BaseExpression:
    """The one value of a name; the expression itself where it is none, or is put together in steps."""
    if not isinstance(text, cst.Name):
        return text
    try:
        return settled_value(program, text)
    except UnreadableError:
        pieces_of_steps(program, text)
        return text


def _pieces(program: Program, text: cst.BaseExpression) -> list[Piece]:
    return pieces_of_steps(program, text) if isinstance(text, cst.Name) else read_pieces(program, text)


def _guarded(program: Program, call: ShellCall, text: str) -> Rewrite:
    """The call of a fixed command in which a file's name could be read as an option."""
    words = [Word([Text(each)]) for each in (call.shell_program, "-c", guarded(text))]
    listed = list_of(program, words, call.node, preferred_quote(call.text) or '"')
    written = write_call(program, call, listed, [])
    summary = "Keeps the shell from giving the program a file's name as an option"
    return Rewrite(f"{summary}{_after(written)}.", {written.old: written.new}, written.imports)


def _after(written: Written) -> str:
    return f"; {written.note}" if written.note else ""


def _is_parameter(program: Program, name: cst.Name) -> bool:
    scope = program.scope(name)
    return scope is not None and any(
        isinstance(getattr(each, "node", None), cst.Param) for each in scope[name.value]
    )


def _given_whole(program: Program, call: ShellCall, text: cst.Name) -> Rewrite:
    split, needed = program.reference("shlex", "split", at=call.node)
    words = cst.Call(split, [cst.Arg(text)])
    written = write_call(program, call, words, [])
    imports = [*written.imports, *([needed] if needed else [])]
    note = "pipes, redirections, variables and patterns in the command no longer work"
    return _result(program, call, Written(written.old, written.new, imports, note), {})


def _result(
    program: Program, call: ShellCall, written: Written, lists: dict[cst.CSTNode, cst.CSTNode]
) -> Rewrite:
    summary = "Runs the command from a list of words, without a shell"
    declared = DeclaredChange(
        "exception",
        "FileNotFoundError",
        program.definition(call.node),
        "A program that is missing raises FileNotFoundError, where a shell gave status 127.",
    )
    return Rewrite(
        f"{summary}{_after(written)}.",
        {**lists, written.old: written.new},
        written.imports,
        [declared],
    )
