"""Whether a value is certainly a text, so that it needs no `str` around it."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name
from sgcode_worker.operators.web.html_bindings import Given, given_to, is_builtin
from sgcode_worker.operators.web.html_parts import parts_of

_METHODS = frozenset(
    "strip lstrip rstrip lower upper title capitalize casefold swapcase replace join format center ljust "
    "rjust zfill decode".split()
)
_FUNCTIONS = frozenset({"str", "repr", "ascii", "format", "input"})
_SPLITTING = frozenset({"split", "rsplit", "splitlines"})
_SERIES = frozenset({"list", "List", "Iterable", "Sequence", "set", "Set", "frozenset", "Iterator"})
_DEEPEST = 4


def is_text(program: Program, node: cst.BaseExpression, depth: int = _DEEPEST) -> bool:
    """Return whether the value can only be a `str`, by its annotation or by how it is made."""
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute):
            return node.func.attr.value in _METHODS
        name = node.func.value if isinstance(node.func, cst.Name) else ""
        return name in _FUNCTIONS and is_builtin(program, name, node)
    if not isinstance(node, cst.Name):
        return parts_of(program, node) is not None and not isinstance(node, cst.BinaryOperation)
    given = given_to(program, node) if depth else []
    return bool(given) and all(_gives_text(program, each, depth) for each in given)


def _gives_text(program: Program, given: Given, depth: int) -> bool:
    if isinstance(given.source, cst.Param):
        return _is_annotated(given.source, "str")
    if not isinstance(given.source, cst.BaseExpression):
        return False
    if given.how == "element":
        return _holds_texts(program, given.source)
    return given.how == "value" and is_text(program, given.source, depth - 1)


def _is_annotated(parameter: cst.Param, name: str) -> bool:
    if parameter.annotation is None or isinstance(parameter.default, cst.Name):
        return False
    return dotted_name(parameter.annotation.annotation) == name


def _holds_texts(program: Program, node: cst.BaseExpression) -> bool:
    """Whether the elements are texts: what a split gives, or a parameter annotated as a series of them."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        return node.func.attr.value in _SPLITTING
    if not isinstance(node, cst.Name):
        return False
    given = given_to(program, node)
    return bool(given) and all(
        isinstance(each.source, cst.Param) and _is_series(each.source) for each in given
    )


def _is_series(parameter: cst.Param) -> bool:
    annotation = parameter.annotation.annotation if parameter.annotation is not None else None
    if not isinstance(annotation, cst.Subscript) or len(annotation.slice) != 1:
        return False
    element = annotation.slice[0].slice
    series = (dotted_name(annotation.value) or "").rpartition(".")[2]
    return series in _SERIES and isinstance(element, cst.Index) and dotted_name(element.value) == "str"
