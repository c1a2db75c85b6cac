"""What the generator and the discriminator play for: the altered graphs of one batch."""

from dataclasses import dataclass, replace

from torch import Tensor, nn

from ggan_training.alteration import Alteration, Altered, part_of
from ggan_training.batches import Batch
from ggan_training.discriminator import Discriminator
from ggan_training.encoder import Messages, messages
from ggan_training.generator import Generator, Judgement
from ggan_training.losses import contrastive_loss, deceived_loss, discriminator_loss


@dataclass(frozen=True)
class Players:
    """The generator, what its operators do, and the discriminator."""

    generator: Generator
    alteration: Alteration
    discriminator: Discriminator

    def modules(self) -> tuple[nn.Module, ...]:
        """Return the three of them."""
        return self.generator, self.alteration, self.discriminator


class Game:
    """The pairs of a batch: what was vulnerable, how a person fixed it, how the generator would alter it."""

    def __init__(self, players: Players, batch: Batch, inputs: Tensor, judgement: Judgement) -> None:
        self.players = players
        self.vulnerable = part_of(batch, inputs, judgement, 0, batch.pairs)
        self.fixed = part_of(batch, inputs, judgement, batch.pairs, 2 * batch.pairs)
        spec = players.generator.spec
        # How nodes look is learned from labels; the game only moves what is done to them.
        self.looks = self.vulnerable.inputs.detach()
        self.spoken = messages(self.vulnerable.graph, spec)
        self.altered = players.alteration(
            self.vulnerable.graph, self.looks, self.vulnerable.uses, self.vulnerable.judgement
        )

    def contrastive(self) -> Tensor:
        """Return how far the altered graphs are from the fixed ones, compared with the vulnerable ones."""
        generator, graph = self.players.generator, self.vulnerable.graph
        states = generator.states(graph, self.altered.inputs, self.altered.spoken)
        return contrastive_loss(
            generator.pool(graph, states), self.fixed.judgement.pooled, self.vulnerable.judgement.pooled
        )

    def deceived(self) -> Tensor:
        """Return how far the discriminator is from taking the altered graphs for real fixes."""
        return deceived_loss(self._verdict(self.altered.inputs, self.altered.spoken))

    def told_apart(self) -> Tensor:
        """Return how far the discriminator is from telling real fixes from alterations; only it learns."""
        discriminator = self.players.discriminator
        fixed = self.fixed.graph
        plain = messages(fixed, self.players.generator.spec)
        real = discriminator(
            self._seen(self.looks, self.spoken), discriminator.embed(fixed, self.fixed.inputs.detach(), plain)
        )
        settled = _settled(self.altered)
        return discriminator_loss(real, self._verdict(settled.inputs, settled.spoken))

    def _verdict(self, inputs: Tensor, spoken: Messages) -> Tensor:
        return self.players.discriminator(self._seen(self.looks, self.spoken), self._seen(inputs, spoken))

    def _seen(self, inputs: Tensor, spoken: Messages) -> Tensor:
        return self.players.discriminator.embed(self.vulnerable.graph, inputs, spoken)


def _settled(altered: Altered) -> Altered:
    spoken = replace(altered.spoken, weight=altered.spoken.weight.detach())
    return replace(altered, inputs=altered.inputs.detach(), spoken=spoken)
