"""Which values of a command are one word that comes from outside, and how it is quoted."""

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.pieces import Joined, Piece, UnreadableError, Value, read_pieces
from sgcode_worker.operators.commands.programs import holds_several
from sgcode_worker.operators.commands.quoting.names import meaning, said
from sgcode_worker.operators.commands.quoting.settled import bindings, is_annotated, is_settled
from sgcode_worker.operators.commands.texts import builtin_visible, calls_builtin, is_no_word, possible_texts
from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.program import NeededImport, Program

# Values under such names are more than one word, or are meant to be read by the shell.
_SEVERAL = frozenset(
    "args arguments params parameters options opts flag flags option opt switch switches extra extras argv "
    "command commands cmd cmds script code pattern glob wildcard wildcards redirect redirection pipe prefix "
    "suffix expression expr condition files filenames paths dirs "
    "directories folders hosts packages modules names items targets services ports urls ids".split()
)
_NO_WORDS = frozenset("commands cmds cmd command lines parts pieces tokens statements scripts script".split())
_SHOWN = "A value is put in with `!` or in a form of its own, which a shell reads otherwise."


def spread(program: Program, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with what a comprehension puts in spelled out, as if it gave one element."""
    found: list[Piece] = []
    for piece in pieces:
        node = piece.node if isinstance(piece, Joined) else None
        if isinstance(node, (cst.GeneratorExp, cst.ListComp)):
            found += spread(program, read_pieces(program, node.elt, is_text=True))
        else:
            found.append(piece)
    return found


def stays(program: Program, piece: Value | Joined) -> bool:
    """Whether no one from outside can put anything but one word, or fixed text, in with the value."""
    return isinstance(piece, Value) and (piece.quoted or is_settled(program, piece.node))


def check_word(program: Program, piece: Value | Joined) -> None:
    """Raise UnreadableError where the value may be meant to be more than one word."""
    if isinstance(piece, Joined):
        _check_joined(program, piece)
        return
    node = piece.node
    if piece.only_quoted:
        raise UnreadableError(piece.only_quoted)
    if program.parent(node) is None:
        raise UnreadableError(_SHOWN)
    called = said(node)
    if holds_several(piece) or meaning(called) in _SEVERAL:
        raise UnreadableError(
            f"`{called}` may be several words, or something for the shell: a person must decide."
        )
    texts = possible_texts(program, node) | _given_back(program, node)
    if any(map(is_no_word, texts)):
        shown = called or "A value"
        raise UnreadableError(f"`{shown}` is empty, several words or something for a shell in some cases.")


def quoted(
    program: Program, piece: Value | Joined, at: cst.CSTNode
) -> tuple[cst.CSTNode, cst.Call, NeededImport | None]:
    """Return what is replaced, the call of shlex that takes its place, and the import that it needs."""
    if isinstance(piece, Joined):
        function, needed = program.reference("shlex", "join", at=at)
        return piece.call, cst.Call(function, [cst.Arg(_argument(piece.node))]), needed
    value = _argument(piece.node)
    if not piece.is_text and not is_annotated(program, piece.node, {"str"}):
        if not builtin_visible(program, at, "str"):
            raise UnreadableError("The name `str` stands for something else in the program.")
        value = cst.Call(cst.Name("str"), [cst.Arg(value)])
    function, needed = program.reference("shlex", "quote", at=at)
    return piece.node, cst.Call(function, [cst.Arg(value)]), needed


def _argument(node: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(node, (cst.Tuple, cst.NamedExpr, cst.Yield, cst.GeneratorExp)):
        return node
    bare = unparenthesized(node)
    return bare if isinstance(bare, cst.BaseExpression) else node


def _given_back(program: Program, node: cst.BaseExpression) -> set[str]:
    """Fixed texts that a function of the file may return, where the value is a call of it."""
    if not isinstance(node, cst.Call) or not said(node):
        return set()
    found: set[str] = set()
    for function in program.nodes(cst.FunctionDef):
        if function.name.value == said(node):
            returns = [each for each in program.nodes(cst.Return) if _holder(program, each) is function]
            found |= {text for each in returns if each.value for text in possible_texts(program, each.value)}
    return found


def _holder(program: Program, node: cst.CSTNode) -> cst.FunctionDef | None:
    return program.enclosing(node, cst.FunctionDef)


def _check_joined(program: Program, piece: Joined) -> None:
    node = piece.node
    if isinstance(node, cst.Call) and len(node.args) == 2 and calls_builtin(program, node, "map"):
        node = node.args[1].value
    if meaning(said(node)) in _NO_WORDS:
        raise UnreadableError(f"The elements of `{said(node)}` may be more than words.")
    bound = bindings(program, node)
    given = bound and all(
        isinstance(each, metadata.Assignment) and isinstance(each.node, cst.Param) for each in bound
    )
    if not given:
        raise UnreadableError("A list is joined into the command, and it cannot be told that it holds words.")
