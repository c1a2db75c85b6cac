"""Trains a model for each fold of each variant, several at a time, and judges the folds."""

import json
import multiprocessing
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import torch

from ggan_training.evaluate import evaluate
from ggan_training.examples import Example, read_examples
from ggan_training.fit import Settings, fit
from ggan_training.folds import FOLDS, folds_of, held_out
from ggan_training.judging import Judged, judge_all
from ggan_training.spec import Spec, read_spec
from ggan_training.variants import FULL, varied_examples, varied_settings


@dataclass(frozen=True)
class Job:
    """One fold of one variant; with `weights` the trained model is kept in that file."""

    variant: str
    fold: int
    data: Path
    spec: Path
    settings: Settings
    weights: Path | None = None


def cross_validate(
    variants: Sequence[str], data: Path, spec_path: Path, settings: Settings, workers: int, keep: Path | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each variant with its figures. With `keep`, the folds' models are kept in that folder.

    The same seed gives the same figures, however many workers there are.
    """
    spec = read_spec(spec_path)
    jobs = [
        Job(
            variant,
            fold,
            data,
            spec_path,
            settings,
            keep / f"fold-{fold}.pt" if keep and variant == FULL else None,
        )
        for variant in variants
        for fold in range(FOLDS)
    ]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        results = pool.map(run_fold, jobs)
        for variant in variants:
            judged = [each for _ in range(FOLDS) for each in next(results)]
            ties = set(json.loads((data / "bandit-ties.json").read_text(encoding="utf-8")))
            yield variant, evaluate(judged, ties, hand_labels(data, spec), spec.operators, settings.seed)


def run_fold(job: Job) -> list[Judged]:
    """Return what a fold's model says of the fold, of the held-out templates, and of clean code."""
    torch.set_num_threads(1)
    spec = read_spec(job.spec)
    examples = varied_examples(_examples(job.data, job.spec), spec, job.variant, job.settings.seed)
    fold = folds_of(examples, job.settings.seed)[job.fold]
    settings = varied_settings(job.settings, job.variant)
    model = fit(fold.training, spec, settings, lambda text: _say(f"{job.variant}, fold {job.fold}: {text}"))
    if job.weights is not None:
        torch.save(model.state_dict(), job.weights)
    unseen = [*held_out(examples, "synthetic"), *held_out(examples, "clean")]
    return judge_all(model, [*fold.judged, *unseen])


def hand_labels(data: Path, spec: Spec) -> Mapping[str, tuple[int, int]]:
    """Return for each pair that a person labelled the line and the operator, none of ours being keep."""
    path = data / "hand-labels.json"
    if not path.exists():
        path = Path(__file__).parents[1] / "hand-labels.json"
    if not path.exists():
        return {}
    labels = json.loads(path.read_text(encoding="utf-8"))["labels"]
    return {
        each["id"]: (each["line"], spec.operators.index(each["operator"]) if each["operator"] else 0)
        for each in labels
    }


@cache
def _examples(data: Path, spec: Path) -> list[Example]:
    return read_examples(data, read_spec(spec))


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
