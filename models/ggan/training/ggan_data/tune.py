"""The tuning tasks of SecCodePLT as the benchmark builds its programs, split by function name."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ggan_data.labelling.labels import label_pair
from ggan_data.programs import LabelledProgram


def read_tasks(data: Path) -> Iterator[LabelledProgram]:
    """Yield the labelled tasks of a folder of data. Raises FileNotFoundError where it has none.

    Program and name are those of scripts/benchmark/data-sets/layouts.ts.
    """
    with (data / "seccodeplt" / "tune.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            task = _program(json.loads(line))
            if task is not None:
                yield task


def _program(task: Mapping[str, Any]) -> LabelledProgram | None:
    truth, setup = task["ground_truth"], task["unittest"]["setup"]
    before, after = (
        f"{setup}\n\n{truth['code_before']}{truth[middle]}{truth['code_after']}\n"
        for middle in ("vulnerable_code", "patched_code")
    )
    cwe = f"CWE-{int(task['CWE_ID'])}"
    try:
        labels, cuts = label_pair(before, after, cwe)
    except SyntaxError:
        return None
    return LabelledProgram(
        id=f"cwe-{task['CWE_ID']}-{task['index']}",
        set="tune",
        group=task["task_description"]["function_name"],
        before=before,
        after=after,
        labels=labels,
        cuts=cuts,
    )
