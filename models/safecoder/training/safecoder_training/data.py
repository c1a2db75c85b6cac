"""What a model is tuned on: standard samples and, of each real fix, the secure and the vulnerable version."""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from safecoder_training.masks import changed_tokens, trimmed
from safecoder_training.pairs import Pair
from safecoder_training.template import function_instruction, prompt_of

MAX_TOKENS = 1024
"""A longer sample is dropped (SafeCoder's `--max_num_tokens`)."""


class Kind(StrEnum):
    """Which loss a sample is for."""

    STANDARD = "standard"
    SECURE = "secure"
    VULNERABLE = "vulnerable"


@dataclass(frozen=True)
class Sample:
    """A sequence, and 1 for each of its tokens that the loss looks at."""

    kind: Kind
    tokens: tuple[int, ...]
    mask: tuple[int, ...]
    minority: tuple[str, str] = ("", "")
    """The class that it is counted in: the file's extension and the CWE."""


@dataclass(frozen=True)
class Encoder:
    """A tokenizer: `prompt` begins a sequence as the model's server does, `text` goes on with one."""

    prompt: Callable[[str], list[int]]
    text: Callable[[str], list[int]]
    end: int
    """The token that ends an answer."""


def pair_samples(pair: Pair, encoder: Encoder, limit: int = MAX_TOKENS) -> list[Sample]:
    """Return the secure and the vulnerable sample of a fix, in this order, without those that cannot be used.

    One is dropped that is too long, or of which nothing or everything is masked.
    """
    prompt = encoder.prompt(prompt_of(function_instruction(pair.instruction)))
    vulnerable, secure = (encoder.text(code) for code in (pair.vulnerable, pair.secure))
    masks = changed_tokens(vulnerable, secure)
    versions = ((Kind.SECURE, secure, masks[1]), (Kind.VULNERABLE, vulnerable, masks[0]))
    samples = []
    for kind, tokens, mask in versions:
        answer, weights = trimmed(tokens, mask)
        sample = Sample(
            kind,
            (*prompt, *answer),
            (*[0] * len(prompt), *weights),
            (pair.extension, pair.cwe),
        )
        if is_usable(sample, limit):
            samples.append(sample)
    return samples


def standard_samples(path: Path, encoder: Encoder, limit: int = MAX_TOKENS) -> list[Sample]:
    """Return the samples of a JSONL file with `instruction, output` and maybe `input`.

    The loss is on the answer and its end.
    """
    samples = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            prompt = encoder.prompt(prompt_of(row["instruction"], row.get("input") or ""))
            answer = [*encoder.text(row["output"]), encoder.end]
            mask = (*[0] * len(prompt), *[1] * len(answer))
            sample = Sample(Kind.STANDARD, (*prompt, *answer), mask)
            if is_usable(sample, limit):
                samples.append(sample)
    return samples


def is_usable(sample: Sample, limit: int) -> bool:
    """Return whether a sample is short enough, and some but not all of it is masked."""
    return len(sample.tokens) <= limit and 0 < sum(sample.mask) < len(sample.mask)


def oversampled(samples: Sequence[Sample], least: int, seed: int) -> list[Sample]:
    """Return the samples and, of each class with fewer than `least`, as many drawn again as are missing.

    A class is extension and CWE, its secure and vulnerable samples counted together: `_upsample_minority` in
    `safecoder/dataset.py` of github.com/eth-sri/SafeCoder.
    """
    classes: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for sample in samples:
        classes[sample.minority].append(sample)
    draws = random.Random(seed)
    more = [draws.choice(own) for _, own in sorted(classes.items()) for _ in range(max(0, least - len(own)))]
    return [*samples, *more]
