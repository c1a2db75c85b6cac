import ast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = {"B613"}
REWRITTEN = {
    "a text": ("x = 'a\u202eb'", "x = 'a\\u202eb'"),
    "a comment": ("x = 1  # a\u2067 note\u2069", "x = 1  # a note"),
    "all over the file": (
        "# one\u202a\nx = 'two\u202c'\n\ndef f():\n    '''three\u200f\n    four\u2066'''\n    g('\u2069')",
        "# one\nx = 'two\\u202c'\n\ndef f():\n    '''three\\u200f\n    four\\u2066'''\n    g('\\u2069')",
    ),
    "an f-string": ("x = f'\u202e{y:\u2066>9}{z!r}'", "x = f'\\u202e{y:\\u2066>9}{z!r}'"),
    "joined texts": ("x = ('a' u'\u202e'\n     f'{y}\u202d')", "x = ('a' u'\\u202e'\n     f'{y}\\u202d')"),
    "a raw text": ("x = r'a\u202e' + R\"\u202c\"", "x = 'a\\u202e' + \"\\u202c\""),
    "after backslashes": ("x = '\\\\\u202e \\\\\\\\\u202e'", "x = '\\\\\\u202e \\\\\\\\\\u202e'"),
    "a text that looks like a comment": (
        "if level != 'none\u202e\u2066': # Check if admin \u2069\u2066' and level != 'user\n    g()",
        "if level != 'none\\u202e\\u2066': # Check if admin ' and level != 'user\n    g()",
    ),
}
LEFT_ALONE = {
    "a raw text with a backslash": ("x = r'\\d\u202e'", "A raw text holds both"),
    "a raw f-string": ("x = rf'{y}\u202e'", "A raw text holds both"),
    "a text within an f-string": ("x = f'{y[\"\u202e\"]}'", "in a text within an f-string"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_writes_visibly(name: str) -> None:
    before, after = (f"{code}\n" for code in REWRITTEN[name])

    check_rewritten("visible-source", RULES, before, after)

    assert ast.dump(ast.parse(before)) == ast.dump(ast.parse(after))


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("visible-source", RULES, f"{code}\n", reason)


@given(
    prefix=st.sampled_from(["", "f", "u", "r"]),
    quote=st.sampled_from(["'", '"', '"""']),
    text=st.text(st.sampled_from("\u202e\u2066\u200f\\ab'\"{}n\n"), max_size=8),
)
def test_every_text_keeps_its_value(prefix: str, quote: str, text: str) -> None:
    code = f"x = {prefix}{quote}\u202e{text}{quote}\n"
    assume("\\\u202e" not in code)
    try:
        before = ast.dump(ast.parse(code))
    except SyntaxError:
        assume(False)

    candidate = apply_edits(code.encode(), plan(code.encode(), "visible-source", RULES)).candidate

    assert candidate is not None or (prefix == "r" and "\\" in text)
    assert candidate is None or (ast.dump(ast.parse(candidate)) == before and candidate.isascii())
