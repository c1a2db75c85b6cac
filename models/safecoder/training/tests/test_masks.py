import random

import pytest

from safecoder_training.masks import changed_tokens, trimmed


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        pytest.param([1, 2, 3], [1, 9, 3], [0, 1, 0], [0, 1, 0], id="one token replaced"),
        pytest.param([1, 2, 3], [1, 2, 3, 4, 5], [0, 0, 0], [0, 0, 0, 1, 1], id="added at the end"),
        pytest.param([1, 2, 3], [3], [1, 1, 0], [0], id="taken away at the start"),
        pytest.param(
            [1, 2, 3, 4, 5],
            [1, 8, 3, 9, 5],
            [0, 1, 1, 1, 0],
            [0, 1, 1, 1, 0],
            id="one token between is filled",
        ),
        pytest.param(
            [1, 2, 3, 4, 5, 6],
            [1, 8, 3, 4, 9, 6],
            [0, 1, 0, 0, 1, 0],
            [0, 1, 0, 0, 1, 0],
            id="two tokens between are not",
        ),
        pytest.param([1, 2], [1, 2], [0, 0], [0, 0], id="no difference"),
        pytest.param([], [7, 8], [], [1, 1], id="nothing before"),
    ],
)
def test_the_tokens_on_one_side_only_are_masked(before, after, gone, new):
    assert changed_tokens(before, after) == (gone, new)


def test_a_gap_is_filled_on_the_side_that_has_it():
    before, after = [1, 2, 3], [1, 8, 2, 9, 3]

    assert changed_tokens(before, after) == ([0, 0, 0], [0, 1, 1, 1, 0])


def test_filling_does_not_go_on_from_what_it_filled():
    # 1 stands between 8 and 9; 2, after it, stands between 9 and nothing that changed.
    assert changed_tokens([1, 2, 3, 4], [8, 1, 9, 2, 3, 4])[1] == [1, 1, 1, 0, 0, 0]


def test_numbers_that_look_alike_are_different_tokens():
    # ndiff compares letters too, and marks likenesses with lines of its own, which count for nothing.
    gone, new = changed_tokens([5, 12345, 6], [5, 12346, 6])

    assert (gone, new) == ([0, 1, 0], [0, 1, 0])


def test_what_is_not_masked_is_the_same_on_both_sides_whatever_changed():
    draws = random.Random(3)
    for _ in range(200):
        before = [draws.randrange(12) for _ in range(draws.randrange(30))]
        after = list(before)
        for _ in range(draws.randrange(6)):
            place = draws.randrange(len(after) + 1)
            after[place : place + draws.randrange(3)] = [
                draws.randrange(12) for _ in range(draws.randrange(3))
            ]
        gone, new = changed_tokens(before, after)
        assert (len(gone), len(new)) == (len(before), len(after))
        if before == after:
            assert sum(gone) + sum(new) == 0
        kept = [token for token, value in zip(before, gone, strict=True) if not value]
        stayed = [token for token, value in zip(after, new, strict=True) if not value]
        # Filled gaps are kept tokens too, so each side may have lost some of what both have.
        assert is_subsequence(kept, after)
        assert is_subsequence(stayed, before)


def is_subsequence(part, whole):
    rest = iter(whole)
    return all(token in rest for token in part)


@pytest.mark.parametrize(
    ("mask", "length"),
    [([0, 1, 0, 0], 2), ([0, 0, 0, 1], 4), ([1, 0, 0, 0], 1), ([0, 0, 0, 0], 4), ([], 0)],
)
def test_what_comes_after_the_last_masked_token_is_cut(mask, length):
    tokens = list(range(len(mask)))

    assert trimmed(tokens, mask) == (tokens[:length], mask[:length])
