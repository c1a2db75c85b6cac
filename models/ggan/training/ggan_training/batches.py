"""What one step learns from: some examples as one graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from ggan_training.examples import Example
from ggan_training.graphs import Graph, union
from ggan_training.spec import Spec


@dataclass(frozen=True)
class Batch:
    """First the vulnerable programs of all pairs, then their fixed forms in the same order, then the rest.

    Labels of nodes are those of `Example`; `cut` belongs to the def-use edges, which `uses` numbers.
    `weak_graph` is 1 for a program with something weak in it.
    """

    graph: Graph
    pairs: int
    weak: Tensor
    cwe: Tensor
    operator: Tensor
    uses: Tensor
    cut: Tensor
    weak_graph: Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the same batch on a device."""
        moved = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: each.to(device) for name, each in moved.items() if name != "pairs"})


def batch_of(examples: Sequence[Example], spec: Spec) -> Batch:
    """Return the examples as one batch."""
    pairs = [example for example in examples if example.after is not None]
    single = [example for example in examples if example.after is None]
    fixed = [example.after for example in pairs if example.after is not None]
    graph = union([*(each.before for each in pairs), *fixed, *(each.before for each in single)])
    operators = [torch.zeros(each.nodes, dtype=torch.long) for each in fixed]
    cuts = torch.cat(
        [
            *(each.cut for each in pairs),
            *(torch.zeros(each.edge_type.shape[0], dtype=torch.long) for each in fixed),
            *(each.cut for each in single),
        ]
    )
    uses = graph.uses(spec)
    return Batch(
        graph=graph,
        pairs=len(pairs),
        weak=torch.cat(
            [
                *(each.weak for each in pairs),
                *(each.bool() for each in operators),
                *(each.weak for each in single),
            ]
        ),
        cwe=torch.cat([*(each.cwe for each in pairs), *operators, *(each.cwe for each in single)]),
        operator=torch.cat(
            [*(each.operator for each in pairs), *operators, *(each.operator for each in single)]
        ),
        uses=uses,
        cut=cuts.index_select(0, uses),
        weak_graph=torch.tensor(
            [1.0] * len(pairs) + [0.0] * len(fixed) + [float(each.weak.any()) for each in single]
        ),
    )


def batches(examples: Sequence[Example], spec: Spec, nodes: int, draws: torch.Generator) -> Iterator[Batch]:
    """Yield all examples in an order drawn anew, as batches of about as many nodes as are asked for."""
    chosen: list[Example] = []
    size = 0
    for index in torch.randperm(len(examples), generator=draws).tolist():
        example = examples[index]
        chosen.append(example)
        size += example.before.nodes + (example.after.nodes if example.after else 0)
        if size >= nodes:
            yield batch_of(chosen, spec)
            chosen, size = [], 0
    if chosen:
        yield batch_of(chosen, spec)
