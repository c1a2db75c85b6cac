"""What the object that runs a query, and what it was made from, say about the database."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.driver.origins import origins
from sgcode_worker.operators.queries.driver.words import MYSQL, POSTGRES, SQLITE, Databases
from sgcode_worker.operators.visibility import dotted_name

_SERVERS = MYSQL | POSTGRES
_NAMES: tuple[tuple[Databases, re.Pattern[str]], ...] = (
    (SQLITE, re.compile(r"sqlite", re.IGNORECASE)),
    (MYSQL, re.compile(r"mysql|mariadb", re.IGNORECASE)),
    (POSTGRES, re.compile(r"psycopg|postgres|psql|pgsql|(?<![a-z])pg(?![a-z])", re.IGNORECASE)),
)
# Keyword arguments that only one driver's `connect` or `cursor` takes.
_KEYWORDS: dict[str, Databases] = {
    "cursor_factory": POSTGRES,
    "dbname": POSTGRES,
    "sslmode": POSTGRES,
    "dictionary": MYSQL,
    "named_tuple": MYSQL,
    "passwd": MYSQL,
    "cursorclass": MYSQL,
    "unix_socket": MYSQL,
    "charset": MYSQL,
    "check_same_thread": SQLITE,
    "detect_types": SQLITE,
}
_FILE = re.compile(r"(\.(db|db3|sqlite|sqlite3)|^:memory:)$", re.IGNORECASE)
_DSN = re.compile(r"\bdbname=|^postgres(ql)?://", re.IGNORECASE)


def said_by_receiver(program: Program, receiver: cst.BaseExpression) -> Iterator[tuple[Databases, str]]:
    """Yield the databases that the receiver may belong to, with what tells."""
    for node in origins(program, receiver):
        name = _name(program, node)
        for databases, form in _NAMES:
            if form.search(name):
                yield databases, f"the query is run through `{name}`"
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute | cst.Name):
            called = (dotted_name(node.func) or "").rpartition(".")[2] or _attribute(node.func)
            if called == "cursor":
                yield from _said_by_cursor(program, node)
            elif "connect" in called.lower():
                yield from _said_by_connect(node)


def _attribute(node: cst.BaseExpression) -> str:
    return node.attr.value if isinstance(node, cst.Attribute) else ""


def _name(program: Program, node: cst.BaseExpression) -> str:
    """What the object or its type is called, and where that is imported from."""
    if isinstance(node, cst.SimpleString):
        return text_of(node) or ""
    dotted = dotted_name(node)
    if dotted is None:
        return ""
    return next(iter(program.imported_names(node)), dotted)


def _said_by_cursor(program: Program, call: cst.Call) -> Iterator[tuple[Databases, str]]:
    yield from _said_by_keywords(call)
    for argument in call.args:
        kind = (dotted_name(argument.value) or "").rpartition(".")[2]
        if kind in ("DictCursor", "SSCursor", "SSDictCursor"):
            yield _SERVERS, f"its cursor is a {kind}"
        if kind in ("RealDictCursor", "NamedTupleCursor"):
            yield POSTGRES, f"its cursor is a {kind}"
    holder = program.parent(call)
    block = program.parent(holder) if isinstance(holder, cst.WithItem) else None
    if isinstance(block, cst.With) and block.asynchronous is None:
        yield _SERVERS, "its cursor is opened with `with`, which sqlite3 does not know"


def _said_by_connect(call: cst.Call) -> Iterator[tuple[Databases, str]]:
    yield from _said_by_keywords(call)
    for text in _strings(call):
        if _FILE.search(text):
            yield SQLITE, "it is connected to a file"
        if _DSN.search(text):
            yield POSTGRES, "its connection names a database of PostgreSQL"


def _said_by_keywords(call: cst.Call) -> Iterator[tuple[Databases, str]]:
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value in _KEYWORDS:
            yield _KEYWORDS[argument.keyword.value], f"it is made with `{argument.keyword.value}=`"


def _strings(node: cst.CSTNode) -> Iterator[str]:
    if isinstance(node, cst.SimpleString):
        yield text_of(node) or ""
    for child in node.children:
        yield from _strings(child)
