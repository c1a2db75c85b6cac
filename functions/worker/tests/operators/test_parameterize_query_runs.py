"""Runs fixed programs over a database in memory: rewritten, they answer the same and resist injection."""

import sqlite3
import string
import textwrap
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import plan

NAME = "parameterize-query"
ROWS = [
    (1, "ann", "a_b", 1.5),
    (2, "ben", "100%", 2.0),
    (3, "cid", "it", -1.0),
    (10, "5", "5", 5.0),
    (11, "Ann", "x\\y", 0.0),
]
BENIGN: tuple[object, ...] = (
    "ann",
    "be",
    "",
    "5",
    5,
    1,
    10,
    2.0,
    -1.0,
    True,
    "100",
    "a_b",
    "d\u00e9j\u00e0",
    "x y",
)
INJECTION = "' OR '1'='1"
# Each puts a value into a query that gives or changes rows.
QUERIES = {
    "concatenation": "SELECT_('SELECT * FROM t WHERE name = \\'' + str(v) + '\\'')",
    "percent": "SELECT_(\"SELECT * FROM t WHERE name = '%s' AND 1 < 2\" % v)",
    "format": "SELECT_(\"SELECT * FROM t WHERE name = '{0}' OR note = '{0}'\".format(v))",
    "f-string": "SELECT_(f\"SELECT * FROM t WHERE name = '{v}'\")",
    "a quoted number": "SELECT_(f\"SELECT * FROM t WHERE id = '{v}' ORDER BY id\")",
    "pattern": "SELECT_(f\"SELECT * FROM t WHERE name LIKE '%{v}%' AND note NOT LIKE '{v}_'\")",
    "pattern by percent": "SELECT_(\"SELECT * FROM t WHERE note LIKE '%%%s%%'\" % v)",
    "an escaped quote": "SELECT_(f\"SELECT * FROM t WHERE name <> 'it''s {v}'\")",
    "a width": "SELECT_(f\"SELECT * FROM t WHERE name = '{v:>3}'\")",
    "in double quotes": 'SELECT_(f\'SELECT * FROM t WHERE name = "-{v}" OR note = "{v}"\')',
    "inserted": (
        "SELECT_(f\"INSERT INTO t (id, name, note, size) VALUES (99, '{v}', '{v}', '{v}')\")\n"
        "SELECT_('SELECT typeof(name), typeof(size), * FROM t')"
    ),
    "updated": "SELECT_(f\"UPDATE t SET note = note || '{v}' WHERE id < 3\")\nSELECT_('SELECT * FROM t')",
    "quoted before": ("v = \"'%\" + str(v) + \"_'\"\nSELECT_('SELECT * FROM t WHERE name LIKE ' + v)\n"),
    "quoted into another name": (
        "w = f\"'{v}'\"\nprint(v)\nSELECT_('SELECT * FROM t WHERE name = %s OR id = 2' % w)"
    ),
    "a fixed column and table": (
        "c = 'name, \"id\"'\nt = 't'\nSELECT_(f\"SELECT {c} FROM {t} WHERE name='{v}'or note='{v}'AND id<3\")"
    ),
    "chosen": (
        "o = 'DESC' if str(v) > 'b' else 'ASC'\n"
        "for c in ('name', 'id'):\n    SELECT_(f\"SELECT * FROM t WHERE name <> '{v}' ORDER BY {c}\")\n"
        "    SELECT_(f\"SELECT * FROM t WHERE name > '{v}' ORDER BY id {o}\")"
    ),
    "shown": "q = f\"SELECT * FROM t WHERE name = '{v}'\"\nprint('now', q)\nSELECT_(q)",
    "grown": (
        'q = f"SELECT * FROM t WHERE name = \'{v}\'"\nif v:\n    q += " OR note = \'" + str(v) + "\'"\n'
        "SELECT_(q)"
    ),
}
NUMBERS = {
    "compared": "SELECT_(f'SELECT * FROM t WHERE id = {v} OR size >= {v}')",
    "added": "SELECT_(f'UPDATE t SET size = size + {v} WHERE id > 1')\nSELECT_('SELECT * FROM t')",
    "inserted": (
        "SELECT_('INSERT INTO t VALUES (%s, %s, %s, %s)' % (v, v, v, v))\n"
        "SELECT_('SELECT typeof(name), typeof(size), * FROM t')"
    ),
    "whole": "SELECT_('SELECT * FROM t WHERE id IN (%d, 3) LIMIT %d' % (v, v))",
    "limited": "SELECT_('SELECT id FROM t LIMIT %s' % v)\nSELECT_(f'SELECT id FROM t LIMIT 4 OFFSET {v}')",
    "between": "SELECT_('SELECT * FROM t WHERE id BETWEEN ' + str(v) + ' AND {} LIMIT 2'.format(v))",
}


