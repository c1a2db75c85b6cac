"""What a file that imports no driver still says about the database behind a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.bound_elsewhere import formatted_text, styles_bound
from sgcode_worker.operators.queries.driver.receivers import said_by_receiver
from sgcode_worker.operators.queries.driver.words import ALL, MYSQL, POSTGRES, SQLITE, Databases, said_by_text

Said = tuple[Databases, str]
"""The databases that a piece of evidence leaves, and what it is."""


@dataclass(frozen=True)
class Evidence:
    """The databases that are left, and what the choice rests on."""

    databases: Databases
    bases: tuple[str, ...]
    is_of_receiver: bool
    """Whether some of it is about the object that runs the query, not about the SQL alone."""
    is_by_style: bool
    """Whether only the placeholders of other statements decide: then it may also be a database like those."""


_TEXTS: WeakKeyDictionary[Program, list[Said]] = WeakKeyDictionary()
_STYLES: dict[str, Databases] = {"?": SQLITE, "%s": MYSQL | POSTGRES}


def evidence_for(program: Program, receiver: cst.BaseExpression) -> Evidence:
    """Return what the file says about the database that `receiver` runs queries of.

    Each piece of evidence rules databases out; where they contradict each other, none is left.
    """
    named, styles = list(said_by_receiver(program, receiver)), list(_said_by_styles(program, receiver))
    if program not in _TEXTS:
        _TEXTS[program] = [said for text in _texts(program) for said in said_by_text(text)]
    told = [*named, *_TEXTS[program]]
    database = ALL.intersection(*(databases for databases, _ in told))
    left = database.intersection(*(databases for databases, _ in styles))
    bases = dict.fromkeys(basis for _, basis in (*styles, *told))
    return Evidence(left, tuple(bases), bool(named or styles), is_by_style=left != database)


def _said_by_styles(program: Program, receiver: cst.BaseExpression) -> Iterator[Said]:
    for style in styles_bound(program, receiver):
        if style in _STYLES:
            yield _STYLES[style], f"other statements here bind values with {style}"


def _texts(program: Program) -> Iterator[str]:
    """What the literals of the file say, without those that only describe it."""
    for node in program.nodes(cst.SimpleString, cst.FormattedString):
        if isinstance(program.parent(node), cst.Expr):
            continue
        if isinstance(node, cst.FormattedString):
            yield formatted_text(node)
        else:
            yield text_of(node) or ""
