import math

import pytest
import torch

from ggan_training import losses
from ggan_training.batches import batch_of
from ggan_training.encoder import messages
from ggan_training.fit import Settings, new_players
from ggan_training.game import Game
from ggan_training.generator import Shape
from ggan_training.losses import Weights, adversarial_weight, supervised_terms

BODY = ("inputs.kind", "inputs.names", "inputs.flags", "encoder.layers.0.heard", "encoder.layers.2.own")
NODE = ("hidden",)
TRAINS = {
    "node": (*BODY, *NODE, "risk"),
    "pair": (*BODY, *NODE, "risk", "whole", "attention"),
    "file": (*BODY, *NODE, "risk", "whole"),
    "cwe": (*BODY, *NODE, "cwe"),
    "operator": (*BODY, *NODE, "operator"),
    "cut": (*BODY, "ends", "cut"),
    "sparsity": (*BODY, *NODE, "operator", "ends", "cut"),
}


@pytest.fixture
def players(spec):
    players = new_players(spec, Settings(shape=Shape(width=16, dropout=0.0, name_dropout=0.0), seed=5))
    players.alteration.eval()
    return players


@pytest.fixture
def batch(examples, spec):
    return batch_of(examples, spec)


def played(players, batch):
    inputs = players.generator.inputs(batch.graph)
    spoken = messages(batch.graph, players.generator.spec)
    judgement = players.generator.judge(batch.graph, batch.uses, inputs, spoken)
    return judgement, Game(players, batch, inputs, judgement)


def moved(module):
    """The parts of a module that a loss gave a gradient, by name and without `.weight`."""
    return {
        name.removesuffix(".weight").removesuffix(".parametrizations.weight.original")
        for name, parameter in module.named_parameters()
        if parameter.grad is not None and parameter.grad.abs().sum() > 0
    }


@pytest.mark.parametrize("term", TRAINS)
def test_a_supervised_term_trains_its_head_and_the_body(players, batch, term):
    judgement, _ = played(players, batch)

    supervised_terms(batch, judgement, Weights())[term].backward()

    assert set(TRAINS[term]) <= moved(players.generator)


@pytest.mark.parametrize("term", ["contrastive", "deceived"])
def test_the_game_trains_operators_cuts_and_what_operators_do(players, batch, term):
    _, game = played(players, batch)

    getattr(game, term)().backward()

    assert {"operator", "cut", "ends", "hidden", *BODY} <= moved(players.generator)
    assert moved(players.alteration) == {"effect"}


def test_the_discriminator_learns_alone(players, batch):
    _, game = played(players, batch)

    game.told_apart().backward()

    assert moved(players.generator) == set()
    assert moved(players.alteration) == set()
    trained = {name for name, each in players.discriminator.named_parameters() if each.requires_grad}
    assert all(each.grad is not None for each in players.discriminator.parameters())
    assert len(moved(players.discriminator)) == len(trained)


def test_two_forms_scored_alike_cost_a_coin_s_throw(players, batch):
    judgement, _ = played(players, batch)
    alike = losses.Judgement(**{**vars(judgement), "score": torch.zeros_like(judgement.score)})

    assert losses.pair_loss(batch, alike).item() == pytest.approx(math.log(2))


def test_an_operator_that_nobody_knows_costs_nothing(players, make_example, spec):
    batch = batch_of([make_example(0)], spec)
    judgement, _ = played(players, batch)
    unknown = batch.operator.where(~batch.weak, -1)
    known = losses.operator_loss(batch, judgement, 4.0)

    without = losses.operator_loss(type(batch)(**{**vars(batch), "operator": unknown}), judgement, 4.0)

    kept = torch.nn.functional.cross_entropy(judgement.operator[~batch.weak], batch.operator[~batch.weak])
    assert without.item() == pytest.approx(kept.item(), rel=1e-5)
    assert known > without


def test_cuts_that_the_data_cannot_tell_cost_nothing(players, make_example, spec):
    told = batch_of([make_example(1, cuts=True)], spec)
    untold = batch_of([make_example(1, cuts=False)], spec)
    judgement, _ = played(players, told)

    told_of, untold_of = (
        torch.autograd.grad(losses.cut_loss(each, judgement, 4.0), judgement.cut, retain_graph=True)[0]
        for each in (told, untold)
    )

    assert told.cut.tolist() == [1, 0]
    assert untold.cut.tolist() == [-1, 0]
    assert told_of.ne(0).tolist() == [True, True]
    assert untold_of.ne(0).tolist() == [False, True]


@pytest.mark.parametrize("weight", [1.0, 4.0])
def test_what_must_change_counts_as_many_times_as_it_is_told(players, make_example, spec, weight):
    batch = batch_of([make_example(0)], spec)
    judgement, _ = played(players, batch)

    found = losses.operator_loss(batch, judgement, weight)

    each = torch.nn.functional.cross_entropy(judgement.operator, batch.operator, reduction="none")
    weights = torch.where(batch.weak, weight, 1.0)
    assert found.item() == pytest.approx(((weights * each).sum() / weights.sum()).item(), rel=1e-5)


def test_the_contrastive_term_wants_the_altered_graph_at_its_fixed_form():
    fixed, vulnerable = torch.eye(4), torch.eye(4).roll(1, dims=0)

    near = losses.contrastive_loss(fixed, fixed, -fixed)
    unchanged = losses.contrastive_loss(vulnerable, fixed, vulnerable)

    assert near < 0.1 < unchanged


def test_the_discriminator_is_right_where_real_is_above_zero_and_fake_below():
    right = losses.discriminator_loss(torch.tensor([9.0]), torch.tensor([-9.0]))
    wrong = losses.discriminator_loss(torch.tensor([-9.0]), torch.tensor([9.0]))

    assert right < 0.01 < 5 < wrong
    assert losses.deceived_loss(torch.tensor([9.0])) < 0.01


@pytest.mark.parametrize(
    ("progress", "expected"), [(0.0, 0.0), (0.3, 0.0), (0.45, 0.05), (0.6, 0.1), (1.0, 0.1)]
)
def test_the_adversarial_term_waits_then_rises_to_its_weight(progress, expected):
    weights = Weights(adversarial=0.1, warm_up=0.3)

    assert adversarial_weight(weights, progress) == pytest.approx(expected)


def test_the_adversarial_term_counts_a_tenth_at_most():
    assert Weights().adversarial <= 0.1


def test_a_batch_without_pairs_or_weak_nodes_has_finite_losses(players, make_example, spec):
    batch = batch_of([make_example(0, "clean", fixed=False)], spec)
    judgement = players.generator(batch.graph, batch.uses)

    terms = supervised_terms(batch, judgement, Weights())

    assert all(torch.isfinite(term) for term in terms.values())
    assert terms["pair"] == 0
