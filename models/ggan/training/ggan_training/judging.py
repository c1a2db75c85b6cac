"""What a trained model says of single examples, as plain values that go from process to process."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from ggan_training.examples import Example
from ggan_training.generator import Generator
from ggan_training.graphs import Graph, union

_TOGETHER = 64


@dataclass(frozen=True)
class Said:
    """Of one graph: its score; of each node the line where it begins, its risk, its likeliest operator and
    how likely that is; of each def-use edge whether it must be cut. All but the score are probabilities.
    """

    score: float
    lines: list[int]
    risks: list[float]
    operators: list[int]
    confidences: list[float]
    cuts: list[float]

    def line_risks(self) -> dict[int, float]:
        """A line is as risky as the riskiest node that begins in it; the module, node 0, begins nowhere."""
        found: dict[int, float] = {}
        for line, risk in zip(self.lines[1:], self.risks[1:], strict=True):
            found[line] = max(risk, found.get(line, 0.0))
        return found


@dataclass(frozen=True)
class Judged:
    """A program, its labels (those of `Example`; `cut` for def-use edges only), and what was said of it."""

    id: str
    set: str
    group: str
    split: str
    changed: frozenset[int]
    weak: list[bool]
    operator: list[int]
    cut: list[int]
    before: Said
    after: Said | None


@torch.no_grad()
def judge_all(model: Generator, examples: Sequence[Example]) -> list[Judged]:
    """Return what the model says of each example."""
    model.eval()
    graphs = [graph for each in examples for graph in (each.before, each.after) if graph is not None]
    said = iter(_judge_graphs(model, graphs))
    return [
        Judged(
            id=each.id,
            set=each.set,
            group=each.group,
            split=each.split,
            changed=each.lines,
            weak=each.weak.tolist(),
            operator=each.operator.tolist(),
            cut=each.cut[each.before.uses(model.spec)].tolist(),
            before=next(said),
            after=next(said) if each.after is not None else None,
        )
        for each in examples
    ]


def _judge_graphs(model: Generator, graphs: Sequence[Graph]) -> list[Said]:
    device = next(model.parameters()).device
    found: list[Said] = []
    for start in range(0, len(graphs), _TOGETHER):
        some = graphs[start : start + _TOGETHER]
        whole = union(some).to(device)
        judgement = model(whole, whole.uses(model.spec))
        risks = torch.sigmoid(judgement.risk).cpu()
        confidences, operators = torch.softmax(judgement.operator, dim=1).max(dim=1)
        cuts = torch.sigmoid(judgement.cut).cpu()
        node, edge = 0, 0
        for index, graph in enumerate(some):
            nodes = slice(node, node + graph.nodes)
            uses = slice(edge, edge + len(graph.uses(model.spec)))
            found.append(
                Said(
                    score=float(judgement.score[index]),
                    lines=graph.lines.tolist(),
                    risks=risks[nodes].tolist(),
                    operators=operators[nodes].tolist(),
                    confidences=confidences[nodes].tolist(),
                    cuts=cuts[uses].tolist(),
                )
            )
            node, edge = nodes.stop, uses.stop
    return found
