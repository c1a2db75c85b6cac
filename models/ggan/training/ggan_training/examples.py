"""Labelled programs joined with their graphs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ggan_data.node_labels import cut_edges, node_labels
from ggan_training.graphs import Graph, graph_of
from ggan_training.groups import joined_groups
from ggan_training.spec import Spec

SETS = ("pairs", "tune", "synthetic", "clean")
UNKNOWN_OPERATOR = -1


@dataclass(frozen=True)
class Example:
    """A program and, where there is one, its fixed form. The labels are those of `before`'s nodes and edges.

    `operator` is -1 where nobody knows it. `cut` is 1 for a def-use edge that the fix cuts, 0 for one that
    it leaves, -1 where the data cannot tell.
    """

    id: str
    set: str
    group: str
    split: str
    before: Graph
    after: Graph | None
    weak: Tensor
    cwe: Tensor
    operator: Tensor
    cut: Tensor
    lines: frozenset[int]


def write_codes(data: Path, spec_sets: Sequence[str] = SETS) -> int:
    """Write `codes.jsonl`, from which the graphs are dumped, and return how many programs it has."""
    count = 0
    with (data / "codes.jsonl").open("w", encoding="utf-8") as out:
        for program in _programs(data, spec_sets):
            for side in ("before", "after"):
                if program[side] is not None:
                    line = {"id": _name(program, side), "code": program[side]}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
    return count


def read_examples(data: Path, spec: Spec, sets: Sequence[str] = SETS) -> list[Example]:
    """Return the programs of a folder's JSONL files with the graphs in its `graphs.jsonl`.

    Tasks that `tune-families.json` calls one program in other words are of one group. A program too large for
    the model's graphs is left out. Raises KeyError where a graph is missing.
    """
    programs = _regrouped(data, list(_programs(data, sets)))
    wanted = {_name(program, side) for program in programs for side in ("before", "after")}
    documents = {each["id"]: each for each in _lines(data / "graphs.jsonl") if each["id"] in wanted}
    limit = int(spec.document["maxNodes"])
    return [
        example_of(program, documents, spec) for program in programs if _largest(program, documents) <= limit
    ]


def example_of(program: Mapping[str, Any], documents: Mapping[str, Any], spec: Spec) -> Example:
    """Return a labelled program with its graphs. Raises KeyError where one is missing."""
    document = documents[_name(program, "before")]
    rows = node_labels(document, program["labels"], spec.document)
    after = program["after"]
    return Example(
        id=program["id"],
        set=program["set"],
        group=program["group"],
        split=program["split"],
        before=graph_of(document, spec),
        after=None if after is None else graph_of(documents[_name(program, "after")], spec),
        weak=torch.tensor([weak for weak, _, _ in rows]),
        cwe=torch.tensor([cwe for _, cwe, _ in rows]),
        operator=torch.tensor([operator for _, _, operator in rows]),
        cut=_cut_labels(document, program, [weak for weak, _, _ in rows], spec),
        lines=frozenset(
            line for label in program["labels"] for line in range(label["line"], label["endLine"] + 1)
        ),
    )


def _cut_labels(
    document: Mapping[str, Any], program: Mapping[str, Any], weak: Sequence[bool], spec: Spec
) -> Tensor:
    """Where nobody said which flows are cut, those into what is weak may be, and no other is."""
    flags = torch.tensor(cut_edges(document, program["cuts"], spec.document), dtype=torch.long)
    if program["cuts"]:
        return flags
    spans = [tuple(span) for span in document["span"]]
    places = [spans[node] for node, is_weak in enumerate(weak) if is_weak]
    for edge, target in enumerate(document["edges"]["target"]):
        end = spans[target]
        if any(place[:2] <= end[:2] and end[2:] <= place[2:] for place in places):
            flags[edge] = -1
    return flags


def _regrouped(data: Path, programs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    path = data / "tune-families.json"
    families = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    groups = {each["id"]: each["group"] for each in programs if each["set"] == "tune"}
    joined = joined_groups(groups, families)
    return [each | {"group": joined[each["id"]]} if each["set"] == "tune" else each for each in programs]


def _programs(data: Path, sets: Iterable[str]) -> Iterator[dict[str, Any]]:
    for name in sets:
        path = data / f"{name}.jsonl"
        if path.exists():
            yield from _lines(path)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _largest(program: Mapping[str, Any], documents: Mapping[str, Any]) -> int:
    sides = [side for side in ("before", "after") if program[side] is not None]
    return max(len(documents[_name(program, side)]["kind"]) for side in sides)


def _name(program: Mapping[str, Any], side: str) -> str:
    return f"{program['set']}/{program['id']}/{side}"
