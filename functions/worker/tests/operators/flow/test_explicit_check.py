import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = {"B101"}
REWRITTEN = {
    "a name": ("assert x", "if not x:\n    raise AssertionError"),
    "a message": ("assert x(), 'no'", "if not x():\n    raise AssertionError('no')"),
    "a negation": ("assert not x", "if x:\n    raise AssertionError"),
    "membership": ("assert x in y, z", "if x not in y:\n    raise AssertionError(z)"),
    "identity": ("assert x is not None", "if x is None:\n    raise AssertionError"),
    "a comparison": ("assert x == y", "if not (x == y):\n    raise AssertionError"),
    "a chain of comparisons": ("assert 0 < x in y", "if not (0 < x in y):\n    raise AssertionError"),
    "in parentheses": ("assert (x or y), (1, 2)", "if not (x or y):\n    raise AssertionError((1, 2))"),
    "a tuple as message": ("assert x, (1,)", "if not x:\n    raise AssertionError((1,))"),
    "a choice": ("assert x if y else z", "if not (x if y else z):\n    raise AssertionError"),
    "a lambda and await": (
        "async def f():\n    assert await g(lambda: 1)",
        "async def f():\n    if not (await g(lambda: 1)):\n        raise AssertionError",
    ),
    "several lines and comments": (
        "def f(x):\n    # before\n    assert isinstance(\n        x, dict\n    ), 'no'  # why\n    return x",
        "def f(x):\n    # before\n    if not isinstance(\n        x, dict\n    ):  # why\n"
        "        raise AssertionError('no')\n    return x",
    ),
}
LEFT_ALONE = {
    "a test": ("def test_f():\n    assert x", "belongs to the test `test_f`"),
    "a class of tests": (
        "class TestF:\n    def check(self):\n        assert x",
        "belongs to the test `TestF`",
    ),
    "a file of tests": ("import pytest\ndef check():\n    assert x", "a file of tests, which imports pytest"),
    "always true": ("assert (x, 'no')", "always the same"),
    "never true": ("assert False, 'no'", "always the same"),
    "one line of two": ("x = 1; assert x", "shares its line"),
    "one line with its if": ("if x: assert y", "shares its line"),
    "a comment within": ("assert f(\n    x  # why\n)", "A comment stands within"),
    "another AssertionError": ("from errors import AssertionError\nassert x", "a meaning of its own"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_checks_by_itself(name: str) -> None:
    before, after = (f"{code}\n" for code in REWRITTEN[name])

    check_rewritten("explicit-check", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("explicit-check", RULES, f"{code}\n", reason)


ATOMS = st.sampled_from(["x", "y", "None", "f()", "(not x)", "(x)", "x and y", "x or y", "x == y", "x is y"])
WORDS = st.sampled_from(["and", "or", "==", "!=", "is not", "is", "if x else"])


@given(
    condition=st.builds(
        "{} {} {}".format,
        ATOMS,
        st.sampled_from(["and", "or", "==", "!=", "is not", "is", "if x else"]),
        ATOMS,
    ),
    x=st.sampled_from([0, 1, None, "a"]),
    y=st.sampled_from([0, 1, None, "a"]),
)
def test_raises_exactly_where_assert_does(condition: str, x: object, y: object) -> None:
    before = f"assert {condition}, 'no'\n"
    result = apply_edits(before.encode(), plan(before.encode(), "explicit-check", RULES))

    assert result.candidate is not None
    assert not [node for node in ast.walk(ast.parse(result.candidate)) if isinstance(node, ast.Assert)]
    assert raised(result.candidate.decode(), x, y) == raised(before, x, y)


def raised(code: str, x: object, y: object) -> str | None:
    try:
        exec(code, {"x": x, "y": y, "f": lambda: x})
    except AssertionError as error:
        return str(error)
    return None
