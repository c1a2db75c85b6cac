import libcst as cst
import pytest

from sgcode_worker.operators.places import extent, planned_node
from sgcode_worker.operators.program import Program
from tests.operators.planning import edit_at

CODE = "x = f(a, g(b,\n          h(c)), i(d))\ny = f(a)\n"


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ("h(c)", "h(c)"),
        ("g(b,\n          h(c))", "g(b,\n          h(c))"),
        ("i(d)", "i(d)"),
        # Inside a call: the innermost one around it.
        ("c", "h(c)"),
        ("b", "g(b,\n          h(c))"),
        ("h(c)), i", "f(a, g(b,\n          h(c)), i(d))"),
        ("a", "f(a, g(b,\n          h(c)), i(d))"),
        # Inside none.
        ("x", None),
        ("y = f(a)", None),
        ("x = f(a", None),
    ],
)
def test_the_node_with_the_span_or_the_innermost_around_it(planned: str, expected: str | None) -> None:
    program = Program(CODE)

    node = planned_node(program, edit_at(CODE, planned, "any"), program.nodes(cst.Call))

    assert (node and program.code(node)) == expected


def test_of_two_calls_that_begin_together_the_inner_one_is_meant() -> None:
    program = Program("x = f(a).g(b)\n")

    found = [
        planned_node(program, edit_at("x = f(a).g(b)\n", planned, "any"), program.nodes(cst.Call))
        for planned in ("a", "b", "f(a)", "f(a).g(b)")
    ]

    assert [node and program.code(node) for node in found] == ["f(a)", "f(a).g(b)", "f(a)", "f(a).g(b)"]


def test_extent() -> None:
    program = Program(CODE)

    assert [extent(program, call) for call in program.nodes(cst.Call)] == [
        ((1, 4), (2, 22)),
        ((1, 9), (2, 15)),
        ((2, 10), (2, 14)),
        ((2, 17), (2, 21)),
        ((3, 4), (3, 8)),
    ]
