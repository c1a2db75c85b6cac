"""Queries: statement kinds, tables, columns, conditions and how many values go in."""

import re
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.surface.choices import constants, said
from sgcode_worker.gates.texts import HOLE, fold, plain

_STATEMENT = re.compile(
    r"^[\s(]*(?:select\b.*\bfrom\b|select\s+[\w*\x00(]|insert\s+(?:or\s+\w+\s+)?into\b|update\b.*\bset\b|"
    r"replace\s+into\b|delete\s+from\b|create\s+(?:\w+\s+)*(?:table|index|view|database|user)\b|"
    r"drop\s+(?:table|index|view|database|user)\b|alter\s+(?:table|user|database)\b|truncate\b|pragma\s|with\s.*\bselect\b|"
    r"merge\s+into\b|grant\s.*\bto\b|exec(?:ute)?\s|call\s)",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(
    r"^[\s'\")]*(?:where|and|or|order\s+by|group\s+by|limit|offset|values|from|set|having|(?:left|inner|right)?\s*join|on|union)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"--[^\n]*|/\*.*?(?:\*/|$)|(?<!\S)#\s[^\n]*|"
    r"\?|(?<!:):\w+|\$\d+|@\w+|'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\[\w+\]|[a-z_]\w*|\d+(?:\.\d+)?|[<>=!]+|\*|\x00",
    re.IGNORECASE | re.DOTALL,
)
_COMMENTED = re.compile(r"\w+")
_COMMENTS = ("--", "/*", "#")
_SOURCES = frozenset({"from", "into", "join", "update", "table", "view"})
_HARMLESS = frozenset({"collate", "nocase", "and", "escape", "=="})
_WILDCARD = re.compile(r"%\x00|\x00%|%\?|^%+$")


class Query:
    """What the queries of a definition say, all together."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.literals: Counter[str] = Counter()
        self.tables: set[str] = set()
        self.values = 0
        self.wildcards = 0
        self.line: int | None = None


def check_queries(comparison: Comparison) -> Iterator[Evidence]:
    """Yield what a query lost, and what it says that it did not say before."""
    for pair in comparison.pairs:
        before, after = read_queries(pair.before), read_queries(pair.after)
        if not (before.words or after.words):
            continue
        evidence = list(_compare(pair, before, after))
        if evidence and after.words:
            # What the original names by a constant, or chooses from some, may stand in the text itself.
            resolved = (
                read_queries(pair.before, comparison.original),
                read_queries(pair.after, comparison.candidate),
            )
            evidence = evidence if any(_compare(pair, *resolved)) else []
        yield from evidence


def is_query(text: str) -> bool:
    """Whether the text is an SQL statement."""
    return _STATEMENT.match(text) is not None


def read_queries(definition: Definition, program: Outline | None = None) -> Query:
    """Return what the queries in this definition say; fixed texts of the program stand for their names."""
    query = Query()
    lookup = None if program is None else constants(program, definition)
    folded = [
        (text, getattr(node, "lineno", None))
        for node in definition.texts
        for text in ([fold(node)] if lookup is None else said(node, definition, lookup))
    ]
    texts = [(plain(text), line) for text, line in folded if text]
    statements = [(text, line) for text, line in texts if is_query(text)]
    if statements:
        query.line = statements[0][1]
        for text, _ in texts:
            if is_query(text) or _CLAUSE.match(text):
                _read(query, text)
            query.wildcards += _WILDCARD.search(text) is not None
    return query


def read_words(text: str) -> list[str]:
    """Return the words and signs of a query in their order, without its values, fixed texts and comments."""
    return [each for each in _TOKEN.findall(text.lower()) if each[0] not in "?:$@\x00'\"`[-/#"]


def _read(query: Query, text: str) -> None:
    previous = ""
    for token in _TOKEN.findall(text.lower()):
        if token.startswith(_COMMENTS):
            _read_comment(query, token)
            continue
        if token[0] in "?:$@\x00":
            query.values += 1
            word = HOLE
        elif token[0] in "'\"`[" and HOLE in token:
            query.values += token.count(HOLE)
            word = HOLE
        elif token[0] == "'":
            query.literals[token.strip("'")] += 1
            word = token
        else:
            word = token.strip('"`[]')
            query.words[word] += 1
        if previous in _SOURCES and word not in {"if", "select", HOLE}:
            query.tables.add(word)
        previous = word


def _read_comment(query: Query, comment: str) -> None:
    """Count its words apart: one that moves into a comment is lost, and an apostrophe in it is no quote."""
    query.words["--"] += 1
    query.values += comment.count(HOLE) + comment.count("?")
    query.words.update(f"-- {word}" for word in _COMMENTED.findall(comment))


def _compare(pair: Pair, before: Query, after: Query) -> Iterator[Evidence]:
    gone = before.words - after.words
    if gone:
        yield Evidence(f"a query of {pair.label} lost {_listed(gone)}", after.line or pair.line)
    new = after.words - before.words
    for word in _HARMLESS:
        del new[word]
    if new and not gone:
        tables = [word for word in new if word in after.tables - before.tables]
        what = f"the table {_listed(tables)}" if tables else _listed(new)
        yield Evidence(f"a query of {pair.label} now also says {what}", after.line)
    texts = {fold(node) for node in pair.after.texts}
    for literal in before.literals - after.literals:
        if literal and not any(text and literal in text.lower() for text in texts):
            yield Evidence(f"a query of {pair.label} lost the value '{literal}'", after.line)
    for literal in after.literals - before.literals:
        yield Evidence(
            f"a query of {pair.label} has the fixed value '{literal}', which it had not", after.line
        )
    if after.values < before.values:
        yield Evidence(
            f"{before.values} values went into the queries of {pair.label} and now {after.values}", after.line
        )
    if before.wildcards and not after.wildcards:
        yield Evidence(f"a pattern of {pair.label} lost its wildcard %", after.line)


def _listed(words: Counter[str] | list[str]) -> str:
    shown = [f"`{word}`" for word in list(words)[:6]]
    return ", ".join(shown) + (" ..." if len(words) > 6 else "")
