"""Every operator's example is what really comes of it."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from sgcode_worker.operators.registry import OPERATORS
from tests.operators.planning import plan
from tests.operators.snippets import SNIPPETS


@pytest.mark.parametrize("name", OPERATORS)
def test_the_example_is_what_the_operator_does(name: str) -> None:
    before, after = (text.encode() for text in OPERATORS[name].example)

    result = apply_edits(before, plan(before, name, SNIPPETS[name].rules))

    assert result.declined == []
    assert result.candidate is not None
    assert result.candidate.decode() == after.decode()


@pytest.mark.parametrize("name", OPERATORS)
def test_the_example_is_done_with_after_one_pass(name: str) -> None:
    after = OPERATORS[name].example[1].encode()

    assert apply_edits(after, plan(after, name, SNIPPETS[name].rules)).candidate is None
