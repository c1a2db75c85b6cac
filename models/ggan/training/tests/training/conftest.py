"""Small programs and graphs made by hand: what is weak formats a text into a call, what is fixed does not."""

import json
import random

import pytest

from ggan_training.examples import example_of
from ggan_training.spec import Spec

DOCUMENT = {
    "version": 1,
    "kinds": ["other", "module", "function_definition", "assignment", "identifier", "call", "string"],
    "roles": ["none", "other", "body", "left", "right", "function", "argument"],
    "literals": ["none", "text"],
    "nameBuckets": 64,
    "namesPerNode": 6,
    "flags": ["is-sink", "no-argument", "is-parameter"],
    "edges": ["syntax", "sibling", "control-flow", "def-use", "call"],
    "cwes": ["none", "CWE-78", "CWE-89", "other"],
    "operators": ["keep", "parameterize-query", "quote-shell-word"],
    "maxNodes": 40,
}
WEAKNESSES = (("CWE-89", "parameterize-query", 10), ("CWE-78", "quote-shell-word", 20))
MODULE, FUNCTION, ASSIGNMENT, IDENTIFIER, CALL = 1, 2, 3, 4, 5
SYNTAX, SIBLING, CONTROL, USE = 0, 1, 2, 3


def document(seed, weakness=0, is_weak=True, fillers=None):
    """A module with a function: some assignments, then a call, its argument the function's parameter."""
    draws = random.Random(seed)
    fillers = draws.randrange(2, 6) if fillers is None else fillers
    nodes = [(MODULE, 0, 0, []), (FUNCTION, 2, 30, []), (IDENTIFIER, 1, draws.randrange(40, 64), [2])]
    edges = [(0, 1, SYNTAX), (1, 2, SYNTAX)]
    spans = [[1, 0, 9 + fillers, 0], [1, 0, 9 + fillers, 0], [1, 6, 1, 10]]
    previous = 2
    for index in range(fillers):
        nodes.append((ASSIGNMENT, 2, draws.randrange(40, 64), []))
        edges += [(1, len(nodes) - 1, SYNTAX), (previous, len(nodes) - 1, SIBLING)]
        spans.append([2 + index, 4, 2 + index, 12])
        previous = len(nodes) - 1
    call, line = len(nodes), 2 + fillers
    name = WEAKNESSES[weakness][2]
    nodes.append((CALL, 2, name, [0, 1] if is_weak else [0]))
    nodes.append((IDENTIFIER, 6, name + (1 if is_weak else 2), []))
    edges += [(1, call, SYNTAX), (previous, call, CONTROL), (call, call + 1, SYNTAX), (2, call + 1, USE)]
    spans += [[line, 4, line, 20], [line, 12, line, 16]]
    return {
        "kind": [node[0] for node in nodes],
        "role": [node[1] for node in nodes],
        "literal": [0] * len(nodes),
        "names": [[node[2], 0, node[2], 0, 0, 0] for node in nodes],
        "flags": [node[3] for node in nodes],
        "span": spans,
        "edges": dict(
            zip(("source", "target", "type"), (list(each) for each in zip(*edges, strict=True)), strict=True)
        ),
        "partial": False,
    }


def program(seed, name="pairs", *, fixed=True, split="train", cuts=True):
    """A labelled program and the graphs of its two sides, as the files hold them."""
    weakness = seed % len(WEAKNESSES)
    before = document(seed, weakness, is_weak=fixed)
    line = max(span[0] for span in before["span"][3:])
    cwe, operator, _ = WEAKNESSES[weakness]
    label = {"line": line, "column": 4, "endLine": line, "endColumn": 20, "cwe": cwe, "operator": operator}
    labelled = {
        "id": f"{seed:03}",
        "set": name,
        "group": f"group-{seed // 2}",
        "split": split,
        "before": f"before {seed}",
        "after": f"after {seed}" if fixed else None,
        "labels": [label] if fixed else [],
        "cuts": [{"source": [1, 6], "target": [line, 12]}] if fixed and cuts else [],
    }
    graphs = {f"{name}/{seed:03}/before": before}
    if fixed:
        graphs[f"{name}/{seed:03}/after"] = document(seed, weakness, is_weak=False)
    return labelled, graphs


@pytest.fixture(scope="session")
def spec():
    return Spec(DOCUMENT, "0" * 64)


@pytest.fixture
def make_document():
    return document


@pytest.fixture
def make_example(spec):
    def make(seed, name="pairs", **options):
        labelled, graphs = program(seed, name, **options)
        return example_of(labelled, graphs, spec)

    return make


@pytest.fixture
def examples(make_example):
    pairs = [make_example(seed, cuts=seed % 3 > 0) for seed in range(12)]
    return [*pairs, *(make_example(seed, "synthetic", fixed=False) for seed in range(4))]


@pytest.fixture
def data(tmp_path):
    """A folder as the data's own command and the dump of graphs leave it."""
    sets = {
        "pairs": [program(seed, "pairs") for seed in range(12)],
        "tune": [program(seed, "tune") for seed in range(12)],
        "synthetic": [
            program(seed, "synthetic", split="held-out" if seed > 7 else "train", fixed=seed % 4 > 0)
            for seed in range(16)
        ],
        "clean": [
            program(seed, "clean", split="held-out" if seed > 1 else "train", fixed=False)
            for seed in range(8)
        ],
    }
    graphs = {}
    for name, programs in sets.items():
        lines = [json.dumps(labelled) for labelled, _ in programs]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for _, found in programs:
            graphs |= found
    _write_graphs(tmp_path / "graphs.jsonl", graphs)
    (tmp_path / "bandit-ties.json").write_text('["000", "003", "007"]', encoding="utf-8")
    (tmp_path / "graph-spec.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return tmp_path


def _write_graphs(path, graphs):
    lines = [json.dumps({"id": name} | graph) for name, graph in graphs.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
