"""Takes a text apart into a template of `str.format` and the values that fill it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.literals import fstring_text, literal, preferred_quote, text_of
from sgcode_worker.operators.nodes import has_comment, unparenthesized

_NEEDS_PARENTHESES = (cst.Tuple, cst.NamedExpr, cst.Yield, cst.GeneratorExp)
_PLACEHOLDER = re.compile(r"%[%s]")
_CONVERSIONS = {"s": "str", "r": "repr", "a": "ascii"}


@dataclass
class Filled:
    """A template, as a literal, and the values that fill it in order."""

    template: cst.BaseExpression
    values: list[cst.BaseExpression]


class _NotPlainError(Exception):
    """The text holds something that no template says as it is said now."""


def from_text(node: cst.BaseExpression, *, shown_first: bool) -> Filled | None:
    """Return the template of an f-string or of texts put together with `+`; None for all else.

    With `shown_first` conversions and formats are applied to the values before they fill the template,
    as what escapes its values first needs it.
    """
    if has_comment(node):
        return None
    taken = _Taken(shown_first)
    try:
        if isinstance(node, cst.BinaryOperation):
            return taken.sum(node)
        template = taken.template(node)
    except _NotPlainError:
        return None
    return Filled(template, taken.values) if taken.values else None


class _Taken:
    def __init__(self, shown_first: bool) -> None:
        self.shown_first = shown_first
        self.values: list[cst.BaseExpression] = []

    def sum(self, node: cst.BinaryOperation) -> Filled | None:
        operands = list(_operands(node))
        if not any(map(_is_literal, operands)):
            return None
        text = "".join(self.operand(each) for each in operands)
        if not self.values:
            return None
        return Filled(literal(text, preferred_quote(node) or '"'), self.values)

    def operand(self, node: cst.BaseExpression) -> str:
        if not _is_literal(node):
            self.values.append(_argument(node))
            return "{}"
        template = text_of(self.template(node))
        if template is None:
            raise _NotPlainError
        return template

    def template(self, node: cst.BaseExpression) -> cst.SimpleString | cst.ConcatenatedString:
        """The literal with its braces doubled and a field for each value."""
        if isinstance(node, cst.ConcatenatedString):
            left, right = self.template(node.left), self.template(node.right)
            if not isinstance(left, cst.SimpleString):
                raise _NotPlainError
            return node.with_changes(left=left, right=right)
        if isinstance(node, cst.SimpleString):
            return _doubled(node)
        if isinstance(node, cst.FormattedString):
            return self.fstring(node)
        raise _NotPlainError

    def fstring(self, node: cst.FormattedString) -> cst.SimpleString:
        pieces = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                if fstring_text(part, node.start) is None or "\\N" in part.value:
                    raise _NotPlainError
                pieces.append(part.value)
            elif isinstance(part, cst.FormattedStringExpression):
                pieces.append(self.hole(part))
        prefix = node.prefix.lower().replace("f", "")
        return cst.SimpleString(f"{prefix}{node.end}{''.join(pieces)}{node.end}", node.lpar, node.rpar)

    def hole(self, part: cst.FormattedStringExpression) -> str:
        spec = "" if part.format_spec is None else _plain_spec(part.format_spec)
        value = _argument(part.expression)
        if part.equal is not None or isinstance(part.expression, cst.Yield):
            raise _NotPlainError
        if not self.shown_first:
            self.values.append(value)
            conversion = f"!{part.conversion}" if part.conversion else ""
            return f"{{{conversion}{':' + spec if spec else ''}}}"
        if part.conversion:
            value = cst.Call(cst.Name(_CONVERSIONS[part.conversion]), [cst.Arg(value)])
        if spec:
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            value = cst.Call(cst.Name("format"), [cst.Arg(value, comma=comma), cst.Arg(literal(spec))])
        self.values.append(value)
        return "{}"


def from_percent(node: cst.BinaryOperation) -> Filled | None:
    """Return the template of `"..." % values` where all of them are put in as `%s`."""
    text = text_of(node.left)
    if text is None or has_comment(node):
        return None
    found = list(_PLACEHOLDER.finditer(text))
    if sum(match[0].count("%") for match in found) != text.count("%"):
        return None
    count = sum(match[0] != "%%" for match in found)
    template = _braces_for_percent(text)
    quoted = literal(template, preferred_quote(node.left))
    if isinstance(node.right, cst.Tuple):
        values = [element.value for element in node.right.elements if isinstance(element, cst.Element)]
        if len(values) != len(node.right.elements):
            return None
    else:
        values = [_argument(node.right)]
    return Filled(quoted, values) if count and len(values) == count else None


def _braces_for_percent(text: str) -> str:
    doubled = text.replace("{", "{{").replace("}", "}}")
    return _PLACEHOLDER.sub(lambda match: "%" if match[0] == "%%" else "{}", doubled)


def _operands(node: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        yield from _operands(node.left)
        yield node.right
    else:
        yield node


def _is_literal(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.ConcatenatedString):
        return _is_literal(node.left) and _is_literal(node.right)
    return isinstance(node, cst.FormattedString) or text_of(node) is not None


def _doubled(node: cst.SimpleString) -> cst.SimpleString:
    if text_of(node) is None or "\\N" in node.value:
        raise _NotPlainError
    return node.with_changes(value=node.value.replace("{", "{{").replace("}", "}}"))


def _plain_spec(spec: object) -> str:
    texts = []
    for part in spec if isinstance(spec, (list, tuple)) else ():
        if not isinstance(part, cst.FormattedStringText) or "\\" in part.value:
            raise _NotPlainError
        texts.append(part.value)
    return "".join(texts)


def _argument(node: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(node, _NEEDS_PARENTHESES):
        return node if node.lpar else node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    bare = unparenthesized(node)
    return bare if isinstance(bare, cst.BaseExpression) else node
