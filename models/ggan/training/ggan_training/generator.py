"""The generator: from a graph to what is weak in it, and how to alter it."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ggan_training.encoder import Encoder, Messages, messages, sum_by_graph
from ggan_training.graphs import Graph
from ggan_training.spec import Spec

_MOST_CERTAIN = 15.0


@dataclass(frozen=True)
class Shape:
    """How large a model is and how much of it rests in training."""

    width: int = 48
    layers: int = 3
    dropout: float = 0.2
    name_dropout: float = 0.2


@dataclass(frozen=True)
class Judgement:
    """What is said, in logits: of each node, of each def-use edge (`cut`), of each graph (`score`).

    `pooled` is each graph's state.
    """

    risk: Tensor
    cwe: Tensor
    operator: Tensor
    cut: Tensor
    score: Tensor
    pooled: Tensor


class Inputs(nn.Module):
    """What a node looks like by itself."""

    def __init__(self, spec: Spec, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.kind = nn.Embedding(spec.kinds, shape.width)
        self.role = nn.Embedding(spec.roles, shape.width)
        self.literal = nn.Embedding(spec.literals, shape.width)
        self.names = nn.Embedding(spec.names, shape.width, padding_idx=0)
        self.flags = nn.Linear(spec.flags, shape.width)
        self.parts = nn.Linear(3 * shape.width, shape.width, bias=False)
        self.norm = nn.LayerNorm(shape.width)
        for embedding in (self.kind, self.role, self.literal, self.names):
            nn.init.normal_(embedding.weight, std=0.3)
        with torch.no_grad():
            self.names.weight[0] = 0

    def forward(self, graph: Graph) -> Tensor:
        """Return a state for each node."""
        names = self.names(self._rested(graph.names))
        said = torch.cat([names[:, 0], names[:, 1], names[:, 2:].mean(1)], dim=1)
        looks = self.kind(graph.kind) + self.role(graph.role) + self.literal(graph.literal)
        return self.norm(looks + self.flags(graph.flags) + self.parts(said))

    def _rested(self, names: Tensor) -> Tensor:
        """In training some names are forgotten, so that the model leans on more than identifiers."""
        if not self.training or self.shape.name_dropout == 0:
            return names
        # Drawn on the CPU: the same by seed on every device.
        kept = torch.rand(names.shape) >= self.shape.name_dropout
        return names * kept.to(names.device)


class Generator(nn.Module):
    """Node risk, node CWE, node operator, cuts of def-use edges, and the score of the whole graph."""

    def __init__(self, spec: Spec, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.spec = spec
        self.inputs = Inputs(spec, shape)
        self.encoder = Encoder(spec, width, shape.layers, shape.dropout)
        self.hidden = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(shape.dropout)
        self.risk = nn.Linear(width, 1)
        self.cwe = nn.Linear(width, len(spec.cwes))
        self.operator = nn.Linear(width, len(spec.operators))
        self.ends = nn.Linear(2 * width, width)
        self.cut = nn.Linear(width, 1)
        self.attention = nn.Linear(width, 1)
        self.whole = nn.Linear(width, 1)

    def forward(self, graph: Graph, uses: Tensor) -> Judgement:
        """Judge a graph; `uses` are the numbers of its def-use edges."""
        return self.judge(graph, uses, self.inputs(graph), messages(graph, self.spec))

    def judge(self, graph: Graph, uses: Tensor, inputs: Tensor, spoken: Messages) -> Judgement:
        """Judge a graph of which the nodes look like `inputs` and speak as `spoken` says."""
        sources = graph.edge_source.index_select(0, uses)
        targets = graph.edge_target.index_select(0, uses)
        return self.heads(graph, inputs, self.states(graph, inputs, spoken), sources, targets)

    def states(self, graph: Graph, inputs: Tensor, spoken: Messages) -> Tensor:
        """Return what each node knows after all steps."""
        return self.encoder(inputs, spoken, graph.graph, graph.count)

    def heads(
        self, graph: Graph, inputs: Tensor, states: Tensor, sources: Tensor, targets: Tensor
    ) -> Judgement:
        """Return the judgement by the nodes' states; the cuts are between `sources` and `targets`."""
        hidden = self.dropout(nn.functional.gelu(self.hidden(torch.cat([states, inputs], dim=1))))
        risk = self.risk(hidden).squeeze(1)
        ends = torch.cat([states.index_select(0, sources), states.index_select(0, targets)], dim=1)
        pooled = self.pool(graph, states)
        return Judgement(
            risk=risk,
            cwe=self.cwe(hidden),
            operator=self.operator(hidden),
            cut=self.cut(nn.functional.gelu(self.ends(ends))).squeeze(1),
            score=smooth_maximum(risk, graph.graph, graph.count) + self.whole(pooled).squeeze(1),
            pooled=pooled,
        )

    def pool(self, graph: Graph, states: Tensor) -> Tensor:
        """Return each graph's state: the mean of its nodes' by how much attention each deserves."""
        weight = _bounded(self.attention(states)).exp()
        total = sum_by_graph(weight, graph.graph, graph.count)
        return sum_by_graph(weight * states, graph.graph, graph.count) / total


def smooth_maximum(values: Tensor, graph: Tensor, count: int) -> Tensor:
    """Return for each graph a little more than the greatest of its nodes' values."""
    return sum_by_graph(_bounded(values).exp(), graph, count).log()


def _bounded(values: Tensor) -> Tensor:
    """So that no sum of exponentials overflows; the gradient goes on where a hard limit would end it."""
    return _MOST_CERTAIN * torch.tanh(values / _MOST_CERTAIN)
