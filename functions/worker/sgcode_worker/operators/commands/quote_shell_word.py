"""`quote-shell-word`: a value is quoted where it is put into a text that a shell reads."""

import re
from dataclasses import replace

import libcst as cst

from sgcode_worker.operators.commands.argv_without_shell import ArgvWithoutShell
from sgcode_worker.operators.commands.calls import function_of
from sgcode_worker.operators.commands.pieces import UnreadableError, Value
from sgcode_worker.operators.commands.quoting.candidates import Candidate, candidates
from sgcode_worker.operators.commands.quoting.places import Reading, read_places
from sgcode_worker.operators.commands.quoting.taken_apart import is_taken_apart
from sgcode_worker.operators.commands.quoting.values import check_word, quoted, spread, stays
from sgcode_worker.operators.commands.scripts import check_command
from sgcode_worker.operators.commands.words import Word
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.proposed import proposed

_WINDOWS = re.compile(r"""["'](?:nt|win32|[Ww]indows|cmd\.exe)["']""")
_SUMMARY = "Quotes what is put into the command, so that a shell reads it as one word."
_IN_QUOTES = (
    "A value stands in quotes of the command, which it can end: take the quotes away and put shlex.quote "
    "around the value."
)


class QuoteShellWord:
    """`f"tar -xf {name}"` becomes `f"tar -xf {shlex.quote(name)}"` where a shell reads the text."""

    name = "quote-shell-word"
    cwe = "CWE-78"
    precondition = (
        "A fixed text with values in it that a shell reads, or that begins with a known program and is "
        "returned or handed on as a command, by its name or its options. The values stand outside of quotes; "
        "each is one word by its name, no program, and no code for a shell or an interpreter. Where a list "
        "of words can take the shell's place, argv-without-shell does that instead."
    )
    changes = (
        "A value is one word of the command for a POSIX shell, or a part of one, also where it is empty or "
        "holds spaces or characters that a shell reads; the text of the command shows the quotes around it."
    )
    example = (
        'def archive_command(name: str):\n    return f"tar -xf {name}"\n',
        'import shlex\n\ndef archive_command(name: str):\n    return f"tar -xf {shlex.quote(name)}"\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the text with its values quoted."""
        found = [(each, each.places(program)) for each in candidates(program)]
        chosen = proposed(program, edit, found)
        if chosen is None:
            return Declined("No text that is put together for a shell is there.")
        try:
            return _rewrite(program, edit, shared, chosen)
        except UnreadableError as reason:
            return Declined(str(reason))


def _rewrite(program: Program, edit: PlannedEdit, shared: Shared, chosen: Candidate) -> Rewrite | Declined:
    if chosen.fault is not None:
        return Declined(chosen.fault)
    use = chosen.use
    if isinstance(use.at, cst.Call) and function_of(program, use.at) is not None:
        (line, column), (end_line, end_column) = extent(program, use.at)
        at_call = replace(edit, line=line, column=column, end_line=end_line, end_column=end_column)
        if isinstance(ArgvWithoutShell().rewrite(program, at_call, shared), Rewrite):
            return Declined("The command needs no shell: argv-without-shell makes it a list of words.")
    if _WINDOWS.search(program.text):
        return Declined("The program runs on Windows too, where quotes mean something else to the shell.")
    if not use.certain and is_taken_apart(program, use):
        return Declined("The text is taken apart at its spaces, where quotes would stay a part of the words.")
    reading = read_places(spread(program, chosen.pieces))
    _check_commands(program, reading)
    return _quoted(program, chosen, reading)


def _check_commands(program: Program, reading: Reading) -> None:
    """Raise UnreadableError where a program reads what it is given as code, quoted or not."""
    for words in reading.commands:
        if not _is_program_given(words) and any(each.text is None for each in words):
            check_command(program, words, reading.commands)


def _is_program_given(words: list[Word]) -> bool:
    first = words[0].pieces[0] if words and words[0].pieces else None
    return isinstance(first, Value)


def _quoted(program: Program, chosen: Candidate, reading: Reading) -> Rewrite | Declined:
    given = {id(words[0].pieces[0]) for words in reading.commands if _is_program_given(words)}
    replacements: dict[cst.CSTNode, cst.CSTNode] = {}
    imports: list[NeededImport] = []
    for place in reading.places:
        piece = place.piece
        if stays(program, piece):
            if isinstance(piece, Value) and piece.quoted and place.quote:
                raise UnreadableError("A value is quoted by the program and stands in quotes besides.")
            continue
        if id(piece) in given:
            continue
        if place.quote:
            raise UnreadableError(_IN_QUOTES)
        check_word(program, piece)
        old, new, needed = quoted(program, piece, chosen.value)
        replacements[old] = new
        imports += [needed] if needed is not None and needed not in imports else []
    if not replacements:
        return Declined("Nothing that comes from outside is put into the command as a word of its own.")
    declared = DeclaredChange(
        "message",
        "shlex.quote",
        program.definition(chosen.value),
        "Values that a shell would take apart or read stand in quotes in the command.",
    )
    return Rewrite(_SUMMARY, replacements, imports, [declared])
