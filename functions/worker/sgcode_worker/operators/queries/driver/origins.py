"""What an object of the program is made from, step by step."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import (
    annotations_of,
    bindings_of,
    returned_by,
    values_of_attribute,
)

_DEPTH = 8


def sources(program: Program, node: cst.BaseExpression) -> list[cst.BaseExpression | None]:
    """Return what the object is made from: a cursor from its connection, a connection from its driver.

    None stands for something that the file does not say.
    """
    if isinstance(node, cst.Await):
        return [node.expression]
    if isinstance(node, cst.Name):
        return _of_name(program, node)
    if isinstance(node, cst.Call):
        returned = returned_by(program, node.func)
        return returned if returned else [node.func]
    if isinstance(node, cst.Attribute):
        stored = values_of_attribute(program, node)
        return stored if stored else [node.value]
    return [None]


def _of_name(program: Program, name: cst.Name) -> list[cst.BaseExpression | None]:
    bound = bindings_of(program, name)
    types = [part for each in annotations_of(program, name) for part in _parts(each)]
    known = [each for each in bound if each is not None]
    return [*known, *types] if types else bound or [None]


def _parts(annotation: cst.BaseExpression) -> list[cst.BaseExpression]:
    """The types of `X | None` and `Optional[X]`."""
    if isinstance(annotation, cst.BinaryOperation):
        return [*_parts(annotation.left), *_parts(annotation.right)]
    if isinstance(annotation, cst.Subscript):
        indices = [each.slice for each in annotation.slice]
        return [part for each in indices if isinstance(each, cst.Index) for part in _parts(each.value)]
    return [] if isinstance(annotation, cst.Name) and annotation.value == "None" else [annotation]


def origins(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> Iterator[cst.BaseExpression]:
    """Yield the expression and all that it is made from."""
    yield node
    if depth > 0:
        for source in sources(program, node):
            if source is not None:
                yield from origins(program, source, depth - 1)
