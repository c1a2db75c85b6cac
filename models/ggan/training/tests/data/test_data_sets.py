"""The real data sets, where this machine has them."""

import json
import os
from pathlib import Path

import pytest

from ggan_data.pairs import read_pairs
from ggan_data.tune import read_tasks

DATA = Path(os.environ.get("SGCODE_SHARED_DATA", Path(__file__).parents[6] / "shared" / "data"))
HAND_LABELS = Path(__file__).parents[2] / "hand-labels.json"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"needs the data sets in {DATA}")


def test_every_pair_is_labelled() -> None:
    pairs = list(read_pairs(DATA))

    assert len(pairs) == 502
    assert len({pair.group for pair in pairs}) == 211
    assert all(pair.labels for pair in pairs)
    assert all(not pair.before.startswith((" ", "\t")) for pair in pairs)


def test_every_task_is_labelled() -> None:
    tasks = list(read_tasks(DATA))

    assert len(tasks) == 447
    assert all(task.labels for task in tasks)


def test_rules_and_hand_name_the_same_operator() -> None:
    """The hand labels were made from the diffs alone; the rules must not fall far behind them."""
    labels = json.loads(HAND_LABELS.read_text(encoding="utf-8"))["labels"]
    pairs = {pair.id: pair for pair in read_pairs(DATA)}

    agree = 0
    for label in labels:
        named = {each.operator for each in pairs[label["id"]].labels} - {None}
        agree += label["operator"] in named if label["operator"] else not named

    assert len(labels) == 60
    assert agree >= 50
