import random

import pytest

from ggan_training.calibration import cut_threshold, flagged, line_threshold, recall
from ggan_training.evaluate import calibrate, clean_code, hand_agreement
from ggan_training.judging import Judged, Said


def lines(*risks):
    """A graph with one node in each line, after the module."""
    return Said(
        0.0,
        [1, *range(1, len(risks) + 1)],
        [1.0, *risks],
        [0] * (len(risks) + 1),
        [1.0] * (len(risks) + 1),
        [],
    )


def program(before, name="clean", after=None, changed=(), operator=None, cut=()):
    operator = [0] * len(before.lines) if operator is None else operator
    return Judged(
        "a", name, "g", "held-out", frozenset(changed), [], list(operator), list(cut), before, after
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_more_than_one_line_in_a_hundred_is_flagged_and_no_lower_threshold_would_do(seed):
    draws = random.Random(seed)
    size = draws.randrange(1, 400)
    # Few different figures, so that many are equal.
    risks = [draws.randrange(1, draws.choice([3, 30, 3000])) / 3000 for _ in range(size)]
    clean = [lines(*risks[: size // 2]), lines(*risks[size // 2 :])]

    threshold = line_threshold(clean)

    assert flagged(clean, threshold).flagged <= size / 100
    lower = max((risk for risk in risks if risk < threshold), default=None)
    if lower is not None:
        assert flagged(clean, lower).flagged > size / 100


def test_a_line_is_flagged_from_the_threshold_on_by_its_riskiest_node():
    code = Said(0.0, [1, 1, 1, 2], [0.99, 0.2, 0.7, 0.6], [0] * 4, [1.0] * 4, [])

    assert flagged([code], 0.7).flagged == 1
    assert flagged([code], 0.7).lines == 2
    assert flagged([code], 0.7).flagged_per_100 == 50.0
    assert flagged([code], 0.71).flagged == 0


def test_both_modules_and_fixed_forms_keep_to_their_share():
    quiet = program(lines(*([0.1] * 199 + [0.3])))
    fixed = program(lines(0.9), "pairs", after=lines(*([0.1] * 98 + [0.8, 0.9])), changed=(1,))

    thresholds = calibrate([quiet, fixed])

    assert thresholds.line == 0.9
    found = clean_code([quiet, fixed], thresholds)
    assert (found["modules"].flagged, found["fixed"].flagged, found["fixed"].lines) == (0, 1, 100)


def test_recall_is_the_share_of_programs_with_a_flagged_changed_line():
    rows = [
        program(lines(0.9, 0.1), "pairs", changed=(1,)),
        program(lines(0.9, 0.1), "pairs", changed=(2,)),
        program(lines(0.9), "pairs"),
    ]

    assert recall(rows, 0.5) == 0.5


def test_no_threshold_is_below_a_half():
    said = Said(0.0, [], [], [], [], [0.3, 0.4, 0.6])

    assert cut_threshold([program(said, "synthetic", cut=[1, 1, 1])]) == 0.6


def test_flows_that_nobody_can_tell_are_left_out():
    said = Said(0.0, [], [], [], [], [0.9, 0.8, 0.7])

    assert cut_threshold([program(said, "synthetic", cut=[1, -1, 1])]) == 0.7


def test_the_word_on_a_line_is_that_of_its_riskiest_node_with_an_operator():
    said = Said(0.0, [1, 4, 4, 4, 5], [0.9, 0.9, 0.5, 0.7, 0.9], [0, 0, 1, 2, 1], [1.0] * 5, [])
    before = program(said, "pairs")

    assert hand_agreement([before], {"a": (4, 2)})["named right"] == 1
    assert hand_agreement([before], {"a": (4, 1)})["named otherwise"] == 1
    assert hand_agreement([before], {"a": (4, 0)}) | {} == {
        "named": 0,
        "named right": 0,
        "named otherwise": 0,
        "none of ours": 1,
        "none of ours right": 0,
    }
