"""What an operator is: a named rewrite with a precondition, tried at one planned place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import libcst as cst

from sgcode_worker.operators.program import NeededImport, Program

ChangeKind = Literal["constant", "environment", "import", "exception", "call", "message", "setting", "digest"]
Replacement = cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode]


@dataclass(frozen=True)
class PlannedEdit:
    """One place where one operator is to be tried; columns count code points from 0."""

    id: str
    operator: str
    rule: str
    cwe: str | None
    source: str
    line: int
    column: int
    end_line: int
    end_column: int
    definition: str


@dataclass(frozen=True)
class DeclaredChange:
    """A change of the program's surface that the gates are to allow, exactly as named."""

    kind: ChangeKind
    name: str
    definition: str
    detail: str


@dataclass(frozen=True)
class EnvironmentVariable:
    """An environment variable that the rewritten program reads."""

    name: str
    required: bool


@dataclass(frozen=True)
class Helper:
    """A function that rewrites call, put once before a top-level statement of the program."""

    definition: cst.FunctionDef
    before: cst.CSTNode


@dataclass(frozen=True)
class Rewrite:
    """What an operator wants done: nodes of the program's own tree and what replaces them.

    Replacements are keyed by node identity. A rewrite is applied whole or not at all.
    """

    summary: str
    replacements: Mapping[cst.CSTNode, Replacement]
    imports: Sequence[NeededImport] = ()
    declared: Sequence[DeclaredChange] = ()
    environment: Sequence[EnvironmentVariable] = ()
    helper: Helper | None = None


@dataclass(frozen=True)
class Declined:
    """The precondition does not hold: why, in words for the person who must decide."""

    reason: str


@dataclass
class Shared:
    """What the rewrites of one file agree on, such as the environment variables already named."""

    environment_names: dict[str, str] = field(default_factory=dict)
    """Secret literal → the environment variable chosen for it in this file."""
    allowed_packages: frozenset[str] = frozenset()
    """Packages that the program may need though it does not import them yet."""
    database_driver: str | None = None
    """The driver that runs the queries where the file does not tell."""


class Operator(Protocol):
    """A named rewrite that keeps behavior. It never changes the tree; it says what to change."""

    name: str
    cwe: str | None
    """The weakness that it mends; None where what it mends is none."""
    precondition: str
    changes: str
    example: tuple[str, str]
    """A small program and what becomes of it."""

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the rewrite for the planned place, or why the code is left alone."""
        ...
