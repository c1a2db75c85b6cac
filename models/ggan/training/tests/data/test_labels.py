"""What a fix changed is what is labelled, with the operator that does the same."""

import tokenize

import pytest

from ggan_data.labelling.labels import label_pair
from ggan_data.programs import Cut

DIFFS = {
    "the query that was put together": (
        "CWE-89",
        "def f(db, name):\n    db.execute(\"SELECT * FROM t WHERE n = '%s'\" % name)\n",
        'def f(db, name):\n    db.execute("SELECT * FROM t WHERE n = ?", (name,))\n',
        [("\"SELECT * FROM t WHERE n = '%s'\" % name", "parameterize-query")],
    ),
    "the query of a variable, and the call that now gets the value": (
        "CWE-89",
        'def f(c, x):\n    sql = "SELECT a FROM t WHERE b = {}".format(x)\n    c.execute(sql)\n',
        'def f(c, x):\n    sql = "SELECT a FROM t WHERE b = %s"\n    c.execute(sql, (x,))\n',
        [
            ('"SELECT a FROM t WHERE b = {}".format(x)', "parameterize-query"),
            ("c.execute(sql)", "parameterize-query"),
        ],
    ),
    "the call whose keyword went": (
        "CWE-78",
        'subprocess.call("ls " + path, shell=True)\n',
        'subprocess.call(["ls", path])\n',
        [('subprocess.call("ls " + path, shell=True)', "argv-without-shell")],
    ),
    "the call of another function": (
        "CWE-502",
        "def f(text):\n    return yaml.load(text)\n",
        "def f(text):\n    return yaml.safe_load(text)\n",
        [("yaml.load(text)", "safe-loader")],
    ),
    "the text around a value that is now escaped": (
        "CWE-79",
        'def f(name):\n    return "<b>" + name + "</b>"\n',
        'def f(name):\n    return "<b>" + html.escape(name) + "</b>"\n',
        [('"<b>" + name + "</b>"', "escape-html")],
    ),
    "the use of what is now checked": (
        "CWE-22",
        "def f(path):\n    log(1)\n    return open(path).read()\n",
        'def f(path):\n    if ".." in path:\n        raise ValueError\n    log(1)\n'
        "    return open(path).read()\n",
        [("open(path)", "contain-path")],
    ),
    "the question that is now narrower": (
        "CWE-327",
        "def f(n, d):\n    if n not in hashlib.algorithms_available:\n        raise ValueError\n"
        "    return hashlib.new(n, d)\n",
        "def f(n, d):\n    if n not in hashlib.algorithms_available:\n        raise ValueError\n"
        "    if n not in STRONG:\n        raise ValueError\n    return hashlib.new(n, d)\n",
        [("n not in hashlib.algorithms_available", "refuse-weak-hash")],
    ),
    "the statement before which something is done now": (
        "CWE-200",
        "def f(a):\n    return show(a)\n",
        "def f(a):\n    audit()\n    return show(a)\n",
        [("show(a)", None)],
    ),
    "what no operator of ours does": (
        "CWE-502",
        "def f(text):\n    return pickle.loads(text)\n",
        "def f(text):\n    return json.loads(text)\n",
        [("pickle.loads(text)", None)],
    ),
}


@pytest.mark.parametrize("case", DIFFS)
def test_labels_are_what_the_fix_changed(case: str) -> None:
    cwe, before, after, expected = DIFFS[case]

    labels, _ = label_pair(before, after, cwe)

    lines = before.split("\n")
    assert [
        (lines[each.line - 1][each.column : each.end_column], each.operator) for each in labels
    ] == expected
    assert {each.cwe for each in labels} == {cwe}


def test_columns_count_code_points() -> None:
    before = 'def f(x):\n    return "é😀" + g(x), yaml.load(x)\n'

    labels, _ = label_pair(before, before.replace("load", "safe_load"), "CWE-502")

    assert [(each.column, each.end_column) for each in labels] == [(24, 36)]


def test_comments_layout_and_docstrings_give_no_label() -> None:
    before = 'def f(x):\n    """Old."""\n    # why\n    return yaml.load(x)\n'
    after = 'def f(x):\n    """New words."""\n\n    return yaml.safe_load(\n        x\n    )  # safe\n'

    labels, _ = label_pair(before, after, "CWE-502")

    assert [each.line for each in labels] == [4]


def test_every_changed_pair_has_a_label() -> None:
    labels, _ = label_pair("def f(a):\n    return a\n", "def f(a, b=1):\n    return a\n", "CWE-22")

    assert len(labels) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f(x):\n    y = x\n    return run(x)\n",
            "def f(x):\n    y = x\n    x = quote(x)\n    return run(x)\n",
        ),
        ("def f(x):\n    y = 1\n    return run(x)\n", "def f(x):\n    y = 1\n    return run(quote(x))\n"),
    ],
)
def test_a_sanitized_flow_leads_from_the_parameter_to_the_use(before: str, after: str) -> None:
    _, cuts = label_pair(before, after, "CWE-78")

    assert cuts == (Cut((1, 6), (3, 15)),)


def test_text_that_is_no_program_is_refused() -> None:
    with pytest.raises((SyntaxError, tokenize.TokenError)):
        label_pair("def f(:\n", "x = 1\n", "CWE-78")
