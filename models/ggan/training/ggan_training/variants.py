"""What an ablation takes away, one thing each.

Flags and roles already say much of what edges do: they are computed along them. So there are two variants
without edges: `no-edges` only stops the messages, `bag-of-nodes` leaves a node only what it is by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from ggan_training.examples import Example
from ggan_training.fit import Settings
from ggan_training.graphs import Graph
from ggan_training.spec import Spec

FULL = "full"
VARIANTS = (
    FULL,
    "no-edges",
    "bag-of-nodes",
    "syntax-only",
    "no-def-use",
    "no-adversarial",
    "no-synthetic",
    "shuffled-edges",
)
# The first of the flags that are computed from other nodes; those before it say what a node is by itself.
_FIRST_RELATIONAL = "no-argument"


def varied_examples(examples: Sequence[Example], spec: Spec, variant: str, seed: int) -> list[Example]:
    """Return the examples as a variant sees them. Raises KeyError where there is no such variant."""
    if variant == "no-synthetic":
        return [each for each in examples if each.set != "synthetic" or each.split == "held-out"]
    if variant == "shuffled-edges":
        draws = torch.Generator().manual_seed(seed)
        return [_each_graph(each, lambda graph: _rewired(graph, draws)) for each in examples]
    if variant == "bag-of-nodes":
        return [_each_graph(_with_edges(each, []), lambda graph: _alone(graph, spec)) for each in examples]
    kept = _kept_edges(spec, variant)
    return list(examples) if len(kept) == len(spec.edges) else [_with_edges(each, kept) for each in examples]


def varied_settings(settings: Settings, variant: str) -> Settings:
    """Return the settings as a variant has them."""
    if variant != "no-adversarial":
        return settings
    return replace(settings, weights=replace(settings.weights, adversarial=0.0))


def _kept_edges(spec: Spec, variant: str) -> list[int]:
    everything = list(range(len(spec.edges)))
    return {
        FULL: everything,
        "no-adversarial": everything,
        "no-edges": [],
        "syntax-only": [spec.syntax],
        "no-def-use": [edge for edge in everything if edge != spec.def_use],
    }[variant]


def _with_edges(example: Example, kept: Sequence[int]) -> Example:
    before, mask = _only(example.before, kept)
    after = None if example.after is None else _only(example.after, kept)[0]
    return replace(example, before=before, after=after, cut=example.cut[mask])


def _only(graph: Graph, kept: Sequence[int]) -> tuple[Graph, Tensor]:
    mask = torch.isin(graph.edge_type, torch.tensor(kept, dtype=torch.long))
    fewer = replace(
        graph,
        edge_source=graph.edge_source[mask],
        edge_target=graph.edge_target[mask],
        edge_type=graph.edge_type[mask],
    )
    return fewer, mask


def _each_graph(example: Example, change: Callable[[Graph], Graph]) -> Example:
    after = None if example.after is None else change(example.after)
    return replace(example, before=change(example.before), after=after)


def _alone(graph: Graph, spec: Spec) -> Graph:
    """Without the role in the node around and without the flags that other nodes decide."""
    flags = graph.flags.clone()
    flags[:, spec.document["flags"].index(_FIRST_RELATIONAL) :] = 0
    return replace(graph, role=torch.zeros_like(graph.role), flags=flags)


def _rewired(graph: Graph, draws: torch.Generator) -> Graph:
    """The same edges out of every node, to ends drawn among the old ends."""
    order = torch.randperm(len(graph.edge_target), generator=draws)
    return replace(graph, edge_target=graph.edge_target[order])
