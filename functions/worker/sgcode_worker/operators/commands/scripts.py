"""Which scripts may be handed values: those in which no program reads a value as code."""

import posixpath
import re
from collections.abc import Callable

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Piece, Text, UnreadableError, Value
from sgcode_worker.operators.commands.programs import (
    CODE_FLAGS,
    INTERPRETERS,
    SHELLS,
    check_hands_on,
    holds_several,
    is_reported,
    program_name,
)
from sgcode_worker.operators.commands.script import script_of
from sgcode_worker.operators.commands.texts import possible_texts
from sgcode_worker.operators.commands.words import Word
from sgcode_worker.operators.program import Program

# Words with which a shell's own syntax goes on; and what reads its arguments as code.
_SYNTAX = frozenset(
    "if then elif else fi for while until do done case esac in function select { } [[ "
    "eval trap alias source .".split()
)
# Programs that run the program named after them.
_PREFIXES = frozenset(
    "! sudo nohup exec command env nice ionice time timeout xargs setsid stdbuf builtin".split()
)
_ASSIGNMENT = re.compile(r"\w+=")
_PASSED_OVER = re.compile(r"-.*|[\d.]+[smhd]?|\{\}|\w+=[\s\S]*")
# What a shell makes of a value outside of quotes besides taking it apart at spaces, with or without a script.
_READ = frozenset("|&;<>()$`~\"'\\#\n")


def script_words(program: Program, pieces: list[Piece], shell: str, name: str) -> list[Word]:
    """Return the words with which a shell runs the command as a fixed script; it calls itself by the name.

    Raises UnreadableError where a value would be read as code.
    """
    values = [each for each in pieces if isinstance(each, Value)]
    several = frozenset(each.node for each in values if _several(program, each))
    script = script_of(pieces, several)
    if not script.values:
        raise UnreadableError(
            "The command is fixed, so a shell reads nothing from outside, and it needs a shell."
        )
    for words in script.commands:
        check_command(program, words, script.commands)
    if is_reported(script.text):
        raise UnreadableError("The command begins with a shared folder, which analyzers report.")
    fixed = [Word([Text(each)]) for each in (shell, "-c", script.text, name)]
    return [*fixed, *(Word([each]) for each in script.values)]


def _several(program: Program, value: Value) -> bool:
    """Whether a value may be none or several words outside of quotes. Raises where it may be more."""
    if value.quoted:
        return False
    texts = possible_texts(program, value.node)
    if any(_READ & set(text) for text in texts):
        raise UnreadableError("A value of the command is something for a shell in some cases.")
    return holds_several(value) or any(not text or re.search(r"[\s*?\[]", text) for text in texts)


def check_command(program: Program, words: list[Word], commands: list[list[Word]]) -> None:
    """Raise UnreadableError where one of the commands would read a value as code."""
    running = _after(words, lambda word: _ASSIGNMENT.match(_begin(word)) is not None)
    if not running:
        return
    while (running[0].text or "") in _PREFIXES:
        prefix, running = running[0].text, running[1:]
        running = _after(running, lambda word: _PASSED_OVER.fullmatch(word.text or "x") is not None)
        if prefix == "timeout" and running and running[0].text is None:
            running = running[1:]
        if not running:
            return
    if running[0].pieces and isinstance(running[0].pieces[0], Joined):
        raise UnreadableError("Which program is run is a value, and that may hold several words.")
    name = program_name(program, running[0])
    if (name or "") in _SYNTAX:
        raise UnreadableError(f"The command is a program for a shell: `{name}`.")
    if name is not None:
        check_hands_on(name, running[1:])
    _check_code(running)
    if name is not None and _reads_code(name, running[1:]) and len(commands) > 1:
        raise UnreadableError(f"The command hands code to `{name}`, where a value stays dangerous.")


def _after(words: list[Word], passed: Callable[[Word], bool]) -> list[Word]:
    place = next((index for index, word in enumerate(words) if not passed(word)), len(words))
    return words[place:]


def _begin(word: Word) -> str:
    first = word.pieces[0] if word.pieces else None
    return first.text if isinstance(first, Text) else ""


def _check_code(words: list[Word]) -> None:
    for index, word in enumerate(words):
        name, rest = posixpath.basename(word.text or ""), words[index + 1 :]
        flagged = any((each.text or "") in CODE_FLAGS for each in rest)
        if (name in SHELLS or (index == 0 and name.startswith("$"))) and flagged:
            raise UnreadableError(f"The command hands code to `{name}`, which reads it as a shell does.")
        if name.startswith(INTERPRETERS) and flagged and any(each.text is None for each in rest):
            raise UnreadableError(f"A value is put into code for `{name}`, where it stays dangerous.")


def _reads_code(name: str, arguments: list[Word]) -> bool:
    """Whether a program may read code from what another command of the script prints."""
    operands = [each for each in arguments if not (each.text or "x").startswith("-")]
    return (name in SHELLS or name.startswith(INTERPRETERS)) and (not operands or name.startswith("mysql"))


def is_value_free(pieces: list[Piece]) -> bool:
    """Whether the command is fixed."""
    return all(isinstance(each, Text) for each in pieces)


def fixed_words(name: cst.BaseExpression, shell: str) -> list[Word]:
    """Return the words that run a fixed command, which stands under a name, as a script."""
    return [*(Word([Text(each)]) for each in (shell, "-c")), Word([Value(name, True)])]
