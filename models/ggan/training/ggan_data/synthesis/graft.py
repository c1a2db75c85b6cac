"""Real functions as frames: a template's statements put into a function of the standard library."""

import ast
from collections.abc import Sequence

from ggan_data.clean import Piece
from ggan_data.synthesis.fill import Filling, as_source
from ggan_data.synthesis.frames import Frame, Framed

_MAX_LINES = 60


def grafts(pieces: Sequence[Piece]) -> list[Frame]:
    """Return a frame for each piece that is a plain function with a parameter."""
    return [
        _frame(piece) for piece in pieces if len(piece.lines) <= _MAX_LINES and _function(piece) is not None
    ]


def _frame(piece: Piece) -> Frame:
    def graft(filling: Filling, name: str, outside: Sequence[str], body: Sequence[str]) -> Framed:
        function = _function(piece)
        if function is None:
            raise ValueError(f"{piece.name} is no plain function.")
        lines = list(piece.lines)
        first_line, end_line = _place_in(function, filling, body)
        lines[first_line:end_line] = [f"    {line}" if line else line for line in body]
        first = function.args.args[0]
        row = first.lineno - 1
        taken = "".join(f"{as_source(each)}, " for each in outside)
        lines[row] = lines[row][: first.col_offset] + taken + lines[row][first.col_offset :]
        return Framed(piece.imports, (), tuple(lines))

    return graft


def _function(piece: Piece) -> ast.FunctionDef | None:
    """The piece's function where it stands alone, is plain and takes a parameter."""
    text = "\n".join(piece.lines)
    node = ast.parse(text).body[0]
    plain = isinstance(node, ast.FunctionDef) and node.args.args and not node.args.posonlyargs
    if not isinstance(node, ast.FunctionDef) or not plain or not text.isascii():
        return None
    ours = all(each.col_offset == 4 for each in node.body)
    return node if ours and not node.args.defaults[len(node.args.args) :] else None


def _place_in(function: ast.FunctionDef, filling: Filling, body: Sequence[str]) -> tuple[int, int]:
    """The lines that the statements replace: the last return where they end the function, else none."""
    last = function.body[-1]
    if body and body[-1].lstrip().startswith(("return", "raise")):
        end = last.end_lineno or last.lineno
        return (last.lineno - 1, end) if isinstance(last, ast.Return | ast.Raise) else (end, end)
    chosen = filling.chance.choice(function.body[1:] or function.body)
    first = min([chosen.lineno, *(each.lineno for each in getattr(chosen, "decorator_list", []))])
    return first - 1, first - 1
