"""Queries that a program prints before it runs them: with placeholders only where that is declared."""

import pytest

from .programs import changed, check

SHOWN = """
import sqlite3

def find(name):
    query = "SELECT id FROM users WHERE name = '" + name + "'"
    print("running", query)
    return sqlite3.connect("users.db").execute(query).fetchall()
"""
APART = [
    ('"SELECT id FROM users WHERE name = \'" + name + "\'"', '"SELECT id FROM users WHERE name = ?"'),
    ("execute(query)", "execute(query, (name,))"),
]


def test_a_query_with_its_values_apart_may_be_printed_where_that_is_declared() -> None:
    candidate = changed(SHOWN, *APART)

    assert check(SHOWN, candidate, allowed=["shown-query"])["verdict"] == "kept"
    assert "printed" in check(SHOWN, candidate)["difference"]
    assert check(SHOWN, candidate, allowed=["digest", "key-size"])["verdict"] == "deviated"


@pytest.mark.parametrize(
    "change",
    [
        ('print("running", query)', "pass"),
        ('print("running", query)', 'print("running")'),
        ('print("running", query)', 'print("running", query.lower())'),
        ('print("running", query)', 'print("running", "SELECT id FROM users WHERE name = ?", "x")'),
        ("(name,)", '("x",)'),
        ("FROM users", "FROM others"),
    ],
)
def test_nothing_else_that_is_printed_or_run_may_differ(change: tuple[str, str]) -> None:
    candidate = changed(changed(SHOWN, *APART), change)

    assert check(SHOWN, candidate, allowed=["shown-query"])["verdict"] == "deviated"