def written(body: str) -> str:
    code = body.replace("SELECT_(", "cur.execute(")
    return f"import sqlite3\n\n\ndef f(cur, v):\n{textwrap.indent(code, '    ')}\n"


def rewritten(code: str) -> str:
    result = apply_edits(code.encode(), plan(code.encode(), NAME, {"B608"}))
    assert result.candidate is not None, result.declined
    return result.candidate.decode()


def answers(code: str, value: object) -> list[object]:
    """What the function of a program of this file's own does to a small database."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (id INTEGER, name TEXT, note, size REAL)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)
    namespace: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(code, "<the test's own program>", "exec"), namespace)
    cursor = connection.cursor()
    function = namespace["f"]
    assert callable(function)
    function(cursor, value)
    found: list[object] = [cursor.fetchall(), connection.total_changes]
    found.append(connection.execute("SELECT * FROM t").fetchall())
    connection.close()
    return found


@pytest.mark.parametrize("case", QUERIES)
def test_answers_as_before(case: str) -> None:
    before = written(QUERIES[case])
    after = rewritten(before)

    for value in BENIGN:
        assert answers(after, value) == answers(before, value), value


@pytest.mark.parametrize("value", [1, 2, 10, 5, -1, 0, True, 3.0])
@pytest.mark.parametrize("case", NUMBERS)
def test_answers_as_before_for_numbers(case: str, value: float) -> None:
    before = written(NUMBERS[case])

    assert answers(rewritten(before), value) == answers(before, value)


@pytest.mark.parametrize("value", ["1", "10", "-1", "2.0"])
@pytest.mark.parametrize("case", ["compared", "added", "limited", "between"])
def test_answers_as_before_for_numbers_that_came_as_text(case: str, value: str) -> None:
    before = written(NUMBERS[case])

    assert answers(rewritten(before), value) == answers(before, value)


@pytest.mark.parametrize(
    "case", ["concatenation", "percent", "format", "f-string", "a quoted number", "grown"]
)
def test_no_longer_matches_what_is_injected(case: str) -> None:
    before = written(QUERIES[case])

    assert answers(before, INJECTION)[0] != []
    assert answers(rewritten(before), INJECTION)[0] == []


@pytest.mark.parametrize("missing", ["{}.get(v)", "v.encode()", "v.get('x') if v == 0 else None"])
def test_still_fails_where_a_value_is_no_text(missing: str) -> None:
    before = written(f'w = {missing}\nSELECT_("SELECT * FROM t WHERE name = \'" + w + "\'")')

    for code in (before, rewritten(before)):
        with pytest.raises(TypeError):
            answers(code, "ann")


WRAPPED = {
    "with values": (
        "def run(c, sql, args=()):\n    c.execute(sql, args)\n\n\n",
        "run(cur, f\"SELECT * FROM t WHERE name = '{v}' OR note LIKE '{v}%'\")",
    ),
    "with the rest": (
        "def run(sql, c, *rest):\n    c.execute(sql, rest)\n\n\n",
        "run(\"SELECT * FROM t WHERE name = '%s' OR id = ?\" % v, cur, 3)",
    ),
    "without values": (
        "def run(sql, c, *, quiet=True):\n    if not quiet:\n        print(sql)\n    c.execute(sql)\n\n\n",
        "run('SELECT * FROM t', cur)\n"
        'q = "DELETE FROM t WHERE name = \'" + str(v) + "\'"\nrun(q, c=cur, quiet=False)',
    ),
}


@pytest.mark.parametrize("case", WRAPPED)
def test_answers_as_before_through_a_function_that_runs_the_text(case: str) -> None:
    function, body = WRAPPED[case]
    before = written(body).replace("def f", f"{function}def f")
    after = rewritten(before)

    for value in BENIGN:
        assert answers(after, value) == answers(before, value), value


WORDS = st.text(st.sampled_from(string.ascii_letters + string.digits + "%_ .-\u00e9"), max_size=4)
VALUES = st.one_of(WORDS, st.integers(-20, 20), st.sampled_from(["ann", "5", "100%", "a_b"]))


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, str]:
    """A condition with a hole at @, and a value that fits."""
    column = draw(st.sampled_from(["id", "name", "note", "t.name", "size"]))
    operator = draw(st.sampled_from(["=", "<>", ">", "<=", "LIKE", "NOT LIKE"]))
    quote = draw(st.sampled_from(["'", '"']))
    before, after = draw(st.sampled_from(["", "%", "a", "it''s "])), draw(st.sampled_from(["", "%", "_"]))
    if quote == '"':
        before = before.replace("''", '""')
    name = draw(st.sampled_from(["v", "w"]))
    return f"{column} {operator} {quote}{before}@{after}{quote}", name


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that puts values into one query, spelled in any way, and other statements around it."""
    found = draw(st.lists(conditions(), min_size=1, max_size=3))
    glue = draw(st.sampled_from([" AND ", " OR ", "\n AND "]))
    text = "SELECT * FROM t WHERE " + glue.join(condition for condition, _ in found)
    names = [name for _, name in found]
    pieces = text.split("@")
    spelling = draw(st.sampled_from(["plus", "percent", "format", "numbered", "f-string"]))
    if spelling == "plus":
        query = repr(pieces[0])
        for name, piece in zip(names, pieces[1:], strict=True):
            query += f" + str({name}) + {piece!r}"
    elif spelling == "percent":
        query = f"{'%s'.join(piece.replace('%', '%%') for piece in pieces)!r} % ({', '.join(names)},)"
    elif spelling == "format":
        query = f"{'{}'.join(pieces)!r}.format({', '.join(names)})"
    elif spelling == "numbered":
        numbered = [f"{piece}{{{'vw'.index(name)}}}" for piece, name in zip(pieces, names, strict=False)]
        query = f"{''.join(numbered) + pieces[-1]!r}.format(v, w)"
    else:
        filled = [f"{piece}{{{name}}}" for piece, name in zip(pieces, names, strict=False)]
        query = f"f{''.join(filled) + pieces[-1]!r}"
    run = draw(
        st.sampled_from(
            ["cur.execute({})", "q = {}\ncur.execute(q)", "q = ({})\nprint(neutral )\ncur.execute(q)"]
        )
    )
    neutral = "neutral = ' %s ' ; print ( neutral )"
    body = f"{neutral}\nw = 'b' + 'e'\n{run.replace('{}', query)}\nneutral  = 2"
    return f"import sqlite3\nprint = str\n\n\ndef f(cur, v):\n{textwrap.indent(body, '    ')}\n"


@settings(max_examples=150, deadline=None)
@given(programs(), VALUES)
def test_any_spelling_answers_as_before(before: str, value: object) -> None:
    after = rewritten(before)

    def others(code: str) -> list[str]:
        return [line for line in code.splitlines() if "neutral" in line]

    compile(after, "after", "exec")
    assert others(after) == others(before)
    assert answers(after, value) == answers(before, value)
    assert not plan(after.encode(), NAME, {"B608"})
