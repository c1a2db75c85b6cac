"""Where a program writes texts under a name: assignments, items, keywords, defaults, comparisons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import libcst as cst

from sgcode_worker.operators.literals import constant_of, text_of
from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.places import Position, extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.words import names_secret
from sgcode_worker.operators.visibility import dotted_name

Role = Literal["binding", "item", "entry", "keyword", "default", "comparison"]


@dataclass(frozen=True)
class Spot:
    """One literal under a name. `beside` are the names of the values that stand with it."""

    role: Role
    name: str
    literal: cst.BaseExpression
    key: cst.CSTNode
    """What carries the name; an analyzer may report it instead of the literal."""
    holder: cst.CSTNode
    """The statement, dictionary, call, function or comparison that the literal stands in."""
    beside: frozenset[str] = frozenset()

    @property
    def value(self) -> str | bytes:
        """What the literal says."""
        value = constant_of(self.literal)
        assert value is not None
        return value


def spots(program: Program) -> list[Spot]:
    """Return every literal that a secret's name is given to, or compared with."""
    found: list[Spot] = []
    kinds = (cst.Assign, cst.AnnAssign, cst.Dict, cst.Call, cst.FunctionDef, cst.Comparison)
    for node in program.nodes(*kinds):
        found.extend(each for each in _spots_of(node) if names_secret(each.name))
    return found


def planned_spot(program: Program, edit: PlannedEdit) -> Spot | None:
    """Return the literal that the edit means: the one with its span, else the first one that fits.

    For a keyword, Bandit gives the line of the literal and a span of the call or of something in that line;
    for a default, the span of the whole function.
    """
    everything = spots(program)
    span = ((edit.line, edit.column), (edit.end_line, edit.end_column))
    for spot in everything:
        if span in (extent(program, spot.literal), extent(program, spot.key)):
            return spot
    whole = [spot for spot in everything if _is_whole(program, spot, span)]
    on_line = [
        spot
        for spot in everything
        if spot.role == "keyword" and program.span(spot.literal).start.line == edit.line
    ]
    on_line.sort(key=lambda spot: extent(program, spot.literal))
    return next(iter(whole or on_line), None)


def _is_whole(program: Program, spot: Spot, span: tuple[Position, Position]) -> bool:
    """Whether the span is that of the holder; where a function ends is told in more than one way."""
    start, end = extent(program, spot.holder)
    return span == (start, end) or (spot.role == "default" and span[0] == start)


def _spots_of(node: cst.CSTNode) -> Iterator[Spot]:
    if isinstance(node, cst.Assign):
        for target in node.targets:
            yield from _assigned(node, target.target, node.value)
    elif isinstance(node, cst.AnnAssign) and node.value is not None:
        yield from _assigned(node, node.target, node.value)
    elif isinstance(node, cst.Dict):
        yield from _entries(node)
    elif isinstance(node, cst.Call):
        yield from _keywords(node)
    elif isinstance(node, cst.FunctionDef):
        yield from _defaults(node)
    elif isinstance(node, cst.Comparison):
        yield from _compared(node)


def _assigned(
    statement: cst.CSTNode, target: cst.BaseExpression, value: cst.BaseExpression
) -> Iterator[Spot]:
    if constant_of(value) is None:
        return
    if isinstance(target, (cst.Name, cst.Attribute)):
        yield Spot("binding", last_part(target), value, target, statement)
    elif isinstance(target, cst.Subscript) and len(target.slice) == 1:
        index = target.slice[0].slice
        key = text_of(index.value) if isinstance(index, cst.Index) else None
        if key is not None and isinstance(index, cst.Index):
            yield Spot("item", key, value, index.value, statement)


def _entries(node: cst.Dict) -> Iterator[Spot]:
    keyed = [
        (key, element)
        for element in node.elements
        if isinstance(element, cst.DictElement) and (key := text_of(element.key)) is not None
    ]
    names = frozenset(key.lower() for key, _ in keyed)
    for key, element in keyed:
        if constant_of(element.value) is not None:
            yield Spot("entry", key, element.value, element.key, node, names)


def _keywords(call: cst.Call) -> Iterator[Spot]:
    names = frozenset(argument.keyword.value.lower() for argument in call.args if argument.keyword)
    for argument in call.args:
        if argument.keyword is not None and constant_of(argument.value) is not None:
            yield Spot("keyword", argument.keyword.value, argument.value, argument, call, names)


def _defaults(function: cst.FunctionDef) -> Iterator[Spot]:
    parameters = function.params
    for each in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params):
        if each.default is not None and constant_of(each.default) is not None:
            yield Spot("default", each.name.value, each.default, each.name, function)


def _compared(node: cst.Comparison) -> Iterator[Spot]:
    target = node.comparisons[0]
    if len(node.comparisons) > 1 or not isinstance(node.left, (cst.Name, cst.Attribute)):
        return
    if isinstance(target.operator, (cst.Equal, cst.NotEqual)) and constant_of(target.comparator) is not None:
        yield Spot("comparison", last_part(node.left), target.comparator, node.left, node)


def last_part(node: cst.BaseExpression) -> str:
    """Return the name, or the last name of a chain of attributes."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return (dotted_name(node) or "").rpartition(".")[2]
