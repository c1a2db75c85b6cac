"""Values that hold no word or several, such as options: a list takes them apart as a shell does."""

import libcst as cst

from sgcode_worker.operators.commands.pieces import Joined, Value
from sgcode_worker.operators.commands.programs import holds_several
from sgcode_worker.operators.commands.texts import builtin_visible, possible_texts
from sgcode_worker.operators.commands.words import Word
from sgcode_worker.operators.program import NeededImport, Program

# What shlex.split reads otherwise than a shell, or what a shell alone reads.
_READ = frozenset("|&;<>()$`*?[~#\n\\")


def take_apart(program: Program, words: list[Word], at: cst.CSTNode) -> tuple[list[Word], list[NeededImport]]:
    """Return the words with `shlex.split` around each value that is several, and the imports needed.

    Only a value that is a whole word outside of quotes can be taken apart; the others stay as they are.
    """
    found: list[Word] = []
    imports: list[NeededImport] = []
    for index, word in enumerate(words):
        value = word.pieces[0] if len(word.pieces) == 1 else None
        if index and isinstance(value, Value) and value in word.bare and _is_several(program, value):
            split, needed = program.reference("shlex", "split", at=at)
            imports += [needed] if needed is not None and needed not in imports else []
            call = cst.Call(split, [cst.Arg(_text(program, value, at))])
            found.append(Word([Joined(call, call)]))
        else:
            found.append(word)
    return found, imports


def _is_several(program: Program, value: Value) -> bool:
    texts = possible_texts(program, value.node)
    if any(_READ & set(text) for text in texts):
        return False
    return holds_several(value) or any(not text or " " in text for text in texts)


def _text(program: Program, value: Value, at: cst.CSTNode) -> cst.BaseExpression:
    if value.is_text or not builtin_visible(program, at, "str"):
        return value.node
    return cst.Call(cst.Name("str"), [cst.Arg(value.node)])
