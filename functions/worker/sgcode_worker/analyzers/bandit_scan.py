"""Bandit's scan of one program, without the work whose result is not used here.

A good part of a scan goes into parsing what is parsed already, into asking for each node and check which
suppression comments apply, and into scores. Where there are no comments Bandit's own answer is `None`, and
the scores are only for its summary.
"""

import ast
from itertools import zip_longest
from typing import Any

from bandit.core import config, manager, node_visitor, tester

_NO_SCORES: dict[str, list[int]] = {"SEVERITY": [0] * 4, "CONFIDENCE": [0] * 4}


class Scan(manager.BanditManager):
    """A manager whose visitor skips unused work. It keeps results, so it is good for one program."""

    def __init__(self, settings: config.BanditConfig, tree: ast.Module, *, ignore_nosec: bool) -> None:
        super().__init__(settings, "file", ignore_nosec=ignore_nosec)
        self._tree = tree

    def _execute_ast_visitor(
        self, fname: str, fdata: Any, data: bytes, nosec_lines: dict[int, set[str]]
    ) -> dict[str, list[int]]:
        visitor = _Visitor(fname, fdata, self.b_ma, self.b_ts, self.debug, nosec_lines, self.metrics)
        visitor.tester = _Tester(self.b_ts, self.debug, nosec_lines, self.metrics)
        visitor.visit_tree(self._tree)
        self.results.extend(visitor.tester.results)
        return _NO_SCORES


class _Visitor(node_visitor.BanditNodeVisitor):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._looked_at: dict[type[ast.AST], bool] = {}

    def visit_tree(self, tree: ast.Module) -> None:
        """Do what `process` does with the tree that it parses: the nodes, then the file as a whole."""
        self.generic_visit(tree)
        self.context = {
            "file_data": self.fdata,
            "filename": self.fname,
            "lineno": 0,
            "linerange": [0, 1],
            "col_offset": 0,
        }
        self.tester.run_tests(self.context, "File")

    def generic_visit(self, node: ast.AST) -> None:
        """Go through the nodes below, and look at those that a check or a visiting method is for."""
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self._visit_child(node, value, None)
            elif isinstance(value, list):
                for item, sibling in zip_longest(value, value[1:]):
                    if isinstance(item, ast.AST):
                        self._visit_child(node, item, sibling)

    def _visit_child(self, node: ast.AST, child: Any, sibling: Any) -> None:
        child._bandit_sibling = sibling
        child._bandit_parent = node
        if not self._looks_at(type(child)):
            self.generic_visit(child)
        elif self.pre_visit(child):
            self.visit(child)
            self.generic_visit(child)
            self.post_visit(child)

    def _looks_at(self, kind: type[ast.AST]) -> bool:
        known = self._looked_at.get(kind)
        if known is None:
            name = kind.__name__
            known = hasattr(self, f"visit_{name}") or bool(self.tester.testset.get_tests(name))
            self._looked_at[kind] = known
        return known

    def update_scores(self, scores: dict[str, list[int]]) -> None:
        """Leave the scores: nobody reads them."""


class _Tester(tester.BanditTester):
    def run_tests(self, raw_context: dict[str, Any], checktype: str) -> dict[str, list[int]]:
        """Run the checks for a kind of node, where there are any."""
        if not self.testset.get_tests(checktype):
            return _NO_SCORES
        scores: dict[str, list[int]] = super().run_tests(raw_context, checktype)
        return scores

    def _get_nosecs_from_contexts(self, context: Any, test_result: Any = None) -> set[str] | None:
        if not self.nosec_lines:
            return None
        found: set[str] | None = super()._get_nosecs_from_contexts(context, test_result)
        return found
