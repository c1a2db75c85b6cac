"""Which nodes of a graph are weak, by the labels of its program.

The rule, for each label:

1. the nodes with exactly its span (a call, an operation, a text; a node and its only child may share a span);
2. where there are none, the outermost nodes that lie within it, the module excepted;
3. where there are none, the smallest node around it.

Of more than six nodes the first six count. Without a label nothing is weak.
A flow is cut where a def-use edge leads from what begins at the cut's source to what begins at its target;
where no edge does, any edge between what holds the two places on the same lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

MAX_NODES = 6
UNKNOWN = -1
KEEP = 0
_NO_CWE = 0

Span = tuple[int, int, int, int]


def node_labels(
    graph: Mapping[str, Any], labels: Iterable[Mapping[str, Any]], spec: Mapping[str, Any]
) -> list[tuple[bool, int, int]]:
    """Return for each node of a graph whether it is weak, the CWE's index and the operator's index.

    Graphs, labels and the specification are the documents that the JSON files hold. A node that is not weak
    has the CWE `none` and the operator `keep`; a weak one whose operator nobody knows has -1. A CWE that the
    specification does not list is `other`.
    """
    cwes, operators = _indices(spec["cwes"]), _indices(spec["operators"])
    spans = [(span[0], span[1], span[2], span[3]) for span in graph["span"]]
    rows = [(False, _NO_CWE, KEEP)] * len(spans)
    for label in labels:
        cwe = cwes.get(label["cwe"] or "other", cwes["other"])
        operator = operators[label["operator"]] if label["operator"] is not None else UNKNOWN
        for node in labelled_nodes(spans, _span(label)):
            if not rows[node][0] or rows[node][2] == UNKNOWN:
                rows[node] = (True, cwe, operator)
    return rows


def labelled_nodes(spans: Sequence[Span], wanted: Span) -> list[int]:
    """Return the nodes that a label means, in their order: the rule above."""
    exact = [node for node, span in enumerate(spans) if span == wanted and node > 0]
    if exact:
        return exact[:MAX_NODES]
    within = _outermost(spans, [node for node, span in enumerate(spans) if node > 0 and _holds(wanted, span)])
    if within:
        return within[:MAX_NODES]
    around = [node for node, span in enumerate(spans) if node > 0 and _holds(span, wanted)]
    # Nodes come before those in them, so the last of them that holds the place is the smallest.
    return around[-1:]


def cut_edges(
    graph: Mapping[str, Any], cuts: Iterable[Mapping[str, Any]], spec: Mapping[str, Any]
) -> list[bool]:
    """Return for each edge of a graph, in its order, whether the fix cuts it. Only def-use edges are."""
    edges, spans = graph["edges"], graph["span"]
    uses = spec["edges"].index("def-use")
    flags = [False] * len(edges["source"])
    flows = [
        (edge, spans[source], spans[target])
        for edge, (source, target, kind) in enumerate(
            zip(edges["source"], edges["target"], edges["type"], strict=True)
        )
        if kind == uses
    ]
    for cut in cuts:
        for edge in _cut_by(flows, tuple(cut["source"]), tuple(cut["target"])):
            flags[edge] = True
    return flags


def _cut_by(flows: list[tuple[int, Any, Any]], source: tuple[int, ...], target: tuple[int, ...]) -> list[int]:
    exact = [edge for edge, start, end in flows if _begins(start, source) and _begins(end, target)]
    if exact:
        return exact
    to_target = [edge for edge, start, end in flows if _begins(end, target) and start[0] == source[0]]
    return to_target or [edge for edge, start, end in flows if _in(start, source) and _in(end, target)]


def _indices(names: Sequence[str]) -> dict[str, int]:
    return {name: index for index, name in enumerate(names)}


def _span(label: Mapping[str, Any]) -> Span:
    return label["line"], label["column"], label["endLine"], label["endColumn"]


def _holds(outer: Span, inner: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]


def _outermost(spans: Sequence[Span], nodes: Sequence[int]) -> list[int]:
    kept: list[int] = []
    for node in nodes:
        if not any(_holds(spans[outer], spans[node]) for outer in kept):
            kept.append(node)
    return kept


def _begins(span: Sequence[int], place: tuple[int, ...]) -> bool:
    return (span[0], span[1]) == place


def _in(span: Sequence[int], place: tuple[int, ...]) -> bool:
    return span[0] == place[0] and (span[0], span[1]) <= place < (span[2], span[3])
