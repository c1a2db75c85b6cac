"""Labelled programs and how they are stored: one JSON object a line."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

Set = Literal["pairs", "tune", "synthetic", "clean"]
Split = Literal["train", "held-out"]
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Label:
    """A weak place of `before`: lines from 1, columns in code points from 0, half-open.

    Without an operator nobody can say which of ours mends it, so it teaches nothing about operators.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    cwe: str | None
    operator: str | None


@dataclass(frozen=True)
class Cut:
    """A flow that the fix cuts or sanitizes: where a value gets its name, and where it is used."""

    source: Place
    target: Place


@dataclass(frozen=True)
class LabelledProgram:
    """A program and its fixed form. Without one it is clean as it is: nothing of it is weak."""

    id: str
    set: Set
    group: str
    before: str
    after: str | None
    split: Split = "train"
    labels: tuple[Label, ...] = ()
    cuts: tuple[Cut, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """What is stored: names as in the other documents of the system."""
        return asdict(self) | {
            "labels": [_label_document(label) for label in self.labels],
            "cuts": [{"source": list(cut.source), "target": list(cut.target)} for cut in self.cuts],
        }


def write_programs(path: Path, programs: Iterable[LabelledProgram]) -> int:
    """Write the programs, one a line, and return how many they are."""
    lines = [json.dumps(program.document(), ensure_ascii=False) for program in programs]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def read_programs(path: Path) -> Iterator[LabelledProgram]:
    """Yield the programs of a file that `write_programs` wrote. Raises KeyError for anything else."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield program_of(json.loads(line))


def program_of(document: Mapping[str, Any]) -> LabelledProgram:
    """Return the program that a document describes. Raises KeyError where a field is missing."""
    return LabelledProgram(
        id=document["id"],
        set=document["set"],
        group=document["group"],
        before=document["before"],
        after=document["after"],
        split=document["split"],
        labels=tuple(label_of(label) for label in document["labels"]),
        cuts=tuple(Cut(tuple(cut["source"]), tuple(cut["target"])) for cut in document["cuts"]),
    )


def label_of(document: Mapping[str, Any]) -> Label:
    """Return the label that a document describes. Raises KeyError where a field is missing."""
    return Label(
        document["line"],
        document["column"],
        document["endLine"],
        document["endColumn"],
        document["cwe"],
        document["operator"],
    )


def _label_document(label: Label) -> dict[str, Any]:
    return {
        "line": label.line,
        "column": label.column,
        "endLine": label.end_line,
        "endColumn": label.end_column,
        "cwe": label.cwe,
        "operator": label.operator,
    }
