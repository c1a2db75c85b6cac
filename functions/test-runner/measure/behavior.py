"""Measures the behavior check: what it keeps and refuses, whether always the same, and how long it takes.

Usage: python measure/behavior.py [itself|emptied|released|secured DIR|fixes|repeat]...
           [--show=VERDICT,...] [--refused=FILE]

FILE is the list that the worker's `measure/gates.py FILE` writes: with it, `fixes` tells how many known fixes
every light accepts.
"""

import ast
import json
import os
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

RUNNER = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RUNNER))

from sgcode_runner.errors import RunnerError  # noqa: E402
from sgcode_runner.judging.behavior import run_behavior  # noqa: E402

SHARED = Path(os.environ.get("SGCODE_SHARED_DATA", RUNNER.parent.parent.parent / "shared" / "data"))
PROMSEC = SHARED / "promsec"
Pair = tuple[str, str, str]
# What operators declare to be meant; `sgcode harden` allows of these what the edits of a file declared.
MEANT = ("digest", "key-size", "shown-query")


def programs() -> list[Path]:
    return sorted((PROMSEC / "testing").glob("*.py"), key=lambda path: (len(path.stem), path.stem))


def itself() -> Iterator[Pair]:
    for path in programs():
        yield path.stem, path.read_text(), path.read_text()


def emptied() -> Iterator[Pair]:
    """Every program with nothing left in its functions."""
    for path in programs():
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                node.body = [ast.Pass()]
        yield path.stem, path.read_text(), ast.unparse(tree)


def released(trial: int) -> Iterator[Pair]:
    for path in programs():
        candidate = PROMSEC / "released-outputs" / f"trial-{trial}" / path.name
        yield path.stem, path.read_text(), candidate.read_text()


def secured(folder: Path) -> Iterator[Pair]:
    """What `sgcode harden` wrote to a folder."""
    for path in programs():
        candidate = folder / path.name
        if candidate.is_file() and candidate.read_text() != path.read_text():
            yield path.stem, path.read_text(), candidate.read_text()


def true_fixes(source: str) -> Iterator[Pair]:
    """Known fixes: a fix must not count as a deviation on benign inputs."""
    if source == "seccodeplt":
        for line in (SHARED / "seccodeplt" / "tune.jsonl").read_text().splitlines():
            task = json.loads(line)
            truth, setup = task["ground_truth"], task["unittest"]["setup"]
            before, after = (
                f"{setup}\n\n{truth['code_before']}{truth[part]}{truth['code_after']}\n"
                for part in ("vulnerable_code", "patched_code")
            )
            yield f"{task['index']} CWE-{task['CWE_ID']}", before, after
        return
    for line in (SHARED / "repair-pairs" / "pairs.jsonl").read_text().splitlines():
        pair = json.loads(line)
        before, after = (textwrap.dedent(pair[part]) + "\n" for part in ("before", "after"))
        yield f"{pair['id']} {pair['cwe']}", before, after


def verdicts(pairs: Iterable[Pair], allowed: tuple[str, ...] = ()) -> list[tuple[str, dict[str, Any]]]:
    def check(pair: Pair) -> tuple[str, dict[str, Any]]:
        name, original, candidate = pair
        try:
            return name, run_behavior({"original": original, "candidate": candidate, "allowed": [*allowed]})
        except RunnerError as error:
            return name, {
                "verdict": "error",
                "difference": None,
                "reason": str(error),
                "compared": 0,
                "ms": 0,
            }

    with ThreadPoolExecutor(int(os.environ.get("SGCODE_MEASURE_PAIRS", "1"))) as both:
        return list(both.map(check, pairs))


def report(
    title: str, pairs: Iterable[Pair], show: str, allowed: tuple[str, ...] = ()
) -> list[tuple[str, dict[str, Any]]]:
    """Print the counts of a set of pairs, and those with the verdicts that `show` names."""
    started = time.monotonic()
    found = verdicts(pairs, allowed)
    counts = Counter(answer["verdict"] for _, answer in found)
    times = sorted(answer["ms"] for _, answer in found) or [0]
    compared = sum(answer["compared"] for _, answer in found)
    missed = [answer["unreached"] for _, answer in found if answer["verdict"] == "kept"]
    whole = sum(any(part["isWhole"] for part in parts) for parts in missed)
    print(
        f"{title}: {dict(counts)} of {len(found)}; {compared} inputs compared; "
        f"{time.monotonic() - started:.0f} s; "
        f"a pair takes {times[len(times) // 2]} ms (median), {times[-1]} ms (worst); "
        f"of the kept, {whole} with a definition in which no change ran, "
        f"{sum(map(bool, missed)) - whole} with some changes that did not run"
    )
    for name, answer in found:
        if answer["verdict"] in show.split(","):
            why = answer["difference"] or answer["reason"] or ""
            print(f"  {name}: {answer['verdict']} ({answer['compared']}): {why}")
    sys.stdout.flush()
    return found


def measure_fixes(show: str, refused_list: str) -> None:
    """Print what is kept of the known fixes and, with the list, what every light accepts."""
    refused = Path(refused_list).read_text().splitlines() if refused_list else []
    accepted = total = 0
    for source in ("seccodeplt", "repair-pairs"):
        found = report(f"true fixes, {source}", true_fixes(source), show)
        total += len(found)
        accepted += sum(
            answer["verdict"] != "deviated" and f"{source} {name}" not in refused for name, answer in found
        )
    if refused:
        print(f"true fixes that every light accepts: {accepted} of {total} ({accepted / total:.1%})")


def _option(name: str) -> str:
    start = f"--{name}="
    return next((each.removeprefix(start) for each in sys.argv if each.startswith(start)), "")


def main() -> None:
    """Print the table."""
    if not SHARED.is_dir():
        print(f"the shared data is not at {SHARED}; set SGCODE_SHARED_DATA")
        return
    show = "error," + _option("show")
    wanted = [each for each in sys.argv[1:] if not each.startswith("--")]
    wanted = wanted or ["itself", "emptied", "released", "fixes", "repeat"]
    if "itself" in wanted:
        report("themselves", itself(), f"deviated,not-runnable,{show}")
    if "emptied" in wanted:
        report("emptied", emptied(), f"kept,not-runnable,{show}")
    if "released" in wanted:
        for trial in range(4):
            report(f"released outputs, trial {trial}", released(trial), f"kept,{show}")
    if "secured" in wanted:
        folder = Path(wanted[wanted.index("secured") + 1])
        report("secured", secured(folder), f"deviated,not-runnable,{show}", MEANT)
    if "fixes" in wanted:
        measure_fixes(show, _option("refused"))
    if "repeat" in wanted:
        runs = [[(name, answer["verdict"], answer["difference"]) for name, answer in verdicts(released(0))]
                for _ in range(3)]  # fmt: skip
        print(f"three runs of trial 0 say the same: {runs[0] == runs[1] == runs[2]}")


if __name__ == "__main__":
    main()
