"""What the generator is asked for, term by term, and what the discriminator is."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ggan_training.batches import Batch
from ggan_training.examples import UNKNOWN_OPERATOR
from ggan_training.generator import Judgement


@dataclass(frozen=True)
class Weights:
    """How much each term counts. `weak` is how much more a weak node counts than another."""

    node: float = 1.0
    weak: float = 3.0
    pair: float = 0.5
    file: float = 0.2
    cwe: float = 0.3
    operator: float = 0.3
    cut: float = 0.2
    contrastive: float = 0.1
    sparsity: float = 0.05
    adversarial: float = 0.1
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
        "operator": weights.operator * operator_loss(batch, judgement),
        "cut": weights.cut * cut_loss(batch, judgement),
        "sparsity": weights.sparsity * sparsity_loss(batch, judgement),
    }


def node_loss(batch: Batch, judgement: Judgement, weak: float) -> Tensor:
    """Risk: every weak node up, all others down."""
    target = batch.weak.to(judgement.risk.dtype)
    weight = 1.0 + (weak - 1.0) * target
    return (weight * _binary(judgement.risk, target)).sum() / weight.sum()


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


def operator_loss(batch: Batch, judgement: Judgement) -> Tensor:
    """The operator of each weak node that has a known one; and all others are kept.

    The few and the many count the same: each of the two is a mean.
    """
    loss = nn.functional.cross_entropy(judgement.operator, batch.operator.clamp(min=0), reduction="none")
    changed = batch.weak & (batch.operator != UNKNOWN_OPERATOR)
    return _mean(loss[changed]) + _mean(loss[~batch.weak])


def cut_loss(batch: Batch, judgement: Judgement) -> Tensor:
    """The def-use edges that the fix cuts, and those that it leaves; the few and the many count the same."""
    loss = _binary(judgement.cut, (batch.cut == 1).to(judgement.cut.dtype))
    return _mean(loss[batch.cut == 1]) + _mean(loss[batch.cut == 0])


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


def _mean(values: Tensor) -> Tensor:
    """The mean, and nothing where there are no values: a batch need not have every kind of label."""
    return values.sum() / max(1, values.numel())
