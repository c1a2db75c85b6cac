"""A parsed program with the questions that operators ask of it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeVar, cast

import libcst as cst
from libcst import metadata

from sgcode_worker.operators import visibility
from sgcode_worker.operators.needed_import import NeededImport
from sgcode_worker.operators.tree.children import children, is_kind
from sgcode_worker.operators.tree.scopes import scopes_of
from sgcode_worker.operators.tree.written import Written, code_of

Node = TypeVar("Node", bound=cst.CSTNode)

__all__ = ["NeededImport", "Program"]


class Program:
    """A LibCST tree with positions, parents and scopes, each computed when first asked for."""

    def __init__(self, source: str | bytes) -> None:
        self.module = cst.parse_module(source)

    # What is known of a node is kept by its identity: its own hash is computed in Python.

    @cached_property
    def written(self) -> Written:
        """The program as LibCST writes it."""
        return Written(self.module)

    @property
    def text(self) -> str:
        """The program's text."""
        return self.written.text

    @cached_property
    def _parents(self) -> dict[int, cst.CSTNode]:
        return self._tree[0]

    @cached_property
    def _nodes(self) -> list[cst.CSTNode]:
        return self._tree[1]

    @cached_property
    def _tree(self) -> tuple[dict[int, cst.CSTNode], list[cst.CSTNode]]:
        """Child → parent, and every node but the module, in the order of the text, outer before inner."""
        parents: dict[int, cst.CSTNode] = {}
        nodes: list[cst.CSTNode] = []
        waiting: list[cst.CSTNode] = [self.module]
        while waiting:
            node = waiting.pop()
            nodes.append(node)
            below = list(children(node))
            for child in below:
                parents[id(child)] = node
            waiting.extend(reversed(below))
        return parents, nodes[1:]

    @cached_property
    def _by_kind(self) -> dict[type[cst.CSTNode], list[int]]:
        """Where in the list of all nodes those of each class stand."""
        found: dict[type[cst.CSTNode], list[int]] = {}
        for index, node in enumerate(self._nodes):
            found.setdefault(type(node), []).append(index)
        return found

    @cached_property
    def _scopes(self) -> Mapping[int, metadata.Scope]:
        return scopes_of(self.module, self._nodes)

    @cached_property
    def _definitions(self) -> dict[cst.CSTNode, str]:
        """Function or class → its qualified name; a second definition of a name is `name#2`."""
        names: dict[cst.CSTNode, str] = {}
        seen: dict[str, int] = {}
        for node in self.nodes(cst.FunctionDef, cst.ClassDef):
            outer = self.enclosing(node, cst.FunctionDef, cst.ClassDef)
            name = f"{names[outer]}.{node.name.value}" if outer is not None else node.name.value
            seen[name] = seen.get(name, 0) + 1
            names[node] = name if seen[name] == 1 else f"{name}#{seen[name]}"
        return names

    def span(self, node: cst.CSTNode) -> metadata.CodeRange:
        """Where the node stands: lines from 1, columns from 0 in code points."""
        line, column, end_line, end_column = self.written.places[id(node)]
        begin, end = metadata.CodePosition(line, column), metadata.CodePosition(end_line, end_column)
        return metadata.CodeRange(begin, end)

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds this one; None for the module."""
        return self._parents.get(id(node))

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around this one, innermost first."""
        current = self.parent(node)
        while current is not None:
            yield current
            current = self.parent(current)

    def enclosing(self, node: cst.CSTNode, *kinds: type[Node]) -> Node | None:
        """The innermost node around this one that is of one of the kinds."""
        for outer in self.ancestors(node):
            if is_kind(type(outer), kinds):
                return cast(Node, outer)
        return None

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        """Every node of the kinds, outer before inner."""
        indexes = [found for kind, found in self._by_kind.items() if is_kind(kind, kinds)]
        ordered = indexes[0] if len(indexes) == 1 else sorted(chain.from_iterable(indexes))
        return (cast(Node, self._nodes[index]) for index in ordered)

    def code(self, node: cst.CSTNode) -> str:
        """The node's source text."""
        return code_of(self.module, node)

    def definition(self, node: cst.CSTNode) -> str:
        """The qualified name of the function or class around the node, '' at module level."""
        outer = self.enclosing(node, cst.FunctionDef, cst.ClassDef)
        return "" if outer is None else self._definitions[outer]

    def scope(self, node: cst.CSTNode) -> metadata.Scope | None:
        """The scope in which the node is evaluated."""
        for each in chain((node,), self.ancestors(node)):
            scope = self._scopes.get(id(each))
            if scope is not None:
                return scope
        return None

    def qualified_names(self, node: cst.CSTNode) -> set[str]:
        """What a name or attribute chain stands for, through imports and aliases.

        `sp.run` after `import subprocess as sp` gives {"subprocess.run"}; a local function `f`
        gives {"f"}; an unknown name gives an empty set.
        """
        scope = self.scope(node)
        if scope is None:
            return set()
        return {found.name for found in scope.get_qualified_names_for(node)}

    def imported_names(self, node: cst.CSTNode) -> set[str]:
        """What a name or attribute chain stands for where it can only be something imported.

        Empty where it is, or may be, something else: a local, a parameter, the result of a call. A name
        that nothing in the file binds stands for the module of that name, as in a fragment without imports.
        A binding to None, as in `except ImportError: yaml = None`, takes nothing away.
        """
        return visibility.imported_names(self, node)

    def reference(
        self, module: str, name: str | None = None, *, at: cst.CSTNode
    ) -> tuple[cst.BaseExpression, NeededImport | None]:
        """The expression that stands for `module`, or for `module.name`, where `at` is evaluated.

        Uses an import that the program has, by the name it has there, when it is certainly executed
        before; else says which import is needed. Nothing that the program binds is ever hidden.
        """
        return visibility.reference(self, module, name, at)
