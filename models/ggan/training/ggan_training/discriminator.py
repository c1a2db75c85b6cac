"""The discriminator: was the second graph made by a person who fixed the first, or by the generator?"""

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from ggan_training.encoder import Encoder, Messages, mean_by_graph
from ggan_training.graphs import Graph
from ggan_training.spec import Spec

WIDTH = 32
_LAYERS = 2


class Discriminator(nn.Module):
    """Judges pairs of graphs. It learns at training time only and is no part of the model that is shipped."""

    def __init__(self, spec: Spec, width: int) -> None:
        super().__init__()
        self.narrow = nn.Linear(width, WIDTH)
        self.encoder = Encoder(spec, WIDTH, _LAYERS, dropout=0.0)
        self.hidden = nn.Linear(3 * WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, 1)
        for module in list(self.modules()):
            if isinstance(module, nn.Linear):
                spectral_norm(module)

    def forward(self, original: Tensor, other: Tensor) -> Tensor:
        """Return a logit for each pair of embedded graphs; above zero it is taken for a real fix."""
        together = torch.cat([original, other, other - original], dim=1)
        return self.verdict(nn.functional.gelu(self.hidden(together))).squeeze(1)

    def embed(self, graph: Graph, inputs: Tensor, spoken: Messages) -> Tensor:
        """Return what the discriminator sees of each graph."""
        states = self.encoder(self.narrow(inputs), spoken, graph.graph, graph.count)
        return mean_by_graph(states, graph.graph, graph.count)
