"""The figures as tables for people."""

from collections.abc import Mapping, Sequence
from typing import Any


def figures_table(results: Mapping[str, Any]) -> str:
    """Return a Markdown table: a row for each variant, the standard errors beside the figures."""
    columns = list(next(iter(results.values()))["figures"])
    rows = [
        [variant, *(_figure(result["figures"][column]) for column in columns)]
        for variant, result in results.items()
    ]
    counts = ["", *(f"n = {next(iter(results.values()))['figures'][column]['count']}" for column in columns)]
    return _table(["variant", *columns], [counts, *rows])


def operators_table(result: Mapping[str, Any]) -> str:
    """Return a Markdown table of what a variant does operator by operator on held-out templates."""
    rows = [
        [name, f"{row['precision']:.2f}", f"{row['recall']:.2f}", str(row["count"])]
        for name, row in result["operators"].items()
    ]
    return _table(["operator", "precision", "recall", "nodes"], rows)


def clean_table(result: Mapping[str, Any]) -> str:
    """Return a Markdown table of how much clean code a variant flags at its thresholds."""
    rows = [
        [name, str(code["lines"]), str(code["flagged"]), f"{code['flaggedPer100']:.2f}"]
        for name, code in result["clean"].items()
    ]
    return _table(["clean code", "lines", "flagged", "of 100"], rows)


def _figure(figure: Mapping[str, float]) -> str:
    return f"{figure['value']:.3f} ± {figure['error']:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
