"""Trains a generator against its discriminator."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from ggan_training.alteration import Alteration
from ggan_training.batches import Batch, batches
from ggan_training.discriminator import Discriminator
from ggan_training.encoder import messages
from ggan_training.examples import Example
from ggan_training.game import Game, Players
from ggan_training.generator import Generator, Shape
from ggan_training.losses import Weights, adversarial_weight, supervised_terms
from ggan_training.spec import Spec

Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    """How a model is trained. `nodes` is about how many nodes one step sees, `made` the share of the programs
    that were made or chosen for it, others for each epoch: the real pairs are all seen in each.
    """

    shape: Shape = field(default_factory=Shape)
    weights: Weights = field(default_factory=Weights)
    epochs: int = 8
    nodes: int = 3000
    made: float = 0.35
    rate: float = 3e-3
    decay: float = 0.05
    average: float = 0.99
    limit: float = 1.0
    seed: int = 1
    device: str = "cpu"


def new_players(spec: Spec, settings: Settings) -> Players:
    """Return untrained players, the same for the same seed."""
    torch.manual_seed(settings.seed)
    width = settings.shape.width
    players = Players(Generator(spec, settings.shape), Alteration(spec, width), Discriminator(spec, width))
    for player in players.modules():
        player.to(settings.device)
    return players


def fit(examples: Sequence[Example], spec: Spec, settings: Settings, say: Say) -> Generator:
    """Return a generator trained on the examples: the moving average of its weights, ready to judge."""
    torch.use_deterministic_algorithms(True)
    players = new_players(spec, settings)
    device = torch.device(settings.device)
    draws = torch.Generator().manual_seed(settings.seed)
    average = torch.optim.swa_utils.AveragedModel(
        players.generator, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(settings.average)
    )
    trainer = Trainer(players, settings)
    start = time.monotonic()
    for epoch in range(settings.epochs):
        seen = drawn(examples, settings.made, draws)
        steps = [batch.to(device) for batch in batches(seen, spec, settings.nodes, draws)]
        totals: dict[str, float] = {}
        for index, batch in enumerate(steps):
            progress = (epoch + index / len(steps)) / settings.epochs
            for name, value in trainer.step(batch, progress).items():
                totals[name] = totals.get(name, 0.0) + value / len(steps)
            average.update_parameters(players.generator)
        figures = " ".join(f"{name} {value:.3f}" for name, value in totals.items())
        say(f"epoch {epoch + 1}/{settings.epochs}, {time.monotonic() - start:.0f} s: {figures}")
    trained = average.module
    trained.eval()
    return trained


def drawn(examples: Sequence[Example], share: float, draws: torch.Generator) -> list[Example]:
    """Return all real pairs and tasks, and a drawn share of the synthetic and clean programs."""
    lots = torch.rand(len(examples), generator=draws).tolist()
    return [
        each for each, lot in zip(examples, lots, strict=True) if lot < share or each.set in ("pairs", "tune")
    ]


class Trainer:
    """Takes the steps: one of the generator, one of the discriminator."""

    def __init__(self, players: Players, settings: Settings) -> None:
        self.players = players
        self.settings = settings
        ours = [*players.generator.parameters(), *players.alteration.parameters()]
        self.ours = torch.optim.AdamW(ours, lr=settings.rate, weight_decay=settings.decay)
        theirs = players.discriminator.parameters()
        self.theirs = torch.optim.AdamW(theirs, lr=settings.rate, weight_decay=settings.decay)

    def step(self, batch: Batch, progress: float) -> dict[str, float]:
        """Learn from a batch after a share of all steps, and return the terms of both losses."""
        for optimizer in (self.ours, self.theirs):
            for group in optimizer.param_groups:
                group["lr"] = self.settings.rate * rate_factor(progress)
        generator = self.players.generator
        inputs = generator.inputs(batch.graph)
        spoken = messages(batch.graph, generator.spec)
        judgement = generator.judge(batch.graph, batch.uses, inputs, spoken)
        terms = supervised_terms(batch, judgement, self.settings.weights)
        weight = adversarial_weight(self.settings.weights, progress)
        game = Game(self.players, batch, inputs, judgement) if batch.pairs > 0 else None
        if game is not None:
            terms["contrastive"] = self.settings.weights.contrastive * game.contrastive()
            if weight > 0:
                terms["adversarial"] = weight * game.deceived()
        self._descend(self.ours, torch.stack(list(terms.values())).sum())
        if game is not None and weight > 0:
            terms["discriminator"] = game.told_apart()
            self._descend(self.theirs, terms["discriminator"])
        return {name: float(term.detach()) for name, term in terms.items()}

    def _descend(self, optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
        optimizer.zero_grad()
        loss.backward()
        parameters = [each for group in optimizer.param_groups for each in group["params"]]
        nn.utils.clip_grad_norm_(parameters, self.settings.limit)
        optimizer.step()


def rate_factor(progress: float) -> float:
    """Return the share of the learning rate after a share of all steps: a short rise, then half a cosine."""
    rise = 0.05
    if progress < rise:
        return 0.1 + 0.9 * progress / rise
    return 0.5 * (1.0 + math.cos(math.pi * (progress - rise) / (1.0 - rise)))
