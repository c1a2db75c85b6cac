"""SafeCoder's losses (arXiv 2402.09497, equations 2 to 4).

With `p_t` the probability that the model gives token `t` after all tokens before it, and `m_t` the mask:

    standard    - sum of m_t log p_t        over an answer and its end
    secure      - sum of m_t log p_t        over what the fix wrote
    vulnerable  - sum of m_t log (1 - p_t)  over what the fix took away (unlikelihood, Welleck et al. 2020)

Two things are as in the released code (github.com/eth-sri/SafeCoder, `token_weighted_loss` in
`safecoder/trainer.py`) and not as in the paper: each is the mean over the masked tokens, not the sum, and
`1 - p_t` is held at 1e-5 at least.
"""

import torch
from torch import Tensor, nn

from safecoder_training.data import Kind

LEAST = 1e-5
"""What `1 - p` is held at: below it there is no gradient either."""


def sample_loss(kind: Kind, logits: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
    """Return the loss of one sample: `logits` is (tokens, vocabulary), what the model says after each token.

    Raises ValueError where no token that can be predicted is masked; the first one cannot.
    """
    measure = unlikelihood if kind is Kind.VULNERABLE else likelihood
    return measure(logits, tokens, mask)


def likelihood(logits: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of `-log p` over the masked tokens."""
    return -_log_probabilities(logits, tokens, mask).mean()


def unlikelihood(logits: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of `-log (1 - p)` over the masked tokens."""
    probabilities = _log_probabilities(logits, tokens, mask).exp()
    return -torch.log((1.0 - probabilities).clamp(min=LEAST)).mean()


def _log_probabilities(logits: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
    """Return `log p` of each masked token. What is said after a token is of the next one, hence the shift."""
    wanted = mask[1:] != 0
    if not bool(wanted.any()):
        raise ValueError("no token that can be predicted is masked")
    # In float32 whatever the model computes in: 1 - p and its logarithm need the digits.
    said = nn.functional.log_softmax(logits[:-1][wanted].float(), dim=-1)
    return said.gather(1, tokens[1:][wanted].unsqueeze(1)).squeeze(1)
