"""A text that is put together from fixed parts and values, and how a value in it is replaced."""

import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.literals import fstring_text, text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_PERCENT = re.compile(r"%(?:\((\w+)\))?([#0\- +]*\d*(?:\.\d+)?)([a-zA-Z%])")


@dataclass(frozen=True)
class Hole:
    """A value in the text."""

    value: cst.BaseExpression
    replaced: cst.CSTNode
    """What gives way to the result of `build`."""
    build: Callable[[cst.BaseExpression], cst.CSTNode]
    is_text: bool = False
    """Whether it can only be a text there."""
    conversion: str = ""
    """The function that the text applies to the value first, such as `repr`."""
    settled: bool = False
    """Whether its form there, such as a number's, leaves nothing to escape, or cannot be kept."""


Part = str | Hole


def parts_of(program: Program, node: cst.BaseExpression) -> list[Part] | None:
    """Return the parts of the text in their order; None where it is none, or its parts cannot be told."""
    text = text_of(node)
    if text is not None:
        return [text]
    if isinstance(node, cst.FormattedString):
        return _of_fstring(node)
    if isinstance(node, cst.ConcatenatedString):
        left, right = parts_of(program, node.left), parts_of(program, node.right)
        return left + right if left is not None and right is not None else None
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return [*_of_operand(program, node.left), *_of_operand(program, node.right)]
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo):
        template = fixed_text(program, node.left)
        return _of_percent(template, node.right) if template is not None else None
    if (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value == "format"
    ):
        template = fixed_text(program, node.func.value)
        return _of_format(template, node) if template is not None else None
    return None


def fixed_text(program: Program, node: cst.BaseExpression) -> str | None:
    """Return what a literal says, or a name or field that the program binds once, to a literal."""
    text = text_of(node)
    name = dotted_name(node)
    if text is not None or name is None:
        return text
    if isinstance(node, cst.Name):
        scope = program.scope(node)
        targets = [getattr(each, "node", None) for each in scope[name]] if scope is not None else []
    else:
        last = name.rpartition(".")[2]
        bound = [each for each in program.nodes(cst.AssignTarget) if _bound_name(each.target) == last]
        targets = [each.target for each in bound if isinstance(each.target, cst.Name)]
        if len(targets) != len(bound):
            return None
    statements = [program.parent(program.parent(each) or each) for each in targets if each is not None]
    if len(targets) != 1 or len(statements) != 1 or not isinstance(statements[0], cst.Assign):
        return None
    return text_of(statements[0].value)


def _bound_name(target: cst.BaseExpression) -> str:
    return (dotted_name(target) or "").rpartition(".")[2]


def _of_operand(program: Program, node: cst.BaseExpression) -> list[Part]:
    parts = parts_of(program, node)
    return parts if parts is not None else [Hole(node, node, lambda value: value, is_text=True)]


def _of_fstring(node: cst.FormattedString) -> list[Part] | None:
    parts: list[Part] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text = fstring_text(part, node.start)
            if text is None:
                return None
            parts.append(text)
        elif isinstance(part, cst.FormattedStringExpression):
            conversion = {"r": "repr", "a": "ascii"}.get(part.conversion or "", "")
            odd = part.equal is not None or bool(part.format_spec)
            parts.append(Hole(part.expression, part, _filling(part), conversion=conversion, settled=odd))
    return parts


def _filling(part: cst.FormattedStringExpression) -> Callable[[cst.BaseExpression], cst.CSTNode]:
    return lambda value: part.with_changes(expression=value, conversion=None)


def _of_percent(template: str, right: cst.BaseExpression) -> list[Part] | None:
    fields = list(_PERCENT.finditer(template))
    count = sum(field[3] != "%" for field in fields)
    if isinstance(right, cst.Tuple):
        values = {str(index): each.value for index, each in enumerate(right.elements)}
        fits = len(values) == count and not any(
            isinstance(each, cst.StarredElement) for each in right.elements
        )
    elif isinstance(right, cst.Dict):
        values = {
            text_of(each.key) or "": each.value
            for each in right.elements
            if isinstance(each, cst.DictElement)
        }
        fits = len(values) == len(right.elements)
    else:
        values, fits = {"0": right}, count == 1
    if not fits:
        return None
    parts: list[Part] = []
    end = number = 0
    for field in fields:
        parts.append(template[end : field.start()])
        end = field.end()
        if field[3] == "%":
            parts.append("%")
            continue
        value = values.get(field[1] or str(number))
        number += 1
        if value is None:
            return None
        plain = field[3] == "s" and not field[2]
        parts.append(Hole(value, value, lambda value: value, settled=not plain))
    return [*parts, template[end:]]


def _of_format(template: str, call: cst.Call) -> list[Part] | None:
    if any(each.star for each in call.args):
        return None
    given = [
        (each.keyword.value if each.keyword else str(index), each) for index, each in enumerate(call.args)
    ]
    values = {key: argument.value for key, argument in given}
    parts: list[Part] = []
    try:
        for text, key, plain in _fields(template):
            parts.append(text)
            if key is not None:
                parts.append(Hole(values[key], values[key], lambda value: value, settled=not plain))
    except (ValueError, KeyError):
        return None
    return parts


def _fields(template: str) -> Iterator[tuple[str, str | None, bool]]:
    """Fixed text, the argument that follows it, and whether that is put in as it is."""
    number = 0
    for text, name, spec, conversion in string.Formatter().parse(template):
        if name == "":
            name, number = str(number), number + 1
        yield text, name, not spec and conversion in (None, "s")
