"""Paths that are put together: the folder that they begin with, and what follows it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.commands.pieces import Piece, Text, UnreadableError, Value, read_pieces
from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of
from sgcode_worker.operators.tree.children import children
from sgcode_worker.operators.visibility import dotted_name

_JOINS = frozenset({"os.path.join", "posixpath.join"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PosixPath"})

IsOutside = Callable[[cst.BaseExpression], bool]


@dataclass(frozen=True)
class JoinedPath:
    """A path: the folder that it begins with, as an expression, and the values that come after."""

    node: cst.BaseExpression
    folder: cst.BaseExpression
    names: Sequence[cst.BaseExpression]


def joined_expressions(program: Program, region: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Yield the expressions below a node that may put a path together, none of them inside another."""
    waiting = [region]
    while waiting:
        node = waiting.pop()
        if _looks_joined(program, node):
            assert isinstance(node, cst.BaseExpression)
            yield node
            waiting.extend(_called_with(node))
        else:
            waiting.extend(children(node))


def _looks_joined(program: Program, node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Call):
        return _operands(program, node) is not None or _is_format(node)
    if isinstance(node, cst.BinaryOperation):
        return isinstance(node.operator, (cst.Divide, cst.Add, cst.Modulo))
    return isinstance(node, cst.FormattedString)


def _called_with(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What other calls in the expression are given: a path may be put together there for another use."""
    waiting = list(children(node))
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Call):
            yield from current.args
        else:
            waiting.extend(children(current))


def read_joined(program: Program, node: cst.BaseExpression, is_outside: IsOutside) -> JoinedPath | None:
    """Return the path with the folder before its first value from outside; None where there is no such."""
    operands = _operands(program, node) if isinstance(node, cst.Call) else None
    if operands is not None:
        assert isinstance(node, cst.Call)
        return _of_operands(program, node, operands, is_outside)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Divide):
        return _of_division(node, is_outside)
    try:
        pieces = read_pieces(program, node)
    except UnreadableError:
        return None
    return _of_text(program, node, pieces, is_outside)


def _operands(program: Program, call: cst.Call) -> list[cst.BaseExpression] | None:
    """What `os.path.join`, `Path` or `joinpath` is plainly given to join; None for any other call."""
    given = [each.value for each in call.args]
    if any(each.star or each.keyword for each in call.args):
        return None
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "joinpath" and given:
        return [call.func.value, *given]
    names = program.imported_names(call.func) if dotted_name(call.func) is not None else set()
    return given if len(given) > 1 and names and names <= _JOINS | _PATHS else None


def _is_format(call: cst.Call) -> bool:
    return (
        isinstance(call.func, cst.Attribute)
        and call.func.attr.value == "format"
        and text_of(call.func.value) is not None
    )


def _of_operands(
    program: Program, call: cst.Call, operands: Sequence[cst.BaseExpression], is_outside: IsOutside
) -> JoinedPath | None:
    first = next((index for index, each in enumerate(operands) if index and is_outside(each)), None)
    if first is None:
        return None
    leading = operands[:first]
    folder = leading[0]
    if len(leading) > 1:
        method = isinstance(call.func, cst.Attribute) and call.func.attr.value == "joinpath"
        arguments = [cst.Arg(each) for each in (leading[1:] if method else leading)]
        folder = cst.Call(call.func, arguments)
    return JoinedPath(call, folder, operands[first:])


def _of_division(node: cst.BinaryOperation, is_outside: IsOutside) -> JoinedPath | None:
    chain: list[cst.BinaryOperation] = []
    left: cst.BaseExpression = node
    while isinstance(left, cst.BinaryOperation) and isinstance(left.operator, cst.Divide):
        chain.append(left)
        left = left.left
    for index, each in enumerate(reversed(chain)):
        if is_outside(each.right):
            names = [later.right for later in list(reversed(chain))[index:]]
            return JoinedPath(node, each.left, names)
    return None


def _of_text(
    program: Program, node: cst.BaseExpression, pieces: Sequence[Piece], is_outside: IsOutside
) -> JoinedPath | None:
    """A text: its folder is what stands before the last slash before the first value from outside."""
    first = next(
        (
            index
            for index, each in enumerate(pieces)
            if index and isinstance(each, Value) and is_outside(each.node)
        ),
        None,
    )
    if first is None:
        return None
    leading = list(pieces[:first])
    while leading:
        last = leading.pop()
        if isinstance(last, Text) and "/" in last.text:
            leading.append(Text(last.text.rpartition("/")[0]))
            break
        if isinstance(last, Value) and _ends_with_slash(program, last.node):
            leading.append(last)
            break
        if not isinstance(last, Text):
            return None
    folder = _written(node, [each for each in leading if each != Text("")])
    names = [each.node for each in pieces[first:] if isinstance(each, Value)]
    return JoinedPath(node, folder, names) if folder is not None else None


def _ends_with_slash(program: Program, node: cst.BaseExpression) -> bool:
    """Whether the name certainly stands for a text that ends with a slash."""
    values = bindings_of(program, node) if isinstance(node, cst.Name) else []
    texts = [text_of(each) if each is not None else None for each in values]
    return bool(texts) and all(text is not None and text.endswith("/") for text in texts)


def _written(node: cst.BaseExpression, pieces: Sequence[Piece]) -> cst.BaseExpression | None:
    """The expression for a text of these pieces; None where it cannot be written plainly."""
    quote = preferred_quote(node)[:1] or '"'
    if len(pieces) == 1:
        (only,) = pieces
        if isinstance(only, Text):
            return literal(only.text, quote)
        return only.node if isinstance(only, Value) else None
    parts: list[cst.BaseFormattedStringContent] = []
    for each in pieces:
        if isinstance(each, Text):
            if not each.text.isprintable() or set(each.text) & {'"', "'", "\\", "{", "}"}:
                return None
            parts.append(cst.FormattedStringText(each.text))
        elif isinstance(each, Value) and dotted_name(each.node) is not None:
            parts.append(cst.FormattedStringExpression(each.node))
        else:
            return None
    return cst.FormattedString(parts, f"f{quote}", quote) if parts else None
