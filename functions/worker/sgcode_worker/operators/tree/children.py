"""The nodes below a node."""

from collections.abc import Iterable, Iterator
from functools import cache

import libcst as cst

_NODE = (cst.CSTNode,)


@cache
def is_kind(kind: type[object], kinds: tuple[type[object], ...]) -> bool:
    """Whether one class is any of the others or made from it.

    LibCST's classes are abstract ones, for which `isinstance` is slow wherever the answer is no.
    """
    return issubclass(kind, kinds)


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the nodes right below a node, in the order of its fields."""
    return held_in(node, _fields(type(node)))


def held_in(node: cst.CSTNode, fields: Iterable[str]) -> Iterator[cst.CSTNode]:
    """Yield the nodes that some fields of a node hold."""
    for name in fields:
        value = getattr(node, name)
        kind = type(value)
        if kind is tuple or kind is list:
            for each in value:
                if is_kind(type(each), _NODE):
                    yield each
        elif is_kind(kind, _NODE):
            yield value


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)
