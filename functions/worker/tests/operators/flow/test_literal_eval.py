import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = {"B307"}
REWRITTEN = {
    "a list": ("x = eval('[1, 2]')", "x = ast.literal_eval('[1, 2]')"),
    "a number": ('print(eval("-1").real)', 'print(ast.literal_eval("-1").real)'),
    "joined texts": ("x = eval('[1, '\n    '2]')", "x = ast.literal_eval('[1, '\n    '2]')"),
    "several lines": (
        "x = eval(\n    '''{1:\n2}'''  # kept\n)",
        "x = ast.literal_eval(\n    '''{1:\n2}'''  # kept\n)",
    ),
    "nested": (
        "async def f():\n    return [eval('{1}'), *map(g, eval('(1, 2)'))]",
        "async def f():\n    return [ast.literal_eval('{1}'), *map(g, ast.literal_eval('(1, 2)'))]",
    ),
    "imported by name": (
        "from ast import literal_eval as read\nx = eval('None')",
        "from ast import literal_eval as read\nx = read('None')",
    ),
}
LEFT_ALONE = {
    "a value": ("x = eval(y)", "is worked out"),
    "an input": ("x = int(eval(input()))", "is worked out"),
    "a file": ("x = eval(open(y).read())", "is worked out"),
    "an f-string": ("x = eval(f'{y} + 1')", "is worked out"),
    "names given with it": ("x = eval('1', {}, {})", "is worked out"),
    "a name": ("x = eval('y')", "is code and no data"),
    "a function": ("x = eval('os.getcwd()')", "is code and no data"),
    "a sum": ("x = eval('1 + 1')", "is code and no data"),
    "no expression": ("x = eval('x = 1')", "is code and no data"),
    "another eval": ("def eval(x):\n    return x\nx = eval('1')", "No call of the builtin eval"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_reads_data(name: str) -> None:
    before, after = (f"import ast\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("literal-eval", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("literal-eval", RULES, f"{code}\n", reason)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.integers(), inner)
    ),
    max_leaves=5,
)


@given(value=VALUES)
def test_gives_the_same_value(value: object) -> None:
    code = f"import ast\nx = eval({repr(value)!r})\n".encode()
    scope: dict[str, object] = {}

    exec(apply_edits(code, plan(code, "literal-eval", RULES)).candidate or b"", scope)

    assert scope["x"] == value


@pytest.mark.parametrize("added", ["y = ast.literal_eval('[1]')", "y = eval('[1]')"])
def test_the_gates_refuse_one_more_text_that_is_evaluated(added: str) -> None:
    before = b"import ast\nx = eval('[1]')\n"

    gates = verify_candidate(before, b"import ast\nx = ast.literal_eval('[1]')\n" + added.encode(), [])

    assert gates["honest"]["light"] == "fail"
