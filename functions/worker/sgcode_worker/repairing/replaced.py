"""A part with what it is replaced by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sgcode_worker.repairing.layout import Statements, first_line, last_line
from sgcode_worker.repairing.parts import Part

Item = TypeVar("Item")


@dataclass(frozen=True)
class Replaced:
    """A part and the statements of the answer that it is replaced by."""

    part: Part
    nodes: Statements

    @property
    def begin(self) -> int:
        """The first line in the answer, decorators included."""
        return first_line(self.nodes[0])

    @property
    def end(self) -> int:
        """The last line in the answer."""
        return last_line(self.nodes)


def by_number(numbers: Sequence[int], known: int, offered: Sequence[Item]) -> list[Item] | None:
    """Return the items in the order of the text: all of that name, or just those that were asked for."""
    if len(offered) == len(numbers):
        return list(offered)
    return [offered[index] for index in numbers] if len(offered) == known else None
