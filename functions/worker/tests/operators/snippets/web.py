"""What the operators for web programs are sure to rewrite."""

from tests.operators.snippets.form import Snippets

WEB: dict[str, Snippets] = {
    "request-timeout": Snippets(
        rules=("B113",),
        head="import requests\n",
        positive=(
            "d = requests.get(a)",
            "requests.post(a, data=b, timeout=None)  # why",
            "d = requests.put(\n    a,\n    b,  # kept\n)",
            "import httpx as h\nwith h.Client(timeout=None) as d: c = d.get(a)",
            "from requests import delete as r\nd = [r(b, *c) for b in c]",
            "def d(e, **k):\n    return requests.get(e, **k)",
        ),
    ),
    "debug-off": Snippets(
        rules=("B201",),
        head="import flask\n",
        positive=(
            "a.run(debug=True)",
            "c.app.run('::1', 80, debug=True, use_debugger=True)  # why",
            "flask.Flask('x').run(\n    debug=True,\n    port=b,\n)",
            "if a: a.run(host=b, debug=True, **c)",
            "from server import app\napp.run(debug=True)",
        ),
    ),
    "bind-address": Snippets(
        rules=("B104",),
        head="import os\n",
        positive=(
            "a.bind(('0.0.0.0', 80))",
            "a.run(\n    host='0.0.0.0',  # all\n    port=b,\n)",
            'd = HTTPServer(("0.0.0.0", 80), b)',
            "host = '0.0.0.0'\na.run(b, host)",
            "a.run(host=os.getenv('HOST', '0.0.0.0'))",
        ),
    ),
    "autoescape": Snippets(
        rules=("B701",),
        head="import jinja2\n",
        positive=(
            "d = jinja2.Environment()",
            "d = jinja2.Environment(loader=a, autoescape=False)  # why",
            "d = jinja2.Environment(\n    loader=a,\n    trim_blocks=b,\n)",
            "from jinja2 import Environment as e\nd = e(loader=a)",
            "d = [jinja2.Environment(loader=b) for b in c]",
        ),
    ),
    "escape-html": Snippets(
        rules=(),
        head="import os\n",
        positive=(
            "def x(a: str, b):\n    return f'<p>{a}</p><i>{b!r}</i>'  # why",
            "def x(a, *b):\n    d = '<ul>'\n    for e in b: d += '<li>%s: %d</li>' % (e, len(e))\n"
            "    return d",
            "d = [\n    '<b>' + e.strip() + '</b>'  # why\n    for e in input().split()\n]",
            "def x(a):\n    html = '<td>{}</td>'.format(\n        a.name,\n    )\n    return html",
            "def x(a):\n    '<doc>'\n    d = ''.join(f'<li>{e}</li>' for e in a)\n"
            "    return f'<ul>{d}</ul>{a}'",
        ),
    ),
    "escape-markup": Snippets(
        rules=("B308", "B704"),
        head="from django.utils.safestring import mark_safe\nfrom markupsafe import Markup\n",
        positive=(
            "d = Markup(f'<b>{a}</b>')",
            "d = Markup('<b>%s</b>' % a).strip()  # why",
            "from markupsafe import Markup as m\nd = m(\n    '<b>{}</b>'.format(b)\n)",
            "d = mark_safe(f'<b>{a!r}</b>')",
            "d = mark_safe(\n    '<b>' + b + '</b>',\n)",
            "d = [mark_safe('<b>%s</b>' % b) for b in c]",
        ),
    ),
}
