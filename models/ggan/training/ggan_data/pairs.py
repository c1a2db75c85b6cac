"""The repair pairs: functions before and after real fix commits, split by repository."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ggan_data.labelling.labels import label_pair
from ggan_data.programs import LabelledProgram


def read_pairs(data: Path) -> Iterator[LabelledProgram]:
    """Yield the labelled pairs of a folder of data. Raises FileNotFoundError where it has none."""
    with (data / "repair-pairs" / "pairs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield _program(json.loads(line))


def cwe_name(text: str) -> str:
    """The CWE's name without leading zeros: CWE-089 is CWE-89."""
    return f"CWE-{int(text.removeprefix('CWE-'))}"


def _program(pair: Mapping[str, Any]) -> LabelledProgram:
    before, after = (f"{textwrap.dedent(pair[side])}\n" for side in ("before", "after"))
    labels, cuts = label_pair(before, after, cwe_name(pair["cwe"]))
    return LabelledProgram(
        id=pair["id"], set="pairs", group=pair["group"], before=before, after=after, labels=labels, cuts=cuts
    )
