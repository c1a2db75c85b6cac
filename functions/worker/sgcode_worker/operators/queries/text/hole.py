"""A value that goes into a text, and how it is turned into text there."""

from dataclasses import dataclass
from typing import Literal

import libcst as cst

from sgcode_worker.operators.queries.text.characters import Character


@dataclass(frozen=True, eq=False)
class Hole:
    """One value in a text: added with `+`, or formatted with `%` or braces.

    `spec` is the whole `%05d` for percent, what follows the colon for braces; `conversion` is the
    letter after `!`.
    """

    expression: cst.BaseExpression
    kind: Literal["plus", "percent", "braces"]
    spec: str = ""
    conversion: str = ""
    is_ready: bool = False
    """Whether it is known already that the value is not quoted or escaped."""

    @property
    def is_plain(self) -> bool:
        """Whether the value goes in as str() shows it."""
        if self.kind == "percent":
            return self.spec == "%s"
        return not self.spec and self.conversion in ("", "s")

    @property
    def is_plain_or_added(self) -> bool:
        """Whether the text shows the value as it is."""
        return self.kind == "plus" or self.is_plain


Piece = Character | Hole
