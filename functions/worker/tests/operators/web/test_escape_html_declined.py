"""What is no plain text in HTML, or where escaping would not protect, is left alone."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at

OPERATOR = "escape-html"
HEAD = (
    "import html, logging\nfrom flask import request, render_template_string\n"
    "from markupsafe import Markup, escape\nTITLES = {'a': 'x'}\n"
)

NOTHING = "certainly plain text"
# The body of a function of a, b: int and html_text, and why it is left.
LEFT_ALONE = {
    "no tags": ("return f'{a}: {b}'", "No text with tags"),
    "no values": ("return '<p>' + 'x' + '</p>'", "No text with tags"),
    "a placeholder": ("return f'usage: {a} <file> <a>'", "No text with tags"),
    "a representation": ("return f'<User {a}>'", "No text with tags"),
    "comparison signs": ("return f'{a} < b and {a} > c'", "No text with tags"),
    "escaped": ("return f'<p>{html.escape(a)}</p>'", NOTHING),
    "escaped before": ("a = escape(a)\n    return '<p>%s</p>' % a", NOTHING),
    "escaped by hand": ("a = a.replace('<', '&lt;')\n    return '<p>%s</p>' % a", NOTHING),
    "a number": ("return f'<p>{b} {int(a)} {len(a):,} {a:.2f} {b * 2 - 1}</p>'", NOTHING),
    "a constant": ("title = TITLES.get('a', 'b')\n    return '<p>' + title + '</p>'", NOTHING),
    "HTML by its name": ("return f'<div>{html_text}</div>'", NOTHING),
    "HTML by its place": ("return f'<ul>{a}</ul><table>{a}</table>'", NOTHING),
    "a part of a page": ("content = a\n    return f'<html><body>{content}</body></html>'", NOTHING),
    "what may be HTML": ("return f'<p>{unknown(a)}</p>'", "`unknown(a)` may be HTML already"),
    "characters by name": ("gap = '&nbsp;' * b\n    return f'<p>{gap}</p>'", NOTHING),
    "another str": ("str = a\n    return f'<p>{str.x}</p>'", "a meaning of its own"),
    "another format": ("format = a\n    return f'<p>{format(b)}</p>'", "may be HTML already"),
    "in a script": ("return f'<script>var a = \"{a}\";</script>'", "in <script>"),
    "in a style": ("return f'<style>p {{ color: {a} }}</style>'", "in <style>"),
    "an event": ("return f'<p onclick=\"f({a})\">x</p>'", "read as code"),
    "without quotes": ("return '<a href=' + a + '>x</a>'", "without quotes"),
    "a tag's name": ("return f'<p {a}>x</p>'", "part of a tag"),
    "begun elsewhere": ("return f'{a}\">' + f'<p>{a}</p>'", "begins within a tag"),
    "a template": ("return '<p>{{ x }} %s</p>' % a", "template that is filled later"),
    "a template of Flask": ("return render_template_string(f'<p>{a}</p>')", "template engine"),
    "marked": ("return Markup(f'<p>{a}</p>')", "escape-markup"),
    "logged": ("logging.info(f'<p>{a}</p>')", "logged"),
    "logged by a name": ("m = f'<p>{a}</p>'\n    logging.info(m)", "logged"),
    "raised": ("raise ValueError(f'<p>{a}</p>')", "exception"),
    "compared": ("return f'<p>{a}</p>' in a", "compared"),
    "parsed": ("return a.split(f'<p>{a}</p>')", "searched or parsed"),
    "a query": ("return a.execute(f'SELECT \"<p>{a}</p>\"')", "query"),
    "printed": ("print(f'<p>{a}</p>')", "terminal"),
    "star arguments": ("return '<p>{}</p>'.format(*a)", "No text with tags"),
    "a field of a value": ("return '<p>{0.name}</p>'.format(a)", "No text with tags"),
    "too few values": ("return '<p>%s %s</p>' % a", "No text with tags"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    body, reason = LEFT_ALONE[name]
    code = f"{HEAD}def f(a, b: int, html_text):\n    {body}\n"

    result = apply_edits(code.encode(), [edit_at(code, body, OPERATOR)])

    assert result.candidate is None, result.candidate.decode()
    assert [reason in each.reason for each in result.declined] == [True], result.declined


@pytest.mark.parametrize("passed", ["a", "a=a", "*[a]", "'<b>x</b>'", "'a&nbsp;b'"])
def test_leaves_what_callers_hand_over_as_html(passed: str) -> None:
    code = (
        "def wrap(a):\n    return f'<div>{a}</div>'\n"
        f"def page(b):\n    a = f'<p>{{len(b)}}</p>'\n    return wrap({passed})\n"
    )

    result = apply_edits(code.encode(), [edit_at(code, "f'<div>{a}</div>'", OPERATOR)])

    assert result.candidate is None
    assert [NOTHING in each.reason for each in result.declined] == [True]


@pytest.mark.parametrize("head", ["def test_f(a):", "class A:\n  def __repr__(a):"])
def test_leaves_texts_that_no_browser_sees(head: str) -> None:
    code = f"{head}\n    return f'<p>{{a}}</p>'\n"

    assert apply_edits(code.encode(), [edit_at(code, "f'<p>{a}</p>'", OPERATOR)]).candidate is None
