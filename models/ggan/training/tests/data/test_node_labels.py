"""Labels find their nodes in a graph."""

from typing import Any

import pytest

from ggan_data.node_labels import KEEP, UNKNOWN, cut_edges, node_labels

SPEC = {
    "cwes": ["none", "CWE-78", "CWE-89", "other"],
    "operators": ["keep", "parameterize-query", "argv-without-shell"],
    "edges": ["syntax", "def-use"],
}
# def f(x):
#     run("a" + x)
GRAPH: dict[str, Any] = {
    "span": [
        [1, 0, 3, 0],
        [1, 0, 2, 16],
        [1, 6, 1, 7],
        [2, 4, 2, 16],
        [2, 4, 2, 7],
        [2, 8, 2, 15],
        [2, 8, 2, 11],
        [2, 14, 2, 15],
    ],
    "edges": {"source": [0, 2, 2], "target": [1, 7, 5], "type": [0, 1, 1]},
}


def label(
    span: list[int], cwe: str | None = "CWE-89", operator: str | None = "parameterize-query"
) -> dict[str, Any]:
    line, column, end_line, end_column = span
    names = {"line": line, "column": column, "endLine": end_line, "endColumn": end_column}
    return {**names, "cwe": cwe, "operator": operator}


def weak(rows: list[tuple[bool, int, int]]) -> list[int]:
    return [node for node, row in enumerate(rows) if row[0]]


@pytest.mark.parametrize(
    ("span", "nodes"),
    [
        ([2, 8, 2, 15], [5]),
        ([2, 0, 2, 16], [3]),
        ([2, 7, 2, 15], [5]),
        ([2, 9, 2, 10], [6]),
        ([1, 0, 3, 0], [1]),
        ([2, 11, 2, 15], [7]),
    ],
    ids=["its own span", "wider", "wider inside", "within a text", "the whole program", "a part"],
)
def test_a_label_means_few_nodes(span: list[int], nodes: list[int]) -> None:
    assert weak(node_labels(GRAPH, [label(span)], SPEC)) == nodes


def test_rows_name_the_weakness_and_the_operator() -> None:
    rows = node_labels(GRAPH, [label([2, 8, 2, 15]), label([2, 4, 2, 16], "CWE-20", None)], SPEC)

    assert rows[5] == (True, 2, 1)
    assert rows[3] == (True, 3, UNKNOWN)
    assert rows[0] == (False, 0, KEEP)


def test_a_known_operator_wins_over_an_unknown_one() -> None:
    rows = node_labels(GRAPH, [label([2, 8, 2, 15], operator=None), label([2, 8, 2, 15])], SPEC)

    assert rows[5] == (True, 2, 1)


def test_an_operator_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        node_labels(GRAPH, [label([2, 8, 2, 15], operator="guess")], SPEC)


def test_without_a_label_nothing_is_weak() -> None:
    assert weak(node_labels(GRAPH, [], SPEC)) == []


def test_a_cut_is_the_edge_between_its_places() -> None:
    assert cut_edges(GRAPH, [{"source": [1, 6], "target": [2, 14]}], SPEC) == [False, True, False]


def test_a_cut_that_begins_elsewhere_in_the_line_still_finds_its_edge() -> None:
    assert cut_edges(GRAPH, [{"source": [1, 0], "target": [2, 14]}], SPEC) == [False, True, False]


def test_a_cut_that_no_edge_fits_is_none() -> None:
    assert cut_edges(GRAPH, [{"source": [9, 0], "target": [9, 4]}], SPEC) == [False, False, False]
