"""Words and forms of SQL that not every database knows."""

import re
from collections.abc import Iterator

Databases = frozenset[str]
"""The databases that evidence tells apart: their drivers write placeholders in different ways."""
SQLITE: Databases = frozenset({"SQLite"})
MYSQL: Databases = frozenset({"MySQL"})
POSTGRES: Databases = frozenset({"PostgreSQL"})
ALL = SQLITE | MYSQL | POSTGRES

# From the manuals of SQLite 3.46, MySQL 8.4 with MariaDB 11, and PostgreSQL 17. A form stands here only where
# the others answer with an error: SQLite takes any word for a type, and PostgreSQL reads date('now') too.
_UNITS = "(second|minute|hour|day|week|month|quarter|year)"
_FORMS: tuple[tuple[Databases, str], ...] = (
    (SQLITE, r"\b(insert|update) or (ignore|replace|abort|fail|rollback)\b"),
    (SQLITE, r"\bcollate (nocase|rtrim)\b"),
    (SQLITE, r"\bautoincrement\b"),
    (SQLITE, r"\bsqlite_(master|schema|sequence)\b"),
    (SQLITE, r"^\W*pragma \w+"),
    (SQLITE, r"\b(datetime|julianday)\('now|\bdate\('now', ?'"),
    (SQLITE, r"\bstrftime\('%"),
    (MYSQL, r"\bon duplicate key update\b"),
    (MYSQL, r"\binsert ignore\b"),
    (MYSQL, r"\bengine ?= ?(innodb|myisam)\b"),
    (MYSQL, r"\b(unix_timestamp|from_unixtime|utc_timestamp|curdate|curtime|date_format|str_to_date)\("),
    (MYSQL, rf"\b(date_sub|date_add)\(|\binterval \w+ {_UNITS}\b"),
    (POSTGRES, r"\b(to_tsquery|to_tsvector|plainto_tsquery|ts_rank|ts_rank_cd|ts_headline)\("),
    (POSTGRES, r"\bilike\b|\blike any ?\("),
    (
        POSTGRES,
        r"[\w)'\"]::(text|int|integer|bigint|numeric|float|real|date|time|timestamp|jsonb?|uuid|bool|varchar)",
    ),
    (POSTGRES, r"\b(pg_catalog|pg_database|pg_class|pg_stat\w*)\b"),
    (POSTGRES, r"\b(array_agg|array_append|array_remove|unnest|generate_series|date_trunc)\(|\bnextval\('"),
    (POSTGRES, r"\bdistinct on ?\("),
    (POSTGRES, rf"\binterval '[^']*'(?! *{_UNITS})"),
    (MYSQL | POSTGRES, r"\bnow\(\)|\b(md5|sha1|date_part|extract|left|right|greatest|least)\("),
    (MYSQL | POSTGRES, r"\binformation_schema\.|\bfor update\b"),
    # SQLite has no schemas, only files that were attached; the owner of a table at SQL Server is usually dbo.
    (MYSQL | POSTGRES, r"\b(from|into|update|join) (?!main\.|temp\.|dbo\.)[a-z_]\w*\.[a-z_]\w*"),
    (SQLITE | MYSQL, r"`\w+`"),
    (SQLITE | MYSQL, r"\breplace into\b|\bgroup_concat\(|\bifnull\("),
    (SQLITE | MYSQL, r"\blimit (\d+|%s|\{\w*\}), ?(\d|%|\{)"),
    (SQLITE | POSTGRES, r"\bon conflict\b"),
)
_STATEMENT = re.compile(
    r"\b(select .* from|insert .*into|replace into|update .* set|delete from|create (\w+ )?table|where|values"
    r"|pragma)\b",
    re.IGNORECASE | re.DOTALL,
)
_COMPILED = [(databases, re.compile(form, re.IGNORECASE | re.MULTILINE)) for databases, form in _FORMS]


def is_sql(text: str) -> bool:
    """Return whether the text has what only SQL has."""
    return _STATEMENT.search(text) is not None


def said_by_text(text: str) -> Iterator[tuple[Databases, str]]:
    """Yield the databases that know what the text says, and what tells."""
    if not is_sql(text):
        return
    for databases, form in _COMPILED:
        found = form.search(text)
        if found is not None:
            yield databases, f"its SQL says `{found.group()}`"
