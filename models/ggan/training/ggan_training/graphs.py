"""Code graphs as tensors, and many of them as one: their disjoint union."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import torch
from torch import Tensor

from ggan_training.spec import Spec


@dataclass(frozen=True)
class Graph:
    """One program's graph, or several programs' graphs that share no edge.

    `graph` says for each node which of the `count` graphs it belongs to; `lines` where it begins.
    """

    kind: Tensor
    role: Tensor
    literal: Tensor
    names: Tensor
    flags: Tensor
    edge_source: Tensor
    edge_target: Tensor
    edge_type: Tensor
    lines: Tensor
    graph: Tensor
    count: int

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return int(self.kind.shape[0])

    def uses(self, spec: Spec) -> Tensor:
        """Return the numbers of the def-use edges."""
        return (self.edge_type == spec.def_use).nonzero().squeeze(1)

    def to(self, device: torch.device) -> "Graph":
        """Return the same graph on a device."""
        tensors = {
            field.name: value.to(device)
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), Tensor)
        }
        return replace(self, **tensors)


def graph_of(document: Mapping[str, Any], spec: Spec) -> Graph:
    """Return the graph that a line of a dump describes. Raises KeyError where a field is missing."""
    kind = torch.tensor(document["kind"], dtype=torch.long)
    flags = torch.zeros(len(kind), spec.flags)
    # All at once: node by node it would take most of the time of reading.
    present = [(node, flag) for node, row in enumerate(document["flags"]) for flag in row]
    if present:
        flags[tuple(torch.tensor(present).T)] = 1.0
    edges = document["edges"]
    return Graph(
        kind=kind,
        role=torch.tensor(document["role"], dtype=torch.long),
        literal=torch.tensor(document["literal"], dtype=torch.long),
        names=torch.tensor(document["names"], dtype=torch.long).view(-1, spec.names_per_node),
        flags=flags,
        edge_source=torch.tensor(edges["source"], dtype=torch.long),
        edge_target=torch.tensor(edges["target"], dtype=torch.long),
        edge_type=torch.tensor(edges["type"], dtype=torch.long),
        lines=torch.tensor([span[0] for span in document["span"]], dtype=torch.long),
        graph=torch.zeros(len(kind), dtype=torch.long),
        count=1,
    )


def union(graphs: Sequence[Graph]) -> Graph:
    """Return the disjoint union of graphs, nodes and edges in the order of the graphs."""
    starts = torch.tensor([0, *(graph.nodes for graph in graphs)]).cumsum(0).tolist()
    firsts = torch.tensor([0, *(graph.count for graph in graphs)]).cumsum(0).tolist()
    return Graph(
        kind=torch.cat([graph.kind for graph in graphs]),
        role=torch.cat([graph.role for graph in graphs]),
        literal=torch.cat([graph.literal for graph in graphs]),
        names=torch.cat([graph.names for graph in graphs]),
        flags=torch.cat([graph.flags for graph in graphs]),
        edge_source=torch.cat(
            [graph.edge_source + start for graph, start in zip(graphs, starts, strict=False)]
        ),
        edge_target=torch.cat(
            [graph.edge_target + start for graph, start in zip(graphs, starts, strict=False)]
        ),
        edge_type=torch.cat([graph.edge_type for graph in graphs]),
        lines=torch.cat([graph.lines for graph in graphs]),
        graph=torch.cat([graph.graph + first for graph, first in zip(graphs, firsts, strict=False)]),
        count=firsts[-1],
    )
