import pytest

from sgcode_worker.gates.verify import verify_candidate
from tests.operators.outcomes import check_left_alone, check_rewritten

RULES = {"B701"}
REWRITTEN = {
    "without a word": ("jinja2.Environment()", "jinja2.Environment(autoescape=jinja2.select_autoescape())"),
    "switched off": (
        "jinja2.Environment(autoescape=False, loader=a)",
        "jinja2.Environment(autoescape=jinja2.select_autoescape(), loader=a)",
    ),
    "imported by name": (
        "from jinja2 import Environment as E, select_autoescape\ne = E(loader=a)",
        "from jinja2 import Environment as E, select_autoescape\n"
        "e = E(loader=a, autoescape=select_autoescape())",
    ),
    "a module by another name": (
        "def f(a):\n    import jinja2 as j\n    return j.Environment(loader=a).get_template('x.html')",
        "def f(a):\n    import jinja2 as j\n"
        "    return j.Environment(loader=a, autoescape=jinja2.select_autoescape()).get_template('x.html')",
    ),
    "several lines": (
        "e = jinja2.Environment(\n    loader=a,  # where\n    trim_blocks=True,\n)",
        "e = jinja2.Environment(\n    loader=a,  # where\n    trim_blocks=True,\n"
        "    autoescape=jinja2.select_autoescape(),\n)",
    ),
    "templates of both kinds": (
        "e = jinja2.Environment()\ne.get_template('a.txt')\ne.select_template(['a.html', 'b.htm'])",
        "e = jinja2.Environment(autoescape=jinja2.select_autoescape())\n"
        "e.get_template('a.txt')\ne.select_template(['a.html', 'b.htm'])",
    ),
    "a string of HTML": (
        "t = jinja2.Environment().from_string('<b>{{ x }}</b>')",
        "t = jinja2.Environment(autoescape=jinja2.select_autoescape()).from_string('<b>{{ x }}</b>')",
    ),
}
LEFT_ALONE = {
    "a variable": ("jinja2.Environment(autoescape=escapes)", "is worked out"),
    "a function": ("jinja2.Environment(autoescape=lambda name: False)", "is worked out"),
    "unpacked": ("jinja2.Environment(**options)", "may say whether the environment escapes"),
    "a string of something else": ("jinja2.Environment().from_string('Dear {{ x }}')", "shows no HTML"),
    "an unknown string": ("jinja2.Environment().from_string(text)", "shows no HTML"),
    "an unclear name": ("jinja2.Environment().get_template('page.j2')", "`page.j2` has no extension"),
    "an unclear choice": ("jinja2.Environment().select_template(['a.html', 'b'])", "`b` has no extension"),
    "rebound": ("jinja2 = wrap(jinja2)\njinja2.Environment()", "may be something else"),
}
SWITCHED_OFF = b"import jinja2\ne = jinja2.Environment(autoescape=False)\n"
DECLARED = [{"declared": [{"kind": "setting", "name": "autoescape", "definition": "", "detail": ""}]}]


@pytest.mark.parametrize("name", REWRITTEN)
def test_escapes_by_the_kind_of_template(name: str) -> None:
    before, after = (f"import jinja2\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("autoescape", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("autoescape", RULES, f"import jinja2\n{code}\n", reason)


@pytest.mark.parametrize(
    ("value", "light"),
    [
        ("select_autoescape(['html', 'xml'])", "pass"),
        ("select_autoescape(default_for_string=False)", "pass"),
        ("select_autoescape([])", "fail"),
        ("select_autoescape(enabled_extensions=('txt',))", "fail"),
        ("select_autoescape(disabled_extensions=['html'])", "fail"),
        ("select_autoescape(none)", "fail"),
    ],
)
def test_the_gates_refuse_a_choice_that_leaves_html_out(value: str, light: str) -> None:
    head = b"from jinja2 import Environment, select_autoescape\nnone = ()\n"
    candidate = f"{head.decode()}e = Environment(autoescape={value})\n"

    gates = verify_candidate(head + b"e = Environment()\n", candidate.encode(), [])

    assert gates["honest"]["light"] == light


@pytest.mark.parametrize(
    ("value", "extra", "light"),
    [
        ("jinja2.select_autoescape()", "", "pass"),
        ("jinja2.select_autoescape([])", "", "fail"),
        ("jinja2.select_autoescape(default=False)", "", "fail"),
        ("select_autoescape()", "def select_autoescape():\n    return False\n", "fail"),
        ("unescaped.select_autoescape()", "import unescaped\n", "fail"),
    ],
)
def test_the_gates_let_only_the_true_choice_pass(value: str, extra: str, light: str) -> None:
    candidate = f"import jinja2\n{extra}e = jinja2.Environment(autoescape={value})\n"

    declared = verify_candidate(SWITCHED_OFF, candidate.encode(), DECLARED)
    undeclared = verify_candidate(SWITCHED_OFF, candidate.encode(), [])

    assert declared["honest"]["light"] == light
    assert undeclared["honest"]["light"] == "fail"
