"""The commands, from the folders that they read to the files that they write."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from ggan_training.cross_validation import cross_validate
from ggan_training.evaluate import Thresholds
from ggan_training.examples import read_examples, write_codes
from ggan_training.export import fold_members, read_graphs, write_json, write_model
from ggan_training.fit import Settings, fit, new_players
from ggan_training.folds import folds_of, learnable
from ggan_training.generator import Generator
from ggan_training.golden import golden, write_golden_codes
from ggan_training.spec import read_spec
from ggan_training.table import clean_table, figures_table, operators_table
from ggan_training.variants import FULL

WEIGHTS = "generator.pt"
RESULTS = "results.json"


def settings_of(options: argparse.Namespace) -> Settings:
    """Return the settings that the options ask for."""
    settings = Settings(seed=options.seed, device=options.device)
    return settings if options.epochs is None else replace(settings, epochs=options.epochs)


def run_codes(options: argparse.Namespace) -> None:
    """Write the programs of which the graphs are needed."""
    say(f"{write_codes(options.data)} programs in {options.data / 'codes.jsonl'}")
    write_golden_codes(options.data / "golden-codes.jsonl")


def run_fit(options: argparse.Namespace) -> None:
    """Train the final model on everything that may be learned from."""
    options.out.mkdir(parents=True, exist_ok=True)
    examples = read_examples(options.data, read_spec(options.spec))
    model = fit(learnable(examples), read_spec(options.spec), settings_of(options), say)
    torch.save(model.state_dict(), options.out / WEIGHTS)


def run_cross_validate(options: argparse.Namespace) -> None:
    """Train and judge the folds of the full model, and keep their models."""
    _validate([FULL], options)


def run_ablate(options: argparse.Namespace) -> None:
    """Train and judge the folds of every variant that is asked for."""
    _validate(options.variant, options)


def run_export(options: argparse.Namespace) -> None:
    """Write the model that ships, its thresholds, the golden graphs and, if asked, the folds' models."""
    spec = read_spec(options.spec)
    examples = read_examples(options.data, spec)
    results = json.loads((options.models / RESULTS).read_text(encoding="utf-8"))
    thresholds = Thresholds(**results[FULL]["thresholds"])
    options.out.mkdir(parents=True, exist_ok=True)
    model = _load(options.models / WEIGHTS, options)
    say(json.dumps(write_model(model, examples, thresholds, options.seed, options.out / "ggan.onnx")))
    graphs = read_graphs(options.data / "golden-graphs.jsonl")
    (options.out / "golden.json").write_text(_lines(golden(model, graphs)), encoding="utf-8")
    if options.folds_out is None:
        return
    folds = folds_of(examples, options.seed)
    for fold in folds:
        target = options.folds_out / f"fold-{fold.number}"
        target.mkdir(parents=True, exist_ok=True)
        weights = options.models / f"fold-{fold.number}.pt"
        write_model(_load(weights, options), examples, thresholds, options.seed, target / "ggan.onnx")
        (target / "graph-spec.json").write_bytes(options.spec.read_bytes())
    write_json(options.folds_out / "folds.json", fold_members(folds))


def run_table(options: argparse.Namespace) -> None:
    """Print the tables of a results file."""
    results = json.loads(options.results.read_text(encoding="utf-8"))
    tables = [figures_table(results)]
    if FULL in results:
        tables += [operators_table(results[FULL]), clean_table(results[FULL])]
    sys.stdout.write("\n".join(tables))


def say(text: str) -> None:
    """Tell the person at the terminal how far it is."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def _validate(variants: Sequence[str], options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / RESULTS
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = cross_validate(
        variants, options.data, options.spec, settings_of(options), options.workers, options.out
    )
    for variant, result in found:
        results[variant] = result
        write_json(path, results)
        say(figures_table({variant: result}))


def _load(weights: Path, options: argparse.Namespace) -> Generator:
    model = new_players(read_spec(options.spec), settings_of(options)).generator
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    return model.eval()


def _lines(document: dict[str, Any]) -> str:
    """One graph a line: an indented one would be a line for every number."""
    graphs = ",\n".join(json.dumps(each, ensure_ascii=False) for each in document["graphs"])
    head = json.dumps({name: value for name, value in document.items() if name != "graphs"})
    return f'{head[:-1]}, "graphs": [\n{graphs}\n]}}\n'
