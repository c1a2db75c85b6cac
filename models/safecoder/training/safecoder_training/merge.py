"""Merges an adapter into its base model, so that every server can serve the result."""

from pathlib import Path

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

CHAT_TEMPLATE = Path(__file__).parents[2] / "chat-template.jinja"


def merge(base: Path, adapter: Path, out: Path, dtype: str) -> None:
    """Write the merged model, with the tokenizer and the chat template of SafeCoder's prompt, to `out`.

    The steps are those of SafeCoder's own loader (`load_model` in `safecoder/utils.py`).
    """
    tokenizer = AutoTokenizer.from_pretrained(adapter, trust_remote_code=False)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=getattr(torch, dtype), trust_remote_code=False)
    if model.get_input_embeddings().num_embeddings < len(tokenizer):
        model.resize_token_embeddings(len(tokenizer))
    merged = PeftModel.from_pretrained(model, adapter).merge_and_unload()
    tokenizer.chat_template = CHAT_TEMPLATE.read_text(encoding="utf-8")
    merged.save_pretrained(out)
    tokenizer.save_pretrained(out)
