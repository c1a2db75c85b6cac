"""What holds for every operator in every program."""

import textwrap
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from sgcode_worker.operators.registry import OPERATORS
from sgcode_worker.source import read_source
from tests.operators.planning import findings, plan
from tests.operators.snippets import SNIPPETS

Operators = tuple[str, ...]

# Each line names itself neutral, so that it can be found again.
NEUTRAL = (
    "neutral = {'a' :1,}  # kept",
    "# neutral comment",
    "if neutral :pass",
    "neutral( 'é' ); neutral ( )",
    "for neutral in [ ] : neutral += 1 # \U0001f600",
    'neutral = """neutral\n  neutral """',
    "neutral = (neutral ,\n     1) # neutral",
    "@neutral\ndef neutral ( self , * , x = 1 ) : return x # neutral",
    "import neutral",
    "try: neutral()\nexcept neutral: raise  # neutral",
)
WRAPPERS = (
    "{}",
    "def f(a, b, c):\n{}",
    "async def f(a, b, c):\n{}",
    "class A:\n    def f(self, a, b, c):\n    {}",
    "if a:\n{}\nelse:\n    neutral()",
    "while a:\n{}\n    break  # neutral",
    "try:\n{}\nfinally:\n    neutral = 1",
    "def f(a):\n    def g(b, c):\n    {}\n    return g",
)
HEADS = ("", '"""neutral doc"""\n', "# neutral header\n\n", "from __future__ import annotations\n")


def wrapped(wrapper: str, snippet: str, indent: str) -> str:
    """The snippet inside a compound statement, indented by any width or by tabs."""
    before, _, after = wrapper.partition("{}")
    depth = 0 if not before else before.splitlines()[-1].count("    ") + 1 if before[-1] == " " else 1
    text = before.rstrip(" ") + textwrap.indent(snippet, "    " * depth) + after
    lines = [(len(line) - len(line.lstrip(" ")), line.lstrip(" ")) for line in text.splitlines()]
    return "\n".join(indent * (width // 4) + " " * (width % 4) + line for width, line in lines)


@st.composite
def programs(draw: st.DrawFn, operators: Operators) -> bytes:
    """A program that holds some of the operators' snippets, in any layout."""
    heads = "".join(SNIPPETS[name].head for name in operators)
    snippets = [snippet for name in operators for snippet in SNIPPETS[name].positive]
    parts = [draw(st.sampled_from(HEADS)) + heads + "a = b = c = neutral = []"]
    indent = draw(st.sampled_from(["    ", "  ", "\t"]))
    for _ in range(draw(st.integers(1, 3))):
        parts += draw(st.lists(st.sampled_from([*NEUTRAL, ""]), max_size=2))
        parts.append(wrapped(draw(st.sampled_from(WRAPPERS)), draw(st.sampled_from(snippets)), indent))
    parts += draw(st.lists(st.sampled_from(NEUTRAL), max_size=1))
    text = "\n".join(parts) + draw(st.sampled_from(["\n", ""]))
    line_end, encoding = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(["utf-8", "utf-8-sig"]))
    return text.replace("\n", line_end).encode(encoding)


def rewrite(operators: Operators, data: bytes) -> Applied:
    edits = [edit for name in operators for edit in plan(data, name, SNIPPETS[name].rules)]
    return apply_edits(data, edits)


def neutral_lines(data: bytes) -> list[bytes]:
    return [line for line in data.splitlines(keepends=True) if b"neutral" in line]


def check(operators: Operators, data: bytes) -> bytes:
    """The candidate after the pass that leaves nothing to be tried again; every pass keeps its promises."""
    result = rewrite(operators, data)
    candidate = result.candidate or data
    after = read_source(candidate)
    gates = verify_candidate(data, candidate, result.document()["applied"])
    brought = Counter(each.rule for each in findings(candidate))
    brought.subtract(each.rule for each in findings(data))
    removed = sum(-brought[rule] for name in operators for rule in SNIPPETS[name].rules)
    allowed = {rule for name in operators for rule in SNIPPETS[name].brings}

    assert read_source(data).compiles or "hoist-global" in operators
    assert after.compiles, after.reason or after.compile_error
    assert neutral_lines(candidate) == neutral_lines(data)
    assert (result.candidate is not None) == bool(result.applied)
    assert {rule for rule, count in brought.items() if count > 0} <= allowed
    asked = [edit for edit, _ in result.applied if edit.source == "analyzer"]
    assert removed >= len({(edit.operator, edit.line, edit.column) for edit in asked})
    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []
    if any(each.retry for each in result.declined):
        assert candidate != data
        return check(operators, candidate)
    return candidate


def test_every_operator_has_snippets() -> None:
    assert OPERATORS.keys() <= SNIPPETS.keys()


@pytest.mark.parametrize(
    ("operator", "snippet"),
    [(name, snippet) for name in OPERATORS for snippet in SNIPPETS[name].positive],
)
def test_rewrites_its_snippets(operator: str, snippet: str) -> None:
    head, rules = SNIPPETS[operator].head, SNIPPETS[operator].rules
    data = f"{head}\n\ndef f(a, b, c):\n{textwrap.indent(snippet, '    ')}\n".encode()

    candidate = check((operator,), data)

    assert plan(data, operator, rules)
    assert not plan(candidate, operator, rules)


@pytest.mark.parametrize(
    "operators", [*((name,) for name in OPERATORS), tuple(OPERATORS)], ids=[*OPERATORS, "together"]
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_keeps_its_promises_in_every_program(operators: Operators, data: st.DataObject) -> None:
    program = data.draw(programs(operators))

    candidate = check(operators, program)

    assert rewrite(operators, candidate).candidate is None
