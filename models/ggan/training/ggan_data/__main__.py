"""Writes the labelled programs: `python -m ggan_data --data FOLDER --out FOLDER`."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ggan_data.analysis.bandit_ties import tied
from ggan_data.analysis.silent import is_silent
from ggan_data.clean import STANDARD_LIBRARY, Piece, chosen, clean_programs, halves, pieces
from ggan_data.families import families
from ggan_data.pairs import read_pairs
from ggan_data.programs import LabelledProgram, write_programs
from ggan_data.synthesis.backward.inject import inject_all
from ggan_data.synthesis.generate import Sources, generate
from ggan_data.synthesis.graft import grafts
from ggan_data.synthesis.templates import TEMPLATES
from ggan_data.tune import read_tasks

_CLEAN = 250
_GRAFTS = 500
_INJECTED = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every set of programs and return the exit status."""
    parser = argparse.ArgumentParser(prog="ggan_data", description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder with repair-pairs and seccodeplt"
    )
    parser.add_argument("--out", type=Path, required=True, help="where the JSONL files go")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    pairs = list(read_pairs(options.data))
    _say("pairs", write_programs(options.out / "pairs.jsonl", pairs))
    tasks = list(read_tasks(options.data))
    _say("tune", write_programs(options.out / "tune.jsonl", tasks))
    _write_json(options.out / "tune-families.json", families(tasks))
    ties = tied(pairs)
    _write_json(options.out / "bandit-ties.json", ties)
    _say("ties", len(ties))
    learned, held_out = halves(list(pieces()), options.seed)
    clean = clean_programs(
        chosen(learned, f"{options.seed}/clean", _CLEAN, is_silent),
        chosen(held_out, f"{options.seed}/clean", _CLEAN, is_silent),
    )
    _say("clean", write_programs(options.out / "clean.jsonl", clean))
    synthetic = [*_generated(learned, held_out, options.seed), *_injected(learned, options.seed)]
    _say("synthetic", write_programs(options.out / "synthetic.jsonl", synthetic))
    return 0


def _generated(learned: Sequence[Piece], held_out: Sequence[Piece], seed: int) -> Iterator[LabelledProgram]:
    """Programs of all templates, at times in real functions."""
    real = [grafts(chosen(half, f"{seed}/graft", _GRAFTS, is_silent)) for half in (learned, held_out)]
    return generate(Sources(TEMPLATES, *real), seed)


def _injected(learned: Sequence[Piece], seed: int) -> list[LabelledProgram]:
    """Programs with a weakness put in; the tests of the standard library use more of what can be weakened."""
    tests = pieces(STANDARD_LIBRARY / "test") if (STANDARD_LIBRARY / "test").is_dir() else ()
    return inject_all([*learned, *tests], seed, _INJECTED, is_silent)


def _write_json(path: Path, value: list[str] | dict[str, int]) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


def _say(name: str, count: int) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {name}: {count}\n")


if __name__ == "__main__":
    sys.exit(main())
