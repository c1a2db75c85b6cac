import math

import pytest
import torch

from safecoder_training.data import Kind
from safecoder_training.losses import LEAST, likelihood, sample_loss, unlikelihood

# Four tokens of a vocabulary of three. What is said after a token is of the next one, so with
# tokens = 2 0 1 2 the second row speaks of `1`, and nobody speaks of the first `2`.
TOKENS = torch.tensor([2, 0, 1, 2])
LOGITS = [
    [1.0, 2.0, 3.0],
    [0.5, -1.0, 0.0],
    [2.0, 2.0, 4.0],
    [9.0, 9.0, 9.0],
]


def probability(row, token):
    """Softmax by hand, without torch."""
    return math.exp(LOGITS[row][token]) / sum(math.exp(value) for value in LOGITS[row])


P_FIRST = probability(0, 0)  # e / (e + e^2 + e^3) = 0.09003
P_SECOND = probability(1, 1)  # 0.36788 / (1.64872 + 0.36788 + 1) = 0.12195
P_THIRD = probability(2, 2)  # 54.59815 / (7.38906 + 7.38906 + 54.59815) = 0.78699


def logits(rows=LOGITS):
    return torch.tensor(rows, requires_grad=True)


def mask(*values):
    return torch.tensor(values)


def test_the_probabilities_worked_out_by_hand_are_what_they_should_be():
    by_hand = [0.0900306, 0.1219517, 0.7869861]
    assert pytest.approx(by_hand, abs=1e-6) == [P_FIRST, P_SECOND, P_THIRD]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((0, 1, 0, 0), -math.log(P_FIRST)),
        ((0, 0, 1, 0), -math.log(P_SECOND)),
        ((0, 0, 1, 1), -(math.log(P_SECOND) + math.log(P_THIRD)) / 2),
        ((0, 1, 1, 1), -(math.log(P_FIRST) + math.log(P_SECOND) + math.log(P_THIRD)) / 3),
    ],
)
def test_likelihood_is_the_mean_over_the_masked_tokens(given, expected):
    assert likelihood(logits(), TOKENS, mask(*given)).item() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((0, 1, 0, 0), -math.log(1 - P_FIRST)),
        ((0, 0, 0, 1), -math.log(1 - P_THIRD)),
        ((0, 1, 0, 1), -(math.log(1 - P_FIRST) + math.log(1 - P_THIRD)) / 2),
    ],
)
def test_unlikelihood_is_the_mean_over_the_masked_tokens(given, expected):
    assert unlikelihood(logits(), TOKENS, mask(*given)).item() == pytest.approx(expected, rel=1e-5)


def test_a_masked_first_token_counts_for_nothing():
    with_first = likelihood(logits(), TOKENS, mask(1, 0, 1, 0))

    assert with_first.item() == pytest.approx(-math.log(P_SECOND), rel=1e-5)


def test_a_token_that_is_certain_does_not_make_unlikelihood_infinite():
    certain = logits([[80.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    loss = unlikelihood(certain, torch.tensor([0, 0]), mask(0, 1))

    assert loss.item() == pytest.approx(-math.log(LEAST), rel=1e-4)
    loss.backward()
    assert torch.isfinite(certain.grad).all()


def test_a_token_that_cannot_be_does_not_make_likelihood_nan():
    impossible = logits([[-200.0, 0.0, 0.0], [0.0, 0.0, 0.0]])

    assert likelihood(impossible, torch.tensor([0, 0]), mask(0, 1)).item() == pytest.approx(200 + math.log(2))


@pytest.mark.parametrize("kind", list(Kind))
def test_gradients_flow_only_where_it_is_masked(kind):
    given = logits()

    sample_loss(kind, given, TOKENS, mask(0, 0, 1, 0)).backward()

    assert given.grad[1].abs().sum() > 0
    assert given.grad[[0, 2, 3]].abs().sum() == 0


def test_the_gradient_of_each_loss_is_the_one_worked_out_by_hand():
    # d(-log p)/dz = p_j - [j = token]; d(-log(1 - p))/dz_token = p.
    for kind, expected in ((Kind.SECURE, P_SECOND - 1), (Kind.VULNERABLE, P_SECOND)):
        given = logits()
        sample_loss(kind, given, TOKENS, mask(0, 0, 1, 0)).backward()
        assert given.grad[1, 1].item() == pytest.approx(expected, rel=1e-4)


def test_secure_tokens_are_drawn_up_and_vulnerable_ones_down():
    for kind, is_up in ((Kind.SECURE, True), (Kind.STANDARD, True), (Kind.VULNERABLE, False)):
        given = logits()
        sample_loss(kind, given, TOKENS, mask(0, 0, 0, 1)).backward()
        stepped = [
            (row - 0.1 * slope).tolist() for row, slope in zip(given.detach(), given.grad, strict=True)
        ]
        after = math.exp(stepped[2][2]) / sum(math.exp(value) for value in stepped[2])
        assert (after > P_THIRD) is is_up


def test_half_precision_is_computed_in_single():
    half = torch.tensor([[0.0, 4.0], [0.0, 0.0]], dtype=torch.bfloat16)

    # p = 1 / (1 + e^-4), so -log p = log(1 + e^-4) and -log(1 - p) = log(1 + e^4); bfloat16 has 3 digits.
    given = torch.tensor([0, 1]), mask(0, 1)
    assert likelihood(half, *given).item() == pytest.approx(math.log1p(math.exp(-4)), rel=1e-5)
    assert unlikelihood(half, *given).item() == pytest.approx(math.log1p(math.exp(4)), rel=1e-5)


@pytest.mark.parametrize("given", [(0, 0, 0, 0), (1, 0, 0, 0)])
def test_a_mask_of_nothing_that_can_be_predicted_is_refused(given):
    with pytest.raises(ValueError, match="masked"):
        likelihood(logits(), TOKENS, mask(*given))
