"""Finds the values in an HTML text, and in the texts that it is made of, that are to be escaped."""

from collections import defaultdict

import libcst as cst

from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name
from sgcode_worker.operators.web.html_bindings import given_to, is_builtin
from sgcode_worker.operators.web.html_context import Place, Reader, is_html
from sgcode_worker.operators.web.html_parts import Hole, parts_of
from sgcode_worker.operators.web.html_types import is_text
from sgcode_worker.operators.web.html_values import Kind, is_part, kind_of

_TEMPLATE = ("{{", "{%", "<%", "<?php")


class Escaping:
    """What becomes of one text: the first of `texts`, which those follow that it is made of."""

    def __init__(self, program: Program, text: cst.BaseExpression) -> None:
        self.texts: list[cst.BaseExpression] = []
        self.replacements: dict[cst.CSTNode, Replacement] = {}
        self.imports: list[NeededImport] = []
        self.left: list[str] = []
        """The values that may be HTML already, as they are written."""
        self.fault: str | None = None
        """Why nothing must be done."""
        self._program = program
        self._names: set[int] = set()
        self._escape(text)

    def _escape(self, text: cst.BaseExpression) -> None:
        if any(each is text for each in self.texts):
            return
        self.texts.append(text)
        reader = Reader()
        holes: dict[int, list[tuple[Hole, Place]]] = defaultdict(list)
        for part in parts_of(self._program, text) or ():
            if isinstance(part, str):
                reader.read(part)
                if any(mark in part for mark in _TEMPLATE):
                    self.fault = "It is a template that is filled later: values are to be escaped there."
            else:
                holes[id(part.replaced)].append((part, reader.place()))
        if reader.broken:
            self.fault = self.fault or "It begins within a tag, so where its values stand cannot be told."
        for places in holes.values():
            self._fill(places)

    def _fill(self, places: list[tuple[Hole, Place]]) -> None:
        """One value with every place where it stands."""
        hole = places[0][0]
        kind = self._kind(places)
        if kind == "html":
            self._within(hole.value)
        elif kind == "text" and any(each.settled for each, _ in places):
            kind = "unknown"
        elif kind == "text":
            fault = next((place.fault for _, place in places if place.fault is not None), None)
            if fault is not None:
                self.fault = self.fault or f"`{self._shown(hole.value)}`: {fault[0].lower()}{fault[1:]}"
            else:
                self.replacements[hole.replaced] = hole.build(self._escaped(hole))
        if kind == "unknown" and not hole.settled:
            self.left.append(self._shown(hole.value))

    def _kind(self, places: list[tuple[Hole, Place]]) -> Kind:
        value = places[0][0].value
        name = (dotted_name(value) or "").rpartition(".")[2]
        if any(is_part(name, place) for _, place in places):
            return "html"
        if isinstance(value, cst.Tuple) and not value.lpar:
            return "unknown"
        return kind_of(self._program, value)

    def _escaped(self, hole: Hole) -> cst.Call:
        value = hole.value
        if hole.conversion or not (hole.is_text or is_text(self._program, value)):
            shown = hole.conversion or "str"
            if not is_builtin(self._program, shown, value):
                self.fault = f"The program gives the name {shown} a meaning of its own."
            value = cst.Call(cst.Name(shown), [cst.Arg(value)])
        function, needed = self._program.reference("html", "escape", at=hole.value)
        if needed is not None and needed not in self.imports:
            self.imports.append(needed)
        return cst.Call(function, [cst.Arg(value)])

    def _within(self, value: cst.BaseExpression) -> None:
        """Escape in the texts that a value is made of, where that is HTML."""
        parts = parts_of(self._program, value)
        if parts is not None:
            if is_html([part for part in parts if isinstance(part, str)]):
                self._escape(value)
            else:
                for part in parts:
                    if isinstance(part, Hole):
                        self._within(part.value)
        elif isinstance(value, cst.Name):
            self._follow(value)
        elif isinstance(value, cst.IfExp):
            self._within(value.body)
            self._within(value.orelse)
        elif isinstance(value, cst.BooleanOperation):
            self._within(value.left)
            self._within(value.right)
        elif isinstance(value, (cst.ListComp, cst.GeneratorExp)):
            self._within(value.elt)
        elif isinstance(value, (cst.List, cst.Tuple)):
            for element in value.elements:
                self._within(element.value)
        elif isinstance(value, cst.Call) and _is_join(value):
            self._within(value.args[0].value)

    def _follow(self, name: cst.Name) -> None:
        """The texts that the function gives the name."""
        function = self._program.enclosing(name, cst.FunctionDef)
        for given in given_to(self._program, name):
            source = given.source
            if given.how != "value" or not isinstance(source, cst.BaseExpression):
                continue
            if id(source) in self._names:
                continue
            self._names.add(id(source))
            if self._program.enclosing(source, cst.FunctionDef) is function:
                self._within(source)

    def _shown(self, node: cst.CSTNode) -> str:
        return " ".join(self._program.code(node).split())


def _is_join(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value == "join" and len(call.args) == 1
