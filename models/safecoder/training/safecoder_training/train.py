"""Tunes a model, one sample a step, on standard samples and on real fixes in one random order."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from safecoder_training.data import Kind, Sample
from safecoder_training.losses import sample_loss

Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    """How a model is tuned; what SafeCoder took where it is not said otherwise.

    SafeCoder's rate for CodeLlama was 1e-3 in 5 epochs.
    """

    epochs: int = 2
    rate: float = 2e-5
    accumulated: int = 16
    """How many samples' gradients make one step of the optimizer."""
    decay: float = 0.01
    epsilon: float = 1e-8
    limit: float = 1.0
    """The longest gradient."""
    seed: int = 2


def tune(model: Any, samples: Sequence[Sample], settings: Settings, say: Say) -> None:
    """Train what is trainable of a model in place. Raises ValueError where there are no samples."""
    if not samples:
        raise ValueError("there are no samples to learn from")
    torch.manual_seed(settings.seed)
    draws = random.Random(settings.seed)
    steps = math.ceil(len(samples) / settings.accumulated) * settings.epochs
    optimizer = torch.optim.AdamW(_decayed(model, settings.decay), lr=settings.rate, eps=settings.epsilon)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.0, 1.0 - step / steps))
    trainable = [each for each in model.parameters() if each.requires_grad]
    model.train()
    for epoch in range(settings.epochs):
        order = draws.sample(list(samples), len(samples))
        losses: dict[Kind, list[float]] = {kind: [] for kind in Kind}
        for start in range(0, len(order), settings.accumulated):
            window = order[start : start + settings.accumulated]
            for sample in window:
                loss = loss_of(model, sample)
                (loss / len(window)).backward()
                losses[sample.kind].append(loss.item())
            nn.utils.clip_grad_norm_(trainable, settings.limit)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
        say(f"epoch {epoch + 1}/{settings.epochs}: {_means(losses)}")
    model.eval()


def loss_of(model: Any, sample: Sample) -> torch.Tensor:
    """Return the loss of one sample under a model."""
    tokens = torch.tensor(sample.tokens, device=model.device)
    mask = torch.tensor(sample.mask, device=model.device)
    return sample_loss(sample.kind, model(input_ids=tokens.unsqueeze(0)).logits[0], tokens, mask)


def _decayed(model: Any, decay: float) -> list[dict[str, Any]]:
    """Biases and norms are not drawn to zero."""
    plain, held = [], []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            (held if name.endswith("bias") or "norm" in name.lower() else plain).append(parameter)
    return [{"params": plain, "weight_decay": decay}, {"params": held, "weight_decay": 0.0}]


def _means(losses: dict[Kind, list[float]]) -> str:
    return ", ".join(f"{kind} {sum(own) / len(own):.4f}" for kind, own in losses.items() if own)
