"""What the generator is asked for, term by term, and what the discriminator is."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ggan_training.batches import Batch
from ggan_training.examples import UNKNOWN_OPERATOR
from ggan_training.generator import Judgement


@dataclass(frozen=True)
class Weights:
    """How much each term counts.

    `weak` is how much more a weak node counts than another in what is said of risk, `changed` how much more a
    node with an operator or an edge that is cut. More would find more, and much that nobody has to touch.
    """

    node: float = 1.0
    weak: float = 3.0
    changed: float = 4.0
    pair: float = 0.5
    file: float = 0.2
    cwe: float = 0.3
    operator: float = 1.0
    cut: float = 0.5
    contrastive: float = 0.1
    sparsity: float = 0.05
    adversarial: float = 0.02
    warm_up: float = 0.3
    """The share of all steps before the adversarial term begins; it is whole after twice as many."""


def adversarial_weight(weights: Weights, progress: float) -> float:
    """Return how much the adversarial term counts after a share of all steps."""
    if weights.warm_up == 0:
        return weights.adversarial
    return weights.adversarial * min(1.0, max(0.0, progress / weights.warm_up - 1.0))


def supervised_terms(batch: Batch, judgement: Judgement, weights: Weights) -> dict[str, Tensor]:
    """Return the terms that labels answer, each with its weight in it."""
    return {
        "node": weights.node * node_loss(batch, judgement, weights.weak),
        "pair": weights.pair * pair_loss(batch, judgement),
        "file": weights.file * _binary(judgement.score, batch.weak_graph).mean(),
        "cwe": weights.cwe * cwe_loss(batch, judgement),
        "operator": weights.operator * operator_loss(batch, judgement, weights.changed),
        "cut": weights.cut * cut_loss(batch, judgement, weights.changed),
        "sparsity": weights.sparsity * sparsity_loss(batch, judgement),
    }


def node_loss(batch: Batch, judgement: Judgement, weak: float) -> Tensor:
    """Risk: every weak node up, all others down."""
    loss = _binary(judgement.risk, batch.weak.to(judgement.risk.dtype))
    return _weighted(loss, batch.weak, weak)


def pair_loss(batch: Batch, judgement: Judgement) -> Tensor:
    """A program scores above its fixed form."""
    before = judgement.score[: batch.pairs]
    after = judgement.score[batch.pairs : 2 * batch.pairs]
    return _mean(nn.functional.softplus(after - before))


def cwe_loss(batch: Batch, judgement: Judgement) -> Tensor:
    """The weakness of each weak node."""
    return _mean(
        nn.functional.cross_entropy(judgement.cwe[batch.weak], batch.cwe[batch.weak], reduction="none")
    )


def operator_loss(batch: Batch, judgement: Judgement, changed: float) -> Tensor:
    """The operator of each weak node that has a known one; and all others are kept."""
    loss = nn.functional.cross_entropy(judgement.operator, batch.operator.clamp(min=0), reduction="none")
    known = batch.operator != UNKNOWN_OPERATOR
    return _weighted(loss[known], batch.operator[known] > 0, changed)


def cut_loss(batch: Batch, judgement: Judgement, changed: float) -> Tensor:
    """The def-use edges that the fix cuts, and those that it leaves."""
    known = batch.cut >= 0
    target = batch.cut[known] == 1
    return _weighted(_binary(judgement.cut[known], target.to(judgement.cut.dtype)), target, changed)


def sparsity_loss(batch: Batch, judgement: Judgement) -> Tensor:
    """Few edits: how much is changed of what nobody had to change."""
    changed = 1.0 - torch.softmax(judgement.operator, dim=1)[:, 0]
    return _mean(changed[~batch.weak]) + _mean(torch.sigmoid(judgement.cut[batch.cut == 0]))


def contrastive_loss(altered: Tensor, fixed: Tensor, vulnerable: Tensor, heat: float = 0.2) -> Tensor:
    """InfoNCE: the altered graph near its fixed form, far from what it was and from other fixed graphs."""
    anchor = nn.functional.normalize(altered, dim=1)
    others = anchor @ nn.functional.normalize(fixed, dim=1).T
    itself = (anchor * nn.functional.normalize(vulnerable, dim=1)).sum(1, keepdim=True)
    logits = torch.cat([others, itself], dim=1) / heat
    return nn.functional.cross_entropy(logits, torch.arange(len(anchor), device=anchor.device))


def deceived_loss(verdicts: Tensor) -> Tensor:
    """The generator's wish: that its alterations pass for real fixes."""
    return _binary(verdicts, torch.ones_like(verdicts)).mean()


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """The discriminator's wish: to tell the two apart."""
    return 0.5 * (_binary(real, torch.ones_like(real)).mean() + _binary(fake, torch.zeros_like(fake)).mean())


def _binary(logits: Tensor, target: Tensor) -> Tensor:
    return nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")


def _weighted(values: Tensor, positive: Tensor, weight: float) -> Tensor:
    """The mean in which each positive counts as many times as others do."""
    weights = 1.0 + (weight - 1.0) * positive.to(values.dtype)
    return (weights * values).sum() / weights.sum().clamp(min=1.0)


def _mean(values: Tensor) -> Tensor:
    """The mean, and nothing where there are no values: a batch need not have every kind of label."""
    return values.sum() / max(1, values.numel())
