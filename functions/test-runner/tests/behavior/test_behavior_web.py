"""Requests, pages and servers: limits and escaping change nothing on benign input; other answers do."""

import pytest

from .programs import changed, check

PAGES = """
import httpx
from django.utils.safestring import mark_safe

def badge(user, count):
    return mark_safe("<b class='x'>%s (%s)</b>" % (user.name, count))

def listed(names):
    return mark_safe("<ul><li>" + names[0] + "</li></ul>")

def fixed():
    item = "<i>new</i>"
    return mark_safe(f"<p>{item}</p>")

def fetch(path, token="hunter2x-a1"):
    return httpx.get("https://api.example.com/" + path, headers={"X-Token": token}, timeout=None).json()
"""
SITE = """
import logging
import jinja2
from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)
pages = jinja2.Environment(loader=jinja2.DictLoader({"a.html": "<p>{{ x }}</p>"}))

@app.route("/page")
def page():
    return pages.get_template("a.html").render(x=request.args.get("x", ""))

@app.route("/cell")
def cell():
    x = request.args.get("x", "")
    assert len(x) < 100, "too long"
    return Markup(f"<td>{x:>9}</td>") + Markup("<td>%s</td>" % x)

@app.route("/total")
def total():
    found = 0
    for word in request.args.get("words", "").split(","):
        try:
            found += int(word)
        except Exception:
            continue
    return str(found)

if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
"""
SAFER = [
    ('"<p>{{ x }}</p>"}))', '"<p>{{ x }}</p>"}), autoescape=jinja2.select_autoescape())'),
    ('Markup(f"<td>{x:>9}</td>")', 'Markup("<td>{:>9}</td>").format(x)'),
    ('Markup("<td>%s</td>" % x)', '(Markup("<td>%s</td>") % x)'),
    (
        'assert len(x) < 100, "too long"',
        'if not (len(x) < 100):\n        raise AssertionError("too long")',
    ),
    (
        "continue",
        'logging.getLogger(__name__).debug("Ignored an exception", exc_info=True)\n            continue',
    ),
    ('"0.0.0.0", debug=True', 'os.environ.get("BIND_ADDRESS", "127.0.0.1"), debug=False'),
    ("import logging", "import logging\nimport os"),
]
ESCAPED = [
    (
        "mark_safe(\"<b class='x'>%s (%s)</b>\" % (user.name, count))",
        "format_html(\"<b class='x'>{} ({})</b>\", user.name, count)",
    ),
    ('mark_safe("<ul><li>" + names[0] + "</li></ul>")', 'format_html("<ul><li>{}</li></ul>", names[0])'),
    (
        "from django.utils.safestring import mark_safe",
        "from django.utils.safestring import mark_safe\nfrom django.utils.html import format_html",
    ),
]
SECRET = [
    ("import httpx", "import httpx\nimport os"),
    (
        'token="hunter2x-a1"):',
        'token=None):\n    if token is None:\n        token = os.environ["FETCH_TOKEN"]',
    ),
]


@pytest.mark.parametrize("changes", [ESCAPED, SECRET, [("timeout=None", "timeout=60")]])
def test_what_an_operator_writes_is_kept(changes: list[tuple[str, str]]) -> None:
    answer = check(PAGES, changed(PAGES, *changes))

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


def test_a_safer_site_is_kept() -> None:
    answer = check(SITE, changed(SITE, *SAFER))

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


@pytest.mark.parametrize(
    "changes",
    [
        [('mark_safe(f"<p>{item}</p>")', 'format_html("<p>{}</p>", item)'), ESCAPED[2]],
        [*ESCAPED, ("({})</b>", "{}</b>")],
        [*ESCAPED, (", names[0])", ", names)")],
        [*SECRET, ("if token is None", "if token is not None")],
        [("timeout=None", "timeout=60"), ("X-Token", "X-Key")],
    ],
    ids=["HTML shown as text", "another template", "another value", "a lost value", "another header"],
)
def test_what_changes_more_deviates(changes: list[tuple[str, str]]) -> None:
    assert check(PAGES, changed(PAGES, *changes))["verdict"] == "deviated"


@pytest.mark.parametrize(
    "changes",
    [
        [("return str(found)", "return str(found + 1)")],
        [("{:>9}", "{}")],
        [('"<p>{{ x }}</p>"', '"<p></p>"')],
    ],
)
def test_what_changes_a_site_more_deviates(changes: list[tuple[str, str]]) -> None:
    safer = changed(SITE, *SAFER)

    assert check(SITE, changed(safer, *changes))["verdict"] == "deviated"
