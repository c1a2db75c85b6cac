"""Relational message passing: what each node knows of its surroundings after a few steps."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ggan_training.graphs import Graph
from ggan_training.spec import Spec


@dataclass(frozen=True)
class Messages:
    """Who speaks to whom: `slot` is hearer and relation in one number, `weight` makes sums to means."""

    source: Tensor
    slot: Tensor
    weight: Tensor


def messages(graph: Graph, spec: Spec, gates: Tensor | None = None) -> Messages:
    """Return the messages of a graph: every edge speaks in both directions, each a relation of its own.

    `gates`, one for each edge from 0 to 1, says how much of an edge is there.
    """
    types, relations = len(spec.edges), 2 * len(spec.edges)
    source = torch.cat([graph.edge_source, graph.edge_target])
    target = torch.cat([graph.edge_target, graph.edge_source])
    slot = target * relations + torch.cat([graph.edge_type, graph.edge_type + types])
    ones = torch.ones_like(slot, dtype=torch.float32)
    heard = torch.zeros_like(graph.kind, dtype=torch.float32).repeat(relations).index_add(0, slot, ones)
    weight = 1.0 / heard.index_select(0, slot)
    return Messages(source, slot, weight if gates is None else weight * torch.cat([gates, gates]))


class Layer(nn.Module):
    """One step: the mean of each relation's messages, added to what the node knew."""

    def __init__(self, relations: int, width: int, dropout: float) -> None:
        super().__init__()
        self.own = nn.Linear(width, width)
        self.heard = nn.Linear(relations * width, width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, spoken: Messages) -> Tensor:
        """Return the new states."""
        nodes, width = states.shape
        relations = self.heard.in_features // width
        said = states.index_select(0, spoken.source) * spoken.weight.unsqueeze(1)
        sums = states.new_zeros(1).expand(nodes * relations, width).index_add(0, spoken.slot, said)
        change = nn.functional.gelu(self.own(states) + self.heard(sums.view(nodes, relations * width)))
        return self.norm(states + self.dropout(change))


class Encoder(nn.Module):
    """The steps one after another; before the last, each node hears what its whole graph is like."""

    def __init__(self, spec: Spec, width: int, layers: int, dropout: float) -> None:
        super().__init__()
        relations = 2 * len(spec.edges)
        self.layers = nn.ModuleList(Layer(relations, width, dropout) for _ in range(layers))
        self.context = nn.Linear(width, width)

    def forward(self, states: Tensor, spoken: Messages, graph: Tensor, count: int) -> Tensor:
        """Return the states of the nodes after all steps."""
        for index, layer in enumerate(self.layers):
            if index == len(self.layers) - 1:
                whole = torch.tanh(self.context(mean_by_graph(states, graph, count)))
                states = states + whole.index_select(0, graph)
            states = layer(states, spoken)
        return states


def sum_by_graph(values: Tensor, graph: Tensor, count: int) -> Tensor:
    """Return for each graph the sum over its nodes."""
    return values.new_zeros((count, *values.shape[1:])).index_add(0, graph, values)


def mean_by_graph(values: Tensor, graph: Tensor, count: int) -> Tensor:
    """Return for each graph the mean over its nodes."""
    nodes = sum_by_graph(torch.ones_like(values[:, :1]), graph, count)
    return sum_by_graph(values, graph, count) / nodes
