import pytest

from ggan_training.judging import Judged, Said
from ggan_training.metrics import (
    operator_f1,
    operator_f1_everywhere,
    operator_table,
    ranking,
    tie_ranking,
    top_lines,
)


def said(score=0.0, lines=(1, 1, 2, 3), risks=(0.0, 0.1, 0.2, 0.3), operators=(0, 0, 0, 0)):
    return Said(score, list(lines), list(risks), list(operators), [1.0] * len(lines), [])


def judged(before, after=None, name="a", group="g", changed=(2,), operator=(0, 0, 0, 0)):
    return Judged(
        name,
        "pairs",
        group,
        "train",
        frozenset(changed),
        [each > 0 for each in operator],
        list(operator),
        [],
        before,
        after,
    )


def test_a_pair_is_right_only_where_the_weak_form_is_strictly_above():
    rows = [
        judged(said(score=1.0), said(score=0.0)),
        judged(said(score=0.5), said(score=0.5)),
        judged(said(score=0.0), said(score=1.0)),
        judged(said(score=1e-9), said(score=0.0)),
        judged(said(score=9.0), None),
    ]

    figure = ranking(rows, 1)

    assert figure.value == 0.5
    assert figure.count == 4


def test_ties_are_those_that_the_list_names():
    rows = [judged(said(score=1.0), said(), "a"), judged(said(score=-1.0), said(), "b")]

    assert tie_ranking(rows, {"b"}, 1).value == 0.0
    assert tie_ranking(rows, {"a"}, 1).count == 1


def test_the_error_is_that_of_whole_groups():
    def rows(groups):
        return [
            judged(said(score=1.0 if index % 2 else -1.0), said(), group=f"g{group}")
            for index, group in enumerate(groups)
        ]

    alone = ranking(rows(range(40)), 1)
    alike = ranking(rows([index % 2 for index in range(40)]), 1)
    single = ranking(rows([0] * 40), 1)

    assert alone.error == pytest.approx((0.25 / 40) ** 0.5, rel=0.2)
    assert alike.error == pytest.approx((0.25 / 2) ** 0.5, rel=0.2)
    assert single.error == 0.0


def test_the_module_counts_for_no_line_and_of_equal_lines_the_later_is_first():
    module_only = judged(said(risks=(0.9, 0.1, 0.2, 0.3)), changed=(1,))
    equal = judged(said(risks=(0.0, 0.5, 0.5, 0.5)), changed=(1,))

    assert top_lines([module_only], 1, 1).value == 0.0
    assert top_lines([equal], 2, 1).value == 0.0
    assert top_lines([equal], 3, 1).value == 1.0


def test_a_program_without_changed_lines_is_not_counted():
    assert top_lines([judged(said(), changed=()), judged(said(), changed=(3,))], 1, 1).count == 1


def test_macro_f1_is_over_operators_and_counts_fixed_forms_and_leaves_out_the_unknown():
    # Operator 1: found once, missed once. Operator 2: found once, and once in a fixed form where nothing is.
    rows = [
        judged(said(operators=(0, 1, 0, 2)), said(operators=(0, 0, 0, 2)), operator=(0, 1, 1, 2)),
        judged(said(operators=(0, 1, 0, 0)), operator=(0, -1, 0, 0)),
    ]

    assert operator_f1_everywhere(rows, 1).value == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert operator_f1(rows, 1).value == pytest.approx((2 / 3 + 1.0) / 2)
    assert operator_table(rows, ["keep", "one", "two"]) == {
        "one": {"precision": 1.0, "recall": 0.5, "count": 2},
        "two": {"precision": 0.5, "recall": 1.0, "count": 1},
    }


def test_an_operator_that_is_never_right_lowers_the_mean_to_half():
    rows = [judged(said(operators=(0, 1, 1, 0)), operator=(0, 1, 2, 0))]

    assert operator_f1(rows, 1).value == pytest.approx((2 / 3 + 0.0) / 2)
