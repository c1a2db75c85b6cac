"""Finds the node that a planned edit means."""

from collections.abc import Iterable
from typing import TypeVar

import libcst as cst

from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.operators.program import Program

Node = TypeVar("Node", bound=cst.CSTNode)

Position = tuple[int, int]


def planned_node(program: Program, edit: PlannedEdit, nodes: Iterable[Node]) -> Node | None:
    """Return the node that the edit means: of those given, the one with its span, else the innermost around.

    An analyzer may report an argument instead of its call, so the span may lie inside the node.
    """
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    innermost: Node | None = None
    closest: tuple[Position, Position] | None = None
    for node in nodes:
        node_start, node_end = extent(program, node)
        if (node_start, node_end) == (start, end):
            return node
        if node_start <= start and end <= node_end and _is_inside((node_start, node_end), closest):
            innermost, closest = node, (node_start, node_end)
    return innermost


def _is_inside(inner: tuple[Position, Position], outer: tuple[Position, Position] | None) -> bool:
    return outer is None or (outer[0] <= inner[0] and inner[1] <= outer[1])


def extent(program: Program, node: cst.CSTNode) -> tuple[Position, Position]:
    """Where the node begins and ends."""
    line, column, end_line, end_column = program.written.places[id(node)]
    return (line, column), (end_line, end_column)
