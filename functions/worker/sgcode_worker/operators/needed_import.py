"""An import that a rewrite needs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NeededImport:
    """`import module`, or `from module import name` where a name is given; `as alias` where one is."""

    module: str
    name: str | None = None
    alias: str | None = None
