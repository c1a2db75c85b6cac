"""The altered graph: the input with the chosen operators and cuts applied."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from ggan_training.batches import Batch
from ggan_training.encoder import Messages, messages
from ggan_training.generator import Judgement
from ggan_training.graphs import Graph
from ggan_training.spec import Spec


@dataclass(frozen=True)
class Altered:
    """A graph whose nodes look like `inputs` and whose edges are there as `spoken` says."""

    graph: Graph
    inputs: Tensor
    spoken: Messages


class Alteration(nn.Module):
    """Learns what each operator does to how a node looks. Applies operators and cuts to a graph.

    In training a choice is drawn (Gumbel) and made whole, while the gradient goes to the probabilities
    (straight-through); else the likeliest choice is made.
    """

    def __init__(self, spec: Spec, width: int) -> None:
        super().__init__()
        self.spec = spec
        self.effect = nn.Embedding(len(spec.operators), width)
        nn.init.normal_(self.effect.weight, std=0.1)

    def forward(self, graph: Graph, inputs: Tensor, uses: Tensor, judgement: Judgement) -> Altered:
        """Return the altered graph. To `keep`, the first operator, changes nothing."""
        operators = choices(judgement.operator, self.training)
        yes_no = torch.stack([torch.zeros_like(judgement.cut), judgement.cut], dim=1)
        cuts = choices(yes_no, self.training)[:, 1]
        gates = torch.ones_like(graph.edge_type, dtype=cuts.dtype).index_add(0, uses, -cuts)
        changed = inputs + operators[:, 1:] @ self.effect.weight[1:]
        return Altered(graph, changed, messages(graph, self.spec, gates))


def choices(logits: Tensor, drawn: bool) -> Tensor:
    """Return one choice for each row as zeros and a one, with the gradient of its probabilities."""
    if drawn:
        # Drawn on the CPU: the same by seed on every device.
        noise = -torch.log(-torch.log(torch.rand(logits.shape).clamp(1e-6, 1 - 1e-6)))
        logits = logits + noise.to(logits.device)
    soft = torch.softmax(logits, dim=1)
    hard = nn.functional.one_hot(soft.argmax(dim=1), soft.shape[1]).to(soft.dtype)
    return hard - soft.detach() + soft


@dataclass(frozen=True)
class Part:
    """Some graphs of a batch, with what the generator said of them."""

    graph: Graph
    inputs: Tensor
    uses: Tensor
    judgement: Judgement


def part_of(batch: Batch, inputs: Tensor, judgement: Judgement, first: int, last: int) -> Part:
    """Return the graphs from `first` up to `last`, which lie together in a batch."""
    whole = batch.graph
    nodes = _range(whole.graph, first, last)
    edges = _range(whole.graph.index_select(0, whole.edge_source), first, last)
    ends = whole.graph.index_select(0, whole.edge_source.index_select(0, batch.uses))
    uses = _range(ends, first, last)
    graph = replace(
        whole,
        kind=whole.kind[nodes],
        role=whole.role[nodes],
        literal=whole.literal[nodes],
        names=whole.names[nodes],
        flags=whole.flags[nodes],
        edge_source=whole.edge_source[edges] - nodes.start,
        edge_target=whole.edge_target[edges] - nodes.start,
        edge_type=whole.edge_type[edges],
        lines=whole.lines[nodes],
        graph=whole.graph[nodes] - first,
        count=last - first,
    )
    said = Judgement(
        risk=judgement.risk[nodes],
        cwe=judgement.cwe[nodes],
        operator=judgement.operator[nodes],
        cut=judgement.cut[uses],
        score=judgement.score[first:last],
        pooled=judgement.pooled[first:last],
    )
    return Part(graph, inputs[nodes], batch.uses[uses] - edges.start, said)


def _range(graphs: Tensor, first: int, last: int) -> slice:
    """Where the graphs from `first` up to `last` lie in a list that is in the order of the graphs."""
    return slice(int((graphs < first).sum()), int((graphs < last).sum()))
