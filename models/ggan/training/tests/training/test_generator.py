import dataclasses

import pytest
import torch

from ggan_training.generator import Generator, Shape, smooth_maximum
from ggan_training.graphs import graph_of, union


@pytest.fixture
def generator(spec):
    torch.manual_seed(3)
    return Generator(spec, Shape(width=16)).eval()


@pytest.fixture
def graph(spec, make_document):
    return graph_of(make_document(5), spec)


def says(generator, graph):
    return generator(graph, graph.uses(generator.spec))


@pytest.mark.parametrize("field", ["kind", "role", "names", "flags"])
def test_every_feature_changes_what_is_said(generator, graph, field):
    constant = dataclasses.replace(graph, **{field: torch.zeros_like(getattr(graph, field))})

    assert not torch.allclose(says(generator, graph).risk, says(generator, constant).risk, atol=1e-3)


def test_literals_change_what_is_said(generator, graph):
    texts = dataclasses.replace(graph, literal=torch.ones_like(graph.literal))

    assert not torch.allclose(says(generator, graph).risk, says(generator, texts).risk, atol=1e-3)


@pytest.mark.parametrize("slot", range(6))
def test_every_name_of_a_node_changes_what_is_said(generator, graph, slot):
    names = graph.names.clone()
    names[2, slot] = 7
    renamed = dataclasses.replace(graph, names=names)

    assert not torch.allclose(says(generator, graph).risk[2], says(generator, renamed).risk[2], atol=1e-4)


@pytest.mark.parametrize("kind", [0, 1, 2, 3])
def test_edges_of_every_type_change_what_is_said(generator, spec, graph, kind):
    kept = graph.edge_type != kind
    fewer = dataclasses.replace(
        graph,
        edge_source=graph.edge_source[kept],
        edge_target=graph.edge_target[kept],
        edge_type=graph.edge_type[kept],
    )

    assert not torch.allclose(says(generator, graph).risk, says(generator, fewer).risk, atol=1e-4)


def test_an_edge_is_not_its_reverse(generator, graph):
    turned = dataclasses.replace(graph, edge_source=graph.edge_target, edge_target=graph.edge_source)

    assert not torch.allclose(says(generator, graph).risk, says(generator, turned).risk, atol=1e-3)


def test_a_graph_among_others_is_judged_as_if_alone(generator, spec, make_document):
    graphs = [graph_of(make_document(seed), spec) for seed in range(6)]
    alone = [says(generator, graph) for graph in graphs]

    together = says(generator, union(graphs))

    for name in ("risk", "cwe", "operator", "cut", "score", "pooled"):
        single = torch.cat([getattr(each, name) for each in alone])
        assert torch.allclose(getattr(together, name), single, atol=1e-5), name


def test_names_are_forgotten_in_training_only(generator, spec, make_document):
    graph = graph_of(make_document(5), spec)
    generator.inputs.shape = Shape(width=16, name_dropout=1.0)
    nameless = dataclasses.replace(graph, names=torch.zeros_like(graph.names))

    judging = generator.inputs(graph)
    learning = generator.inputs.train()(graph)

    assert torch.allclose(learning, generator.inputs.eval()(nameless))
    assert not torch.allclose(judging, learning)


def test_a_node_without_a_name_adds_nothing(generator):
    assert torch.equal(generator.inputs.names.weight[0], torch.zeros(16))


def test_the_smooth_maximum_is_a_little_above_the_greatest_of_each_graph():
    values = torch.tensor([1.0, 3.0, -2.0, 0.5])

    found = smooth_maximum(values, torch.tensor([0, 0, 1, 1]), 2)

    assert 3.0 < found[0] < 3.3
    assert 0.5 < found[1] < 0.7


def test_the_smooth_maximum_of_extremes_is_finite():
    values = torch.tensor([1e6, -1e6, 1e6])

    assert torch.isfinite(smooth_maximum(values, torch.zeros(3, dtype=torch.long), 1)).all()
