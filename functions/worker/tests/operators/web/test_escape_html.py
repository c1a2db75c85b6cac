"""Values are escaped where HTML is put together."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.crypto.rewriting import check_rewritten, declared
from tests.operators.planning import edit_at

OPERATOR = "escape-html"
HEAD = "import html\nfrom flask import request\n"

# What stands between « and » is escaped; a text in front of ~ is what must be a `str` first.
REWRITTEN = {
    "an f-string": 'def f(a: str):\n    return f"<p>Hello, {«a»}</p>"',
    "of unknown type": 'def f(a, b: int):\n    return f"<p>{«~a»} {b} {b:>5}</p>"',
    "by format": "def f(a: str, b: str):\n    return '<p>{0}</p>{x}<br>{0}'.format(«a», x=«b»)",
    "a template": (
        'PAGE = "<h1>{title}</h1>"\nasync def f(*, title: str):\n    return PAGE.format(title=«title»)'
    ),
    "a template of the class": (
        "class A:\n    ROW = '<td>%s</td>'\n    def f(self, a: str):\n        return self.ROW % «a»"
    ),
    "by percent": "def f(a, b):\n    return '<li>%s, %d of 100%%, %s</li>' % («~a», b, «~b.name»)",
    "by names": "def f(a):\n    return '<li>%(x)s</li>' % {'x': «~a['x']»}",
    "by plus": "def f(a):\n    return (\n        '<b>' + «a»  # why\n        + '</b>' + str(len(a))\n    )",
    "a request": 'def f():\n    q = request.args.get("q", "")\n    return f"<p>{«~q»}</p>", 404',
    "an exception": (
        "def f(g):\n    try:\n        g()\n    except OSError as e:\n        return f'<p>{«~e»}</p>'"
    ),
    "in an attribute": "def f(a: str):\n    return f\"<a href='/x?q={«a»}' title={1}>{«a.title()»}</a>\"",
    "in several lines": 'def f(a: str):\n    return f"""\n<html>\n<p class="{«a»}">\n{«a»}</p></html>"""',
    "one by one": (
        "def f(a: list[str]):\n    items = ''.join([f'<li>{«each»}</li>' for each in a])\n"
        "    return '<h1>' + «a[0]» + '</h1><ul>' + items + '</ul>'"
    ),
    "in a list": (
        "def f(a):\n    rows = []\n    for i, (k, v) in enumerate(a.items()):\n"
        "        rows.append(f'<tr><td>{i}</td><td>{«~k»}</td><td>{«~v.strip() or 1»}</td></tr>')\n"
        "    return '<table>%s</table>' % ''.join(rows)"
    ),
    "added to": (
        "def f(a: str):\n    out = '<ul>'\n    for each in a.split(','):\n"
        "        out += '<li>' + «each» + '</li>'\n    return out + '</ul>'"
    ),
    "of a choice": (
        'def f(a: str):\n    return f\'<p>{«~a if a else None»}</p>{(f"<b>{«a»}</b>" if a else "")}\''
    ),
    "of a field": (
        "class A:\n    def __init__(self, a):\n        self.a = a\n"
        "    def f(self):\n        return f'<p>{«~self.a»}</p>'"
    ),
}


def versions(code: str) -> tuple[str, str]:
    """The program before, and as it must become."""
    before = code.replace("«", "").replace("~", "").replace("»", "")
    after = code.replace("«~", "html.escape(str(").replace("«", "html.escape(")
    pieces = after.split("»")
    for index, piece in enumerate(pieces[:-1]):
        opened = piece.rpartition("html.escape(")[2]
        pieces[index] = piece + ("))" if opened.startswith("str(") else ")")
    return f"{HEAD}{before}\n", f"{HEAD}{''.join(pieces)}\n"


@pytest.mark.parametrize("name", REWRITTEN)
def test_escapes(name: str) -> None:
    result = check_rewritten(*versions(REWRITTEN[name]), OPERATOR, ())

    assert {change[:2] for change in declared(result)} == {("message", "html.escape")}


def test_imports_what_it_needs_by_a_free_name() -> None:
    before = "def f(a: str):\n    html = f'<p>{a}</p>'\n    return html\n"
    after = (
        "import html as _html\n\ndef f(a: str):\n    html = f'<p>{_html.escape(a)}</p>'\n    return html\n"
    )

    check_rewritten(before, after, OPERATOR, ())


def test_escapes_what_is_represented() -> None:
    before = f"{HEAD}def f(a):\n    return f'<p>{{a!r}} {{a!s}}</p>'\n"
    after = f"{HEAD}def f(a):\n    return f'<p>{{html.escape(repr(a))}} {{html.escape(str(a))}}</p>'\n"

    check_rewritten(before, after, OPERATOR, ())


@pytest.mark.parametrize(
    "span",
    [
        "a: str",
        "return f'<p>{a}</p>'",
        "f'<p>{a}</p>'",
        "{a}",
        "<p>",
        "def f(a: str):\n    return f'<p>{a}</p>'",
    ],
)
def test_finds_the_text_by_any_span(span: str) -> None:
    code = f"{HEAD}def f(a: str):\n    return f'<p>{{a}}</p>'\n"

    result = apply_edits(code.encode(), [edit_at(code, span, OPERATOR)])

    if span == "a: str":
        assert result.candidate is None
    else:
        assert b"html.escape(a)" in (result.candidate or b"")


def test_is_proposed_anywhere_in_what_the_text_is_made_of() -> None:
    code = versions(REWRITTEN["one by one"])[0]
    edits = [edit_at(code, text, OPERATOR) for text in ("[f'<li>{each}</li>' for each in a]", "a[0]")]

    first, second, both = (
        apply_edits(code.encode(), each).candidate for each in ([edits[0]], [edits[1]], edits)
    )

    assert first == second == both == versions(REWRITTEN["one by one"])[1].encode()


def test_follows_a_list_to_what_is_put_into_it() -> None:
    before, after = versions(
        "def f(a: str):\n    rows = []\n    rows.append(f'<b>{«a»}</b>')\n"
        "    return '<p>' + ''.join(rows) + '</p>'"
    )

    result = apply_edits(before.encode(), [edit_at(before, "+ '</p>'", OPERATOR)])

    assert (result.candidate or b"").decode() == after


def test_says_what_may_be_html_already() -> None:
    code = f"{HEAD}def f(a, g):\n    return f'<p>{{a}}</p>{{g(a)}}'\n"

    result = apply_edits(code.encode(), [edit_at(code, "{a}", OPERATOR)])

    assert ["`g(a)` may be HTML already" in rewrite.summary for _, rewrite in result.applied] == [True]
    assert b"{g(a)}" in (result.candidate or b"")


def test_runs_as_declared() -> None:
    before, after = versions(REWRITTEN["one by one"])
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    exec(before.replace("from flask import request", ""), old)
    exec(after.replace("from flask import request", ""), new)

    assert new["f"](["plain", "text"]) == old["f"](["plain", "text"])  # type: ignore[operator]
    assert new["f"](["<script>", "a & b"]) == (  # type: ignore[operator]
        "<h1>&lt;script&gt;</h1><ul><li>&lt;script&gt;</li><li>a &amp; b</li></ul>"
    )
