import pytest
import torch

from safecoder_training.data import Encoder

END = 0

# Tensors are tiny here, and threads that wait for each other would take all the time.
torch.set_num_threads(1)


@pytest.fixture
def letters():
    """A tokenizer of which every letter is a token, beginning with 1 as servers of Llama's family do."""

    def text(given):
        return [ord(letter) + 10 for letter in given]

    return Encoder(lambda given: [1, *text(given)], text, END)
