"""Which programs cannot be run from a list of words as a shell runs them."""

import posixpath

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Text, UnreadableError, Value
from sgcode_worker.operators.commands.texts import is_no_word, possible_texts
from sgcode_worker.operators.commands.words import Word
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_BUILTINS = frozenset(
    "cd export source . exit set unset alias unalias eval exec read ulimit umask wait trap shift local "
    "return times type command builtin jobs fg bg hash getopts if for while until case select function time "
    "! [ [[ let declare typeset pushd popd dirs history readonly break continue : {".split()
)
_WINDOWS = frozenset("cls dir del erase copy move ren rename md rd type start ver vol pause title".split())
SHELLS = frozenset("sh bash dash zsh ksh csh tcsh fish cmd cmd.exe powershell pwsh su".split())
CODE_FLAGS = frozenset("-c -e -E -r -lc -ic /c /C /k -Command --eval --command".split())
INTERPRETERS = ("python", "perl", "ruby", "node", "php", "lua", "mysql", "psql", "sqlite3")
_PATTERN_PROGRAMS = frozenset({"awk", "gawk", "mawk", "sed"})
_REMOTE = frozenset("ssh rsh watch script screen tmux at batch parallel".split())
WHOLE = (
    "The whole command is a value: with or without a shell, who gives it chooses what runs. "
    "A person must decide which commands are allowed."
)
_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")
# Values under such names hold several words, which a shell takes apart.
_SEVERAL = frozenset(
    "args arguments params parameters options opts flags switches extra extras extra_args cmd_args argv "
    "cmdline command_line files filenames paths".split()
)


def check_program(program: Program, words: list[Word]) -> None:
    """Raise UnreadableError where these words do not do without a shell what they do with one."""
    if not words:
        raise UnreadableError("The command is empty.")
    if len(words) == 1 and not any(isinstance(each, Text) for each in words[0].pieces):
        raise UnreadableError(WHOLE)
    name = program_name(program, words[0])
    first = words[0].pieces[0]
    if isinstance(first, Text) and "=" in first.text and "/" not in first.text.partition("=")[0]:
        raise UnreadableError("The command sets a variable for the program, which needs a shell.")
    if name is not None:
        _check_name(name, words[1:])
    _check_code(words)
    if any(is_reported(piece.text) for word in words for piece in word.pieces if isinstance(piece, Text)):
        raise UnreadableError(
            "The command names a shared folder or address that analyzers report once it is a word of its own."
        )
    for value in (value for word in words for value in word.bare):
        if holds_several(value):
            shown = dotted_name(value.node)
            raise UnreadableError(f"`{shown}` may hold several words, which only a person can tell apart.")
        if any(map(is_no_word, possible_texts(program, value.node))):
            raise UnreadableError(
                "A value of the command is empty, several words or something for a shell in some cases."
            )


def holds_several(value: Value) -> bool:
    """Whether the value's name says that it holds several words."""
    return (dotted_name(value.node) or "").rpartition(".")[2].lower() in _SEVERAL


def _check_name(name: str, arguments: list[Word]) -> None:
    if name in _BUILTINS:
        raise UnreadableError(f"`{name}` is a part of the shell and no program of its own.")
    if name == "echo" and any(map(_echo_differs, arguments)):
        raise UnreadableError("Shells differ from the program `echo` in options and backslashes.")
    check_hands_on(name, arguments)


def check_hands_on(name: str, arguments: list[Word]) -> None:
    """Raise UnreadableError where the program reads a value as code, however it is started."""
    if name in _WINDOWS:
        raise UnreadableError(f"`{name}` is a part of the Windows shell and no program of its own.")
    if name in _REMOTE and any(word.text is None for word in arguments):
        raise UnreadableError(f"`{name}` hands its words to another shell, where a value stays dangerous.")
    if name in _PATTERN_PROGRAMS and any(map(_is_mixed, arguments)):
        raise UnreadableError(f"A value is put into a program for `{name}`, where it stays dangerous.")


def program_name(program: Program, word: Word) -> str | None:
    """Return the program's name without its folder; None where a value is a part of it.

    Raises UnreadableError where the program itself is a value.
    """
    if word.text is not None:
        return posixpath.basename(word.text) if "/" in word.text[:-1] else word.text
    first = word.pieces[0]
    if isinstance(first, Value) and len(word.pieces) == 1 and _is_python(program, first.node):
        return "python"
    folder = isinstance(first, Value) and isinstance(second := (word.pieces[1:] or [first])[0], Text)
    if folder and second.text.startswith("/"):
        return None
    if isinstance(first, (Value, Joined)):
        raise UnreadableError("Which program is run is a value, and that may hold several words.")
    return None


def _is_python(program: Program, node: cst.BaseExpression) -> bool:
    return program.imported_names(node) == {"sys.executable"}


def _check_code(words: list[Word]) -> None:
    """A shell or an interpreter that is handed code reads what is put into it, list or not."""
    for runner, flag, code in zip(words, words[1:], words[2:], strict=False):
        name = posixpath.basename(runner.text or "")
        if flag.text not in CODE_FLAGS:
            continue
        if name in SHELLS:
            raise UnreadableError(f"The command hands code to `{name}`, which reads it as a shell does.")
        if name.startswith(INTERPRETERS) and code.text is None:
            raise UnreadableError(f"A value is put into code for `{name}`, where it stays dangerous.")


def _is_mixed(word: Word) -> bool:
    return word.text is None and any(isinstance(each, Text) and each.text for each in word.pieces)


def is_reported(text: str) -> bool:
    """Whether analyzers report the text where it is one of its own."""
    return text.startswith(_SHARED_FOLDERS) or text == "0.0.0.0"


def _echo_differs(word: Word) -> bool:
    texts = [each.text for each in word.pieces if isinstance(each, Text)]
    return any("\\" in text for text in texts) or (word.text or "").startswith("-")
