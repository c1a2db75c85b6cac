"""How much likelier a model finds what fixes wrote than what they took away."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from safecoder_training.data import Encoder, Kind, Sample, pair_samples
from safecoder_training.losses import likelihood
from safecoder_training.pairs import Pair


@dataclass(frozen=True)
class Margins:
    """What was measured over pairs of which both versions could be used."""

    pairs: int
    secure: float
    """Mean `log p` of a token that a fix wrote, mean over pairs."""
    vulnerable: float
    """The same of a token that it took away."""
    margin: float
    """The mean difference of the two, and its standard error."""
    error: float
    won: int
    """Pairs of which the secure version is the likelier one."""

    def __str__(self) -> str:
        return (
            f"margin {self.margin:+.3f} ± {self.error:.3f} (secure {self.secure:.3f}, "
            f"vulnerable {self.vulnerable:.3f}), secure likelier in {self.won} of {self.pairs} pairs"
        )


def margins_of(model: Any, pairs: Sequence[Pair], encoder: Encoder, limit: int) -> Margins:
    """Measure a model on pairs. Raises ValueError where none can be used."""
    model.eval()
    both = [samples for pair in pairs if len(samples := pair_samples(pair, encoder, limit)) == 2]
    if not both:
        raise ValueError("there is no pair to measure on")
    figures = [{sample.kind: _mean_log_probability(model, sample) for sample in samples} for samples in both]
    differences = [own[Kind.SECURE] - own[Kind.VULNERABLE] for own in figures]
    count = len(differences)
    mean = sum(differences) / count
    spread = sum((each - mean) ** 2 for each in differences) / max(1, count - 1)
    return Margins(
        pairs=count,
        secure=sum(own[Kind.SECURE] for own in figures) / count,
        vulnerable=sum(own[Kind.VULNERABLE] for own in figures) / count,
        margin=mean,
        error=math.sqrt(spread / count),
        won=sum(difference > 0 for difference in differences),
    )


@torch.no_grad()
def _mean_log_probability(model: Any, sample: Sample) -> float:
    tokens = torch.tensor(sample.tokens, device=model.device)
    mask = torch.tensor(sample.mask, device=model.device)
    return -likelihood(model(input_ids=tokens.unsqueeze(0)).logits[0], tokens, mask).item()
