"""How the snippets of an operator are given."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippets:
    """Statements that one operator rewrites, wherever in a program they stand.

    They may use the names a, b and c, which the programs around them define.
    """

    rules: tuple[str, ...]
    """Bandit's rules for which the operator is planned."""
    head: str
    """The imports that all snippets rely on."""
    positive: tuple[str, ...]
    brings: tuple[str, ...] = ()
    """Rules that flag the replacement, though it is right."""
