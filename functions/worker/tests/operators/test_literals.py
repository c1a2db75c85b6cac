import ast

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.operators.literals import constant_of, fstring_text, literal, preferred_quote, text_of


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("'a'", "a"),
        ('r"\\n"', "\\n"),
        ("'''a\nb'''", "a\nb"),
        ("u'\\x41'", "A"),
        ("'a' \"b\" 'c'", "abc"),
        ("b'a'", b"a"),
        ("b'a' b'b'", b"ab"),
        ("f'a'", None),
        ("'a' f'b'", None),
        ("'a' + 'b'", None),
        ("1", None),
        ("a", None),
    ],
)
def test_constant_of(code: str, expected: str | bytes | None) -> None:
    node = cst.parse_expression(code)

    assert constant_of(node) == expected
    assert text_of(node) == (expected if isinstance(expected, str) else None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f'a{{b}}'", "a{b}"),
        ("f'\\n\\''", "\n'"),
        ("rf'\\n'", "\\n"),
        ("fR'\\n'", "\\n"),
        ('f"""a\n"b"""', 'a\n"b'),
    ],
)
def test_fstring_text(code: str, expected: str) -> None:
    node = cst.parse_expression(code)
    assert isinstance(node, cst.FormattedString)
    (part,) = node.parts
    assert isinstance(part, cst.FormattedStringText)

    assert (
        fstring_text(part, node.start)
        == expected
        == ast.literal_eval(code.replace("{{", "{").replace("}}", "}").replace("f", "", 1))
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [("'a'", "'"), ('"a"', '"'), ("f'a'", "'"), ("g(1, \"a\", 'b')", '"'), ("'''a'''", "'"), ("a", "")],
)
def test_preferred_quote(code: str, expected: str) -> None:
    assert preferred_quote(cst.parse_expression(code)) == expected


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("a", '"', '"a"'),
        ("a", "'", "'a'"),
        ("it's", "'", '"it\'s"'),
        ("'\"", "'", "'\\'\"'"),
        ("\\n\n\t", '"', '"\\\\n\\n\\t"'),
        ("\u202e\0", '"', '"\\u202e\\x00"'),
        ("é\U0001f600", '"', '"é\U0001f600"'),
    ],
)
def test_literal(text: str, quote: str, expected: str) -> None:
    assert literal(text, quote).value == expected


@given(st.text(), st.sampled_from("'\""))
def test_a_literal_says_the_text(text: str, quote: str) -> None:
    code = literal(text, quote).value

    assert ast.literal_eval(code) == text
    assert "\n" not in code
