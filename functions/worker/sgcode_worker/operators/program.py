"""A parsed program with the questions that operators ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import libcst as cst
from libcst import metadata

Node = TypeVar("Node", bound=cst.CSTNode)


@dataclass(frozen=True)
class NeededImport:
    """`import module`, or `from module import name` where a name is given."""

    module: str
    name: str | None = None


class Program:
    """A LibCST tree with positions, parents and scopes, each computed when first asked for."""

    def __init__(self, source: str | bytes) -> None:
        self._wrapper = metadata.MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
        self.module = self._wrapper.module

    @cached_property
    def _positions(self) -> metadata.Mapping[cst.CSTNode, metadata.CodeRange]:
        return self._wrapper.resolve(metadata.PositionProvider)

    @cached_property
    def _parents(self) -> metadata.Mapping[cst.CSTNode, cst.CSTNode]:
        return self._wrapper.resolve(metadata.ParentNodeProvider)

    @cached_property
    def _scopes(self) -> metadata.Mapping[cst.CSTNode, metadata.Scope | None]:
        return self._wrapper.resolve(metadata.ScopeProvider)

    def span(self, node: cst.CSTNode) -> metadata.CodeRange:
        """Where the node stands: lines from 1, columns from 0 in code points."""
        return self._positions[node]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds this one; None for the module."""
        return self._parents.get(node)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around this one, innermost first."""
        current = self.parent(node)
        while current is not None:
            yield current
            current = self.parent(current)

    def enclosing(self, node: cst.CSTNode, *kinds: type[Node]) -> Node | None:
        """The innermost node around this one that is of one of the kinds."""
        return next((outer for outer in self.ancestors(node) if isinstance(outer, kinds)), None)

    def scope(self, node: cst.CSTNode) -> metadata.Scope | None:
        """The scope in which the node is evaluated."""
        if node in self._scopes:
            return self._scopes[node]
        return next((self._scopes[outer] for outer in self.ancestors(node) if outer in self._scopes), None)

    def qualified_names(self, node: cst.CSTNode) -> set[str]:
        """What a name or attribute chain stands for, through imports and aliases.

        `sp.run` after `import subprocess as sp` gives {"subprocess.run"}; a local function `f`
        gives {"f"}; an unknown name gives an empty set.
        """
        scope = self.scope(node)
        if scope is None:
            return set()
        return {found.name for found in scope.get_qualified_names_for(node)}
