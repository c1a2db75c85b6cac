"""Measures the static gates: what they refuse of PromSec's outputs and what they accept of true fixes.

Usage: python measure/gates.py [REFUSED_FIXES_FILE]
"""

import json
import os
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORKER = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WORKER))

from sgcode_worker.gates.verify import verify_candidate  # noqa: E402

SHARED = Path(os.environ.get("SGCODE_SHARED_DATA", WORKER.parent.parent.parent / "shared" / "data"))
LIGHTS = ("parses", "surface", "honest")


def refused(gates: dict[str, Any], lights: tuple[str, ...] = LIGHTS) -> list[str]:
    """Return the reasons for which the lights refuse a candidate, empty when they accept it."""
    return [
        f"{light}: {each['message']}" + (f" (line {each['line']})" if each["line"] else "")
        for light in lights
        if gates[light]["light"] == "fail"
        for each in gates[light]["evidence"]
    ]


def true_fixes() -> Iterator[tuple[str, str, str, str]]:
    """Yield (source, id, before, after) of every known fix that changes something."""
    for line in (SHARED / "seccodeplt" / "tune.jsonl").read_text().splitlines():
        task = json.loads(line)
        truth, setup = task["ground_truth"], task["unittest"]["setup"]
        before, after = (
            f"{setup}\n\n{truth['code_before']}{truth[part]}{truth['code_after']}\n"
            for part in ("vulnerable_code", "patched_code")
        )
        yield "seccodeplt", f"{task['index']} CWE-{task['CWE_ID']}", before, after
    for line in (SHARED / "repair-pairs" / "pairs.jsonl").read_text().splitlines():
        pair = json.loads(line)
        before, after = (textwrap.dedent(pair[part]) + "\n" for part in ("before", "after"))
        yield "repair-pairs", f"{pair['id']} {pair['cwe']}", before, after


def measure_rewrites() -> None:
    """Print how many of PromSec's own outputs the static gates refuse, a trial at a time."""
    originals = sorted((SHARED / "promsec" / "testing").glob("*.py"))
    for trial in range(4):
        accepted: list[str] = []
        lights: Counter[str] = Counter()
        for path in originals:
            candidate = SHARED / "promsec" / "released-outputs" / f"trial-{trial}" / path.name
            gates = verify_candidate(path.read_bytes(), candidate.read_bytes(), [])
            lights.update(light for light in LIGHTS if gates[light]["light"] == "fail")
            if not refused(gates):
                accepted.append(path.stem)
        print(
            f"released outputs, trial {trial}: {len(originals) - len(accepted)} of {len(originals)} refused "
            f"{dict(lights)}; accepted: {' '.join(accepted) or 'none'}"
        )


def measure_fixes(listing: Path | None) -> None:
    """Print how many true fixes `surface` and `honest` accept; list the refused with their reasons."""
    accepted: Counter[str] = Counter()
    total: Counter[str] = Counter()
    listed: list[str] = []
    for source, name, before, after in true_fixes():
        gates = verify_candidate(before.encode(), after.encode(), [])
        reasons = refused(gates, ("surface", "honest"))
        total[source] += 1
        accepted[source] += not reasons
        if reasons:
            listed.append("\n".join([f"{source} {name}", *(f"  {reason}" for reason in reasons)]))
    for source in total:
        print(f"true fixes, {source}: {accepted[source]} of {total[source]} accepted")
    print(f"true fixes, all: {accepted.total() / total.total():.1%} accepted")
    if listing is not None:
        listing.write_text("\n".join(listed) + "\n")


def measure_time() -> None:
    """Print the time that all three lights take for a file of the test programs."""
    times: list[tuple[float, int]] = []
    for path in sorted((SHARED / "promsec" / "testing").glob("*.py")):
        code = path.read_bytes()
        candidate = code + b"\n# changed\n"
        verify_candidate(b"x = 1\n", b"x = 1\n", [])
        began = time.perf_counter()
        verify_candidate(code, candidate, [])
        times.append(((time.perf_counter() - began) * 1000, code.count(b"\n")))
    per_line = sorted(spent / max(lines, 1) * 100 for spent, lines in times)
    worst = max(times)
    print(
        f"time per 100 lines: median {per_line[len(per_line) // 2]:.1f} ms; "
        f"worst file {worst[0]:.1f} ms ({worst[1]} lines)"
    )


def main() -> None:
    """Print the table of bars."""
    if not SHARED.is_dir():
        print(f"the shared data is not at {SHARED}; set SGCODE_SHARED_DATA")
        return
    measure_rewrites()
    measure_fixes(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    measure_time()


if __name__ == "__main__":
    main()
