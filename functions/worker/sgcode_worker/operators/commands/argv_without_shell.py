"""`argv-without-shell`: a command runs from a list of words, so that no shell reads what is put into it."""

import libcst as cst

from sgcode_worker.operators.commands.calls import ShellCall, function_of, shell_call
from sgcode_worker.operators.commands.elements import list_of
from sgcode_worker.operators.commands.pieces import Text, UnreadableError, read_pieces
from sgcode_worker.operators.commands.programs import check_program
from sgcode_worker.operators.commands.results import Written, write_call
from sgcode_worker.operators.commands.stepwise import lists_for_steps
from sgcode_worker.operators.commands.variables import settled_value, steps_of
from sgcode_worker.operators.commands.whole import check_given
from sgcode_worker.operators.commands.words import Split, split_words
from sgcode_worker.operators.literals import preferred_quote
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program


class ArgvWithoutShell:
    """Commands of os.system, os.popen and subprocess with `shell=True` become lists of words."""

    name = "argv-without-shell"
    cwe = "CWE-78"
    precondition = (
        "A call of os.system, os.popen, subprocess.getoutput or a subprocess function with shell=True, "
        "whose command is fixed words with values in them and needs nothing that only a shell does."
    )
    changes = (
        "A value is one word, or a part of one, also where it is empty or holds spaces. A program that is "
        "missing raises FileNotFoundError, where a shell printed a message and gave status 127. A program "
        "ended by a signal gives a negative status."
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with a list of words in place of the command."""
        calls = [each for each in program.nodes(cst.Call) if function_of(program, each)]
        call = planned_node(program, edit, calls)
        if call is None:
            return Declined("No call that hands a command to a shell is there, or its module is not certain.")
        try:
            return _rewrite(program, shell_call(program, call))
        except UnreadableError as reason:
            return Declined(str(reason))


def _rewrite(program: Program, call: ShellCall) -> Rewrite:
    text = call.text
    if has_comment(text) or (call.kind != "subprocess" and has_comment(call.node)):
        raise UnreadableError("A comment inside the command would be lost.")
    if isinstance(text, (cst.List, cst.Tuple)):
        raise UnreadableError("A list goes to a shell, which reads only its first element as the command.")
    if isinstance(text, cst.Name):
        steps = steps_of(program, text)
        if steps is not None:
            lists, redirections = lists_for_steps(program, steps)
            written = write_call(program, call, text, redirections)
            return _result(program, call, written, lists)
        if _is_parameter(program, text):
            check_given(program, text)
            return _given_whole(program, call, text)
        text = settled_value(program, text)
    split = _read(program, text)
    words = list_of(program, split.words, call.node, preferred_quote(text) or '"')
    return _result(program, call, write_call(program, call, words, split.redirections), {})


def _read(program: Program, text: cst.BaseExpression) -> Split:
    pieces = read_pieces(program, text)
    try:
        split = split_words(pieces)
    except UnreadableError as reason:
        if all(isinstance(each, Text) for each in pieces):
            raise
        raise UnreadableError(
            f"{reason} Put shlex.quote around each value, or write the steps apart."
        ) from None
    check_program(program, split.words)
    return split


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
        f"{summary}; {written.note}." if written.note else f"{summary}.",
        {**lists, written.old: written.new},
        written.imports,
        [declared],
    )
