"""The files that the product reads: the model, its thresholds, and the graphs to test it with."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ggan_training.calibration import flagged, line_threshold
from ggan_training.evaluate import Thresholds
from ggan_training.examples import Example
from ggan_training.folds import Fold, held_out
from ggan_training.generator import Generator
from ggan_training.judging import judge_all
from ggan_training.onnx_model import write_onnx


def write_model(
    generator: Generator, examples: Sequence[Example], thresholds: Thresholds, seed: int, path: Path
) -> dict[str, Any]:
    """Write a model, and beside it the description that the product checks it by, which is returned.

    The line threshold rises where the model itself flags more of the held-out clean code than is allowed.
    """
    clean = [each.before for each in judge_all(generator, held_out(examples, "clean"))]
    line = max(thresholds.line, line_threshold(clean))
    on_clean = flagged(clean, line)
    write_onnx(generator, path)
    description = {
        "version": 1,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "specSha256": generator.spec.sha256,
        "seed": seed,
        "thresholds": asdict(thresholds) | {"line": line},
        "calibration": {
            "cleanLines": on_clean.lines,
            "flaggedLines": on_clean.flagged,
            "flaggedPer100": on_clean.flagged_per_100,
        },
    }
    write_json(path.with_suffix(".json"), description)
    return description


def fold_members(folds: Sequence[Fold]) -> Mapping[str, Any]:
    """Return which programs each fold's model has never seen."""
    return {
        "version": 1,
        "folds": [
            {
                "folder": f"fold-{fold.number}",
                "pairs": sorted(each.id for each in fold.judged if each.set == "pairs"),
                "tune": sorted(each.id for each in fold.judged if each.set == "tune"),
            }
            for fold in folds
        ],
    }


def read_graphs(path: Path) -> list[dict[str, Any]]:
    """Return the graphs of a dump. Raises OSError or ValueError where there are none."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_json(path: Path, document: Any) -> None:
    """Write a document as text that a person can compare."""
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
