"""What a network proposes is found by a span that is it, a part of it, or all around it."""

import libcst as cst
import pytest

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.proposed import proposed
from tests.operators.planning import edit_at

CODE = "def f(a):\n    x = g(a, 1)\n    return h(g(x), x) + k\n"


def found(text: str) -> str | None:
    """The call that is meant by the span of the text; calls also stand at their functions."""
    program = Program(CODE)
    calls = [(call, [call, call.func]) for call in program.nodes(cst.Call)]
    call = proposed(program, edit_at(CODE, text, "any"), calls)
    return None if call is None else program.code(call)


@pytest.mark.parametrize(
    ("span", "call"),
    [
        ("g(a, 1)", "g(a, 1)"),
        ("g(x)", "g(x)"),
        ("h", "h(g(x), x)"),
        ("1)", "g(a, 1)"),
        ("x)", "g(x)"),
        (", x", "h(g(x), x)"),
        ("x = g(a, 1)", "g(a, 1)"),
        ("x = g(a, 1)\n    return h", None),
        ("h(g(x), x) + k", None),
        (CODE, None),
        ("+ k", None),
    ],
)
def test_finds_what_is_meant(span: str, call: str | None) -> None:
    assert found(span) == call
