"""What a command's text is put together from: fixed texts, and values that are put in."""

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.commands.texts import calls_builtin, certainly_text
from sgcode_worker.operators.literals import fstring_text, literal, preferred_quote, text_of
from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.program import Program

_QUOTES = frozenset({"shlex.quote", "pipes.quote"})
# What may stand between the parts of one word.
_PLAIN = re.compile(r"[\w,.:/@%+=-]*")


class UnreadableError(Exception):
    """A command that cannot be read; the message is the reason, for the person who must decide."""


class NeedsShellError(UnreadableError):
    """A command whose own text means something to a shell only."""


@dataclass(frozen=True)
class Text:
    """Fixed characters of the command."""

    text: str


@dataclass(frozen=True)
class Value:
    """An expression whose value is put in. `is_text` where it is certainly a text."""

    node: cst.BaseExpression
    is_text: bool
    quoted: bool = False
    """Whether the program quotes the value for a shell itself."""
    only_quoted: str = ""
    """Why the value can stand in quotes only; empty where it can stand anywhere."""


@dataclass(frozen=True)
class Joined:
    """A list of texts, put in with a space between each two; `call` is what puts the spaces."""

    node: cst.BaseExpression
    call: cst.Call


Piece = Text | Value | Joined


def read_pieces(program: Program, node: cst.BaseExpression, *, is_text: bool = False) -> list[Piece]:
    """Return the pieces of an expression that builds a text, in order; what is no text is one value.

    `is_text` says that the expression is certainly a text. Raises UnreadableError.
    """
    known = text_of(node)
    if known is not None:
        return [Text(known)]
    if isinstance(node, cst.ConcatenatedString):
        return [*read_pieces(program, node.left), *read_pieces(program, node.right)]
    if isinstance(node, cst.FormattedString):
        return _formatted(program, node)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return [
            *read_pieces(program, node.left, is_text=True),
            *read_pieces(program, node.right, is_text=True),
        ]
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        template = text_of(node.left)
        if template is not None:
            return percent_pieces(program, node, template)
    if isinstance(node, cst.Call):
        found = _called(program, node)
        if found is not None:
            return found
    return [Value(_bare(node), is_text or certainly_text(program, node))]


def _bare(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression without parentheses where these hold no comment or line end that belongs to it."""
    if not isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)):
        return node
    bare = unparenthesized(node)
    return bare if isinstance(bare, cst.BaseExpression) else node


def _formatted(program: Program, node: cst.FormattedString) -> list[Piece]:
    found: list[Piece] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text = fstring_text(part, node.start)
            if text is None:
                raise UnreadableError("The text of the command could not be read.")
            found.append(Text(text))
        elif isinstance(part, cst.FormattedStringExpression):
            if part.equal is not None:
                raise UnreadableError("The command shows an expression with `=`, which is not read here.")
            if part.conversion is None and part.format_spec is None:
                found.extend(read_pieces(program, part.expression))
            else:
                found.append(Value(node.with_changes(parts=[part], lpar=(), rpar=()), True))
    return found


def percent_pieces(program: Program, node: cst.BinaryOperation, template: str) -> list[Piece]:
    """Return the pieces of a template that `%` fills. Raises UnreadableError."""
    values = node.right
    if isinstance(values, cst.Dict):
        raise UnreadableError("The command is filled from a mapping, which is not read here.")
    given = [values]
    if isinstance(values, cst.Tuple):
        if any(isinstance(each, cst.StarredElement) for each in values.elements):
            raise UnreadableError("The values of the command are unpacked, so they cannot be told apart.")
        given = [each.value for each in values.elements]
    found: list[Piece] = []
    for index, part in enumerate(template.split("%%")):
        fields = part.split("%")
        found.append(Text(("%" if index else "") + fields[0]))
        for field in fields[1:]:
            if not field or field[0] not in "sdi" or not given:
                raise UnreadableError("The command is filled in a way that is not read here.")
            value = given.pop(0)
            found += [*_percent_value(program, node, field[0], value), Text(field[1:])]
    if given:
        raise UnreadableError("The command is given more values than it has places for.")
    return found


def _percent_value(
    program: Program, node: cst.BinaryOperation, kind: str, value: cst.BaseExpression
) -> list[Piece]:
    if kind == "s":
        return read_pieces(program, value)
    values = cst.Tuple([cst.Element(value, comma=cst.Comma())])
    shown = literal(f"%{kind}", preferred_quote(node.left))
    return [Value(cst.BinaryOperation(shown, cst.Modulo(), values), True)]


def _called(program: Program, call: cst.Call) -> list[Piece] | None:
    """The pieces of a call that makes a text in a known way; None for any other call."""
    if program.imported_names(call.func) & _QUOTES and len(call.args) == 1:
        return [Value(_bare(call.args[0].value), True, quoted=True)]
    if calls_builtin(program, call, "str") and len(call.args) == 1:
        inner = call.args[0].value
        return [Value(call if not certainly_text(program, inner) else _bare(inner), True)]
    if not isinstance(call.func, cst.Attribute):
        return None
    template = text_of(call.func.value)
    if template is None:
        return None
    if call.func.attr.value == "format":
        return format_pieces(program, template, call.args)
    if call.func.attr.value == "join" and len(call.args) == 1:
        return _join(program, template, call)
    return None


def _join(program: Program, separator: str, call: cst.Call) -> list[Piece]:
    values = call.args[0].value
    if isinstance(values, (cst.List, cst.Tuple)):
        found: list[Piece] = []
        for index, element in enumerate(values.elements):
            if isinstance(element, cst.StarredElement):
                raise UnreadableError("The words of the command are unpacked, so they cannot be told apart.")
            found += [Text(separator)] if index else []
            found += read_pieces(program, element.value, is_text=True)
        return found
    if separator == " ":
        return [Joined(_bare(values), call)]
    plain = _PLAIN.fullmatch(separator)
    reason = "" if plain else "The command is joined from a list in a way that is not read here."
    return [Value(call, True, only_quoted=reason)]


def format_pieces(program: Program, template: str, arguments: Sequence[cst.Arg]) -> list[Piece]:
    """Return the pieces of a template that `str.format` fills. Raises UnreadableError."""
    if any(each.star for each in arguments):
        raise UnreadableError("The values of the command are unpacked, so they cannot be told apart.")
    named = {each.keyword.value if each.keyword else str(index): each for index, each in enumerate(arguments)}
    found: list[Piece] = []
    used: list[str] = []
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError:
        raise UnreadableError("The text of the command could not be read.") from None
    for text, field, spec, conversion in parsed:
        found.append(Text(text))
        if field is None:
            continue
        name = field or str(len(used))
        if name not in named or spec or conversion:
            raise UnreadableError("The command is filled in a way that is not read here.")
        used.append(name)
        found.extend(read_pieces(program, named[name].value))
    # Values are now worked out in the order in which they are put in.
    if used != list(named) and not all(isinstance(each.value, cst.Name) for each in arguments):
        raise UnreadableError("The command is filled in another order than its values are given in.")
    return found
