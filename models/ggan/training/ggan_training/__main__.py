"""Trains, measures and exports the gGAN: `python -m ggan_training COMMAND`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from ggan_training import commands
from ggan_training.spec import SPEC_PATH
from ggan_training.variants import VARIANTS


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    whole = argparse.ArgumentParser(prog="ggan_training", description=__doc__)
    names = whole.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, required=True, help="the folder of the labelled programs")
    shared.add_argument("--spec", type=Path, default=SPEC_PATH, help="graph-spec.json")
    training = argparse.ArgumentParser(add_help=False)
    training.add_argument("--out", type=Path, required=True, help="where models and figures go")
    training.add_argument("--seed", type=int, default=1)
    training.add_argument("--epochs", type=int, help="fewer for a first look")
    training.add_argument("--workers", type=int, default=2, help="how many models are trained at a time")
    training.add_argument("--device", default="cpu", help="cpu, or cuda: it only makes it faster")

    codes = names.add_parser("codes", parents=[shared], help=commands.run_codes.__doc__)
    codes.set_defaults(run=commands.run_codes)
    fit = names.add_parser("fit", parents=[shared, training], help=commands.run_fit.__doc__)
    fit.set_defaults(run=commands.run_fit)
    validate = names.add_parser(
        "cross-validate", parents=[shared, training], help=commands.run_cross_validate.__doc__
    )
    validate.set_defaults(run=commands.run_cross_validate)
    ablate = names.add_parser("ablate", parents=[shared, training], help=commands.run_ablate.__doc__)
    ablate.add_argument("--variant", choices=VARIANTS, nargs="+", default=list(VARIANTS))
    ablate.set_defaults(run=commands.run_ablate)
    export = names.add_parser("export", parents=[shared, training], help=commands.run_export.__doc__)
    export.add_argument("--models", type=Path, required=True, help="where fit and cross-validate put theirs")
    export.add_argument("--folds-out", type=Path, help="where the folds' models go")
    export.set_defaults(run=commands.run_export)
    table = names.add_parser("table", help=commands.run_table.__doc__)
    table.add_argument("results", type=Path)
    table.set_defaults(run=commands.run_table)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status."""
    # More threads gain little on graphs this small, and other models are trained beside this one.
    torch.set_num_threads(1)
    options = parser().parse_args(arguments)
    options.run(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
