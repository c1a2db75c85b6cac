"""What a statement's tokens name: its tables and the columns that it selects."""

from sgcode_runner.inside.fakes.sql_tokens import Token

_BEFORE_TABLE = frozenset("from join into update table".split())
_NOT_ALIAS = frozenset(
    "where set values on inner left right outer join group order limit select as using cross natural "
    "having union full if not exists".split()
)


def table_names(tokens: list[Token]) -> dict[str, str]:
    """Return the tables by the names that the statement uses for them, in its order."""
    found: dict[str, str] = {}
    for index, token in enumerate(tokens[:-1]):
        after = tokens[index + 1]
        starts = token.kind == "word" and token.value in _BEFORE_TABLE and after.kind == "word"
        if not starts or after.value in _NOT_ALIAS:
            continue
        name, end = after.value, index + 2
        while end + 1 < len(tokens) and tokens[end].value == "." and tokens[end + 1].kind == "word":
            name, end = tokens[end + 1].value, end + 2
        found[name] = name
        if end < len(tokens) and tokens[end].value == "as":
            end += 1
        if end < len(tokens) and tokens[end].kind == "word" and tokens[end].value not in _NOT_ALIAS:
            found[tokens[end].value] = name
    return found


def selected_names(tokens: list[Token]) -> list[str] | None:
    """Return a name for each column that a query answers with, or None for what is no query."""
    verb = tokens[0].value if tokens else ""
    if verb in {"show", "describe", "desc", "explain", "call", "exec", "execute"}:
        return ["name", "value"]
    if verb not in {"select", "with"}:
        return None
    names, current, depth = [], "value", 0
    for token in tokens[1:]:
        depth += (token.value == "(") - (token.value == ")")
        if depth == 0 and token.value == "from":
            break
        if depth == 0 and token.value == ",":
            names.append(current)
            current = "value"
        elif token.kind == "word" and token.value not in {"distinct", "as"}:
            current = token.value
    return [*names, current]


def named_columns(tokens: list[Token]) -> dict[str, list[str]]:
    """Return the columns that a statement names, by table; those without an owner go to the first table."""
    tables = table_names(tokens)
    if not tables:
        return {}
    first = next(iter(tables.values()))
    columns: dict[str, list[str]] = {table: [] for table in tables.values()}
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.value in tables or token.value in _WORDS:
            continue
        after = tokens[index + 1].value if index + 1 < len(tokens) else ""
        before = tokens[index - 1].value if index else ""
        if after in {"(", "."} or before in _BEFORE_TABLE or before == "as":
            continue
        owner = tables.get(tokens[index - 2].value, first) if before == "." and index > 1 else first
        if token.value not in columns[owner]:
            columns[owner].append(token.value)
    return columns


_WORDS = (
    _NOT_ALIAS
    | _BEFORE_TABLE
    | frozenset(
        "and or like in is null by asc desc insert delete replace distinct between case when then else end "
        "count max min sum avg true false default all any create drop alter add column primary key integer "
        "text varchar int auto_increment autoincrement unique references foreign ignore duplicate returning "
        "offset for now current_timestamp with recursive real blob timestamp datetime date time bool boolean "
        "char serial float double decimal".split()
    )
)
