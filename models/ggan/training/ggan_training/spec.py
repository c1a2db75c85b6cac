"""The vocabulary and the shapes that graphs and model share."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

SPEC_PATH = Path(__file__).parents[2] / "graph-spec.json"


@dataclass(frozen=True)
class Spec:
    """What `graph-spec.json` says; the position of a word in its list is its number in graphs."""

    document: dict[str, Any]
    sha256: str

    @cached_property
    def kinds(self) -> int:
        """How many kinds of nodes there are."""
        return len(self.document["kinds"])

    @cached_property
    def roles(self) -> int:
        """How many roles of a node in its parent there are."""
        return len(self.document["roles"])

    @cached_property
    def literals(self) -> int:
        """How many classes of literals there are."""
        return len(self.document["literals"])

    @cached_property
    def names(self) -> int:
        """How many rows a table of names needs: the buckets, and one for no name."""
        return int(self.document["nameBuckets"]) + 1

    @cached_property
    def names_per_node(self) -> int:
        """How many names each node has."""
        return int(self.document["namesPerNode"])

    @cached_property
    def flags(self) -> int:
        """How many features of zero or one each node has."""
        return len(self.document["flags"])

    @cached_property
    def edges(self) -> list[str]:
        """The types of edges, in one direction."""
        return list(self.document["edges"])

    @cached_property
    def def_use(self) -> int:
        """The number of the edges from a definition to its uses."""
        return self.edges.index("def-use")

    @cached_property
    def syntax(self) -> int:
        """The number of the edges from a node to its parts."""
        return self.edges.index("syntax")

    @cached_property
    def cwes(self) -> list[str]:
        """The kinds of weaknesses; the first is none."""
        return list(self.document["cwes"])

    @cached_property
    def operators(self) -> list[str]:
        """The operators; the first is to keep a node as it is."""
        return list(self.document["operators"])


def read_spec(path: Path = SPEC_PATH) -> Spec:
    """Return the specification in a file. Raises OSError or ValueError where there is none."""
    content = path.read_bytes()
    return Spec(json.loads(content), hashlib.sha256(content).hexdigest())
