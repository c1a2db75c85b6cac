import dataclasses

import pytest
import torch

from ggan_training.batches import batch_of, batches
from ggan_training.fit import Settings, Trainer, fit, new_players, rate_factor
from ggan_training.generator import Shape
from ggan_training.judging import judge_all
from ggan_training.losses import Weights
from ggan_training.metrics import ranking, top_lines

SETTINGS = Settings(shape=Shape(width=16), epochs=4, nodes=100, seed=5)


def silent(_):
    pass


def trained(examples, spec, **changes):
    return fit(examples, spec, dataclasses.replace(SETTINGS, **changes), silent)


def test_no_tensor_stays_at_its_start(examples, spec):
    players = new_players(spec, SETTINGS)
    start = [
        {name: each.clone() for name, each in module.state_dict().items()} for module in players.modules()
    ]
    trainer = Trainer(players, SETTINGS)

    for _ in range(4):
        trainer.step(batch_of(examples, spec), 0.9)

    for module, before in zip(players.modules(), start, strict=True):
        # The vectors by which the spectral norm is found are no parameters.
        names = [name for name, _ in module.named_parameters()]
        still = [name for name in names if torch.equal(module.state_dict()[name], before[name])]
        assert names and still == []


def test_what_was_learned_tells_the_weak_from_the_fixed(examples, spec):
    judged = judge_all(trained(examples, spec, epochs=60), examples)

    assert ranking(judged, 1).value == 1.0
    assert top_lines(judged, 1, 1).value > 0.8


def test_the_same_seed_gives_the_same_model(examples, spec):
    first, second = trained(examples, spec), trained(examples, spec)

    assert all(torch.equal(a, b) for a, b in zip(first.parameters(), second.parameters(), strict=True))


def test_another_seed_gives_another_model(examples, spec):
    first, second = trained(examples, spec), trained(examples, spec, seed=6)

    assert not torch.equal(first.risk.weight, second.risk.weight)


def test_without_the_adversarial_term_the_discriminator_rests(examples, spec):
    settings = dataclasses.replace(SETTINGS, weights=Weights(adversarial=0.0))
    players = new_players(spec, settings)
    before = players.discriminator.verdict.bias.clone()

    terms = Trainer(players, settings).step(batch_of(examples, spec), 0.9)

    assert "adversarial" not in terms
    assert torch.equal(players.discriminator.verdict.bias, before)


def test_the_adversarial_term_makes_another_model(examples, spec):
    with_it = trained(examples, spec)
    without = trained(examples, spec, weights=Weights(adversarial=0.0))

    assert not torch.equal(with_it.operator.weight, without.operator.weight)


def test_the_trained_model_is_the_average_of_its_past(examples, spec):
    frozen = trained(examples, spec, average=1.0)
    first = new_players(spec, SETTINGS).generator
    moving = trained(examples, spec, average=0.5)

    # An average that takes in nothing stays at the first step's weights, close to the start.
    far, near = ((each.risk.weight - first.risk.weight).detach().norm() for each in (moving, frozen))
    assert near < far


def test_every_example_is_seen_once_an_epoch(examples, spec):
    draws = torch.Generator().manual_seed(1)

    seen = list(batches(examples, spec, 60, draws))

    assert len(seen) > 2
    assert sum(batch.pairs for batch in seen) == 12
    assert sum(batch.graph.count for batch in seen) == 28


def test_a_batch_has_pairs_first_then_their_fixed_forms(make_example, spec):
    clean, pair, other = make_example(0, "clean", fixed=False), make_example(1), make_example(2)

    batch = batch_of([clean, pair, other], spec)

    expected = [pair.before, other.before, pair.after, other.after, clean.before]
    assert torch.equal(batch.graph.kind, torch.cat([graph.kind for graph in expected]))
    assert batch.weak_graph.tolist() == [1, 1, 0, 0, 0]
    weak_in = batch.graph.graph[batch.weak].unique().tolist()
    assert weak_in == [0, 1]


@pytest.mark.parametrize(("progress", "expected"), [(0.0, 0.1), (0.05, 1.0), (0.525, 0.5), (1.0, 0.0)])
def test_the_rate_rises_shortly_and_falls_as_half_a_cosine(progress, expected):
    assert rate_factor(progress) == pytest.approx(expected, abs=1e-6)
