"""Loading a base model and putting LoRA on it."""

from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer

from safecoder_training.data import Encoder

RANK = 16
ALPHA = 32
DROPOUT = 0.1


def load(base: Path, device: str, dtype: str) -> tuple[Any, Any]:
    """Return the model and the tokenizer of a folder in Hugging Face's format. No code of it is run."""
    model = AutoModelForCausalLM.from_pretrained(base, dtype=getattr(torch, dtype), trust_remote_code=False)
    return model.to(device), AutoTokenizer.from_pretrained(base, trust_remote_code=False)


def encoder_of(tokenizer: Any) -> Encoder:
    """Return a tokenizer as training uses it. Raises ValueError where it has no token that ends a text."""
    if tokenizer.eos_token_id is None:
        raise ValueError("the tokenizer has no token that ends a text")
    end = int(tokenizer.eos_token_id)

    def prompt(text: str) -> list[int]:
        tokens = list(tokenizer(text)["input_ids"])
        # Some are set to end every text: an answer follows here.
        return tokens[:-1] if tokens and tokens[-1] == end else tokens

    def more(text: str) -> list[int]:
        return list(tokenizer(text, add_special_tokens=False)["input_ids"])

    return Encoder(prompt, more, end)


def with_lora(model: Any, seed: int) -> Any:
    """Return the model with SafeCoder's adapter on it, the same for the same seed.

    It goes on every linear layer, the last one included: but not where that one shares its weights with the
    embedding, since a merge would change both.
    """
    torch.manual_seed(seed)
    tied = bool(getattr(model.config, "tie_word_embeddings", False))
    head = model.get_output_embeddings()
    targets = {
        name.rsplit(".", 1)[-1]
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear) and not (tied and module is head)
    }
    return get_peft_model(
        model,
        LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=DROPOUT,
            target_modules=sorted(targets),
            task_type="CAUSAL_LM",
        ),
    )
