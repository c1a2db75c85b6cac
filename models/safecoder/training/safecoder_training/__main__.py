"""Tunes and merges a SafeCoder model: `python -m safecoder_training COMMAND`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from safecoder_training.data import MAX_TOKENS, oversampled, pair_samples, standard_samples
from safecoder_training.margins import margins_of
from safecoder_training.merge import merge
from safecoder_training.models import encoder_of, load, with_lora
from safecoder_training.pairs import read_pairs, split
from safecoder_training.train import Settings, tune


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    whole = argparse.ArgumentParser(prog="safecoder_training", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--base", type=Path, required=True, help="the folder of the base model")
    shared.add_argument("--out", type=Path, required=True, help="where the result goes")
    shared.add_argument("--dtype", choices=["float32", "bfloat16", "float16"], default="bfloat16")

    standard = Settings()
    training = commands.add_parser("train", parents=[shared], help=run_train.__doc__)
    training.add_argument("--pairs", type=Path, required=True, help="real fixes, JSONL")
    training.add_argument(
        "--instructions", type=Path, help="standard samples, JSONL: instruction, input, output"
    )
    training.add_argument("--held-out", type=float, default=0.1, help="the share of the pairs to measure on")
    training.add_argument("--minority", type=int, default=20, help="the fewest samples of a class")
    training.add_argument("--max-tokens", type=int, default=MAX_TOKENS)
    training.add_argument("--epochs", type=int, default=standard.epochs)
    training.add_argument("--rate", type=float, default=standard.rate)
    training.add_argument("--accumulated", type=int, default=standard.accumulated)
    training.add_argument("--seed", type=int, default=standard.seed)
    training.add_argument("--device", default="cpu", help="cpu or cuda")
    training.set_defaults(run=run_train)

    merging = commands.add_parser("merge", parents=[shared], help=run_merge.__doc__)
    merging.add_argument("--adapter", type=Path, required=True, help="the folder that train wrote")
    merging.set_defaults(run=run_merge)
    return whole


def run_train(options: argparse.Namespace) -> None:
    """Tune an adapter and say what it changed on repositories that it has not seen."""
    settings = replace(
        Settings(),
        epochs=options.epochs,
        rate=options.rate,
        accumulated=options.accumulated,
        seed=options.seed,
    )
    learned, held = split(read_pairs(options.pairs), options.held_out, options.seed)
    model, tokenizer = load(options.base, options.device, options.dtype)
    encoder = encoder_of(tokenizer)
    fixes = [sample for pair in learned for sample in pair_samples(pair, encoder, options.max_tokens)]
    samples = oversampled(fixes, options.minority, options.seed)
    if options.instructions is not None:
        samples += standard_samples(options.instructions, encoder, options.max_tokens)
    print(f"{len(learned)} fixes to learn from, {len(held)} held out; {len(samples)} samples")
    print(f"before: {margins_of(model, held, encoder, options.max_tokens)}")
    tuned = with_lora(model, options.seed)
    tune(tuned, samples, settings, print)
    print(f"after: {margins_of(tuned, held, encoder, options.max_tokens)}")
    # The vocabulary is that of the base: its embeddings would only be copied.
    tuned.save_pretrained(options.out, save_embedding_layers=False)
    tokenizer.save_pretrained(options.out)
    print(f"The adapter is in {options.out}.")


def run_merge(options: argparse.Namespace) -> None:
    """Merge an adapter into its base model."""
    merge(options.base, options.adapter, options.out, options.dtype)
    print(f"The merged model is in {options.out}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status."""
    options = parser().parse_args(arguments)
    options.run(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
