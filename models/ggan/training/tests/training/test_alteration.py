import dataclasses

import pytest
import torch

from ggan_training.alteration import Alteration, choices, part_of
from ggan_training.batches import batch_of
from ggan_training.encoder import messages
from ggan_training.generator import Generator, Shape
from ggan_training.graphs import graph_of

SURE = 20.0


@pytest.fixture
def altered(spec, make_document):
    """A graph, its inputs, and the function that alters it by logits."""
    graph = graph_of(make_document(4), spec)
    torch.manual_seed(2)
    generator = Generator(spec, Shape(width=16)).eval()
    inputs = generator.inputs(graph)
    uses = graph.uses(spec)
    said = generator(graph, uses)
    alteration = Alteration(spec, 16).eval()

    def alter(operator, cut):
        logits = torch.zeros_like(said.operator)
        logits[:, operator] = SURE
        judgement = dataclasses.replace(said, operator=logits, cut=torch.full_like(said.cut, cut))
        return alteration(graph, inputs, uses, judgement)

    return graph, inputs, alter, alteration


def test_to_keep_everything_and_cut_nothing_changes_nothing(altered, spec):
    graph, inputs, alter, _ = altered

    same = alter(0, -SURE)

    assert torch.equal(same.inputs, inputs)
    assert torch.equal(same.spoken.weight, messages(graph, spec).weight)


def test_an_operator_moves_every_node_by_what_it_does(altered):
    _, inputs, alter, alteration = altered

    changed = alter(2, -SURE)

    assert torch.allclose(changed.inputs, inputs + alteration.effect.weight[2])


def test_a_cut_silences_the_flow_in_both_directions_and_nothing_else(altered, spec):
    graph, _, alter, _ = altered
    plain = messages(graph, spec)

    cut = alter(0, SURE)

    silent = (cut.spoken.weight == 0).nonzero().squeeze(1).tolist()
    edges = len(graph.edge_type)
    use = graph.uses(spec).item()
    assert silent == [use, use + edges]
    others = cut.spoken.weight > 0
    assert torch.equal(cut.spoken.weight[others], plain.weight[others])


def test_a_choice_is_whole_and_has_the_gradient_of_its_probabilities():
    logits = torch.tensor([[1.0, 0.0], [0.0, 2.0]], requires_grad=True)

    chosen = choices(logits, drawn=False)
    chosen[:, 1].sum().backward()

    assert torch.equal(chosen.detach().round(decimals=5), torch.eye(2))
    soft = torch.softmax(logits.detach(), dim=1)
    assert torch.allclose(logits.grad[:, 1], soft[:, 0] * soft[:, 1])


def test_drawn_choices_follow_the_probabilities():
    torch.manual_seed(7)

    drawn = choices(torch.tensor([[0.0, 1.0]]).repeat(4000, 1), drawn=True)

    assert drawn[:, 1].mean().item() == pytest.approx(0.731, abs=0.03)


def test_a_part_of_a_batch_is_those_graphs_alone(examples, spec):
    batch = batch_of(examples, spec)
    torch.manual_seed(2)
    generator = Generator(spec, Shape(width=16)).eval()
    inputs = generator.inputs(batch.graph)
    whole = generator(batch.graph, batch.uses)

    part = part_of(batch, inputs, whole, batch.pairs, 2 * batch.pairs)

    again = generator(part.graph, part.uses)
    assert torch.equal(part.uses, part.graph.uses(spec))
    for name in ("risk", "operator", "cut", "score", "pooled"):
        assert torch.allclose(getattr(again, name), getattr(part.judgement, name), atol=1e-5), name
