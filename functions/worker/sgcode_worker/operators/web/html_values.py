"""What a value is that is put into HTML: plain text to be escaped, HTML already, fixed, or not to be told."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name
from sgcode_worker.operators.web.html_bindings import Given, given_to, is_builtin, passed_as
from sgcode_worker.operators.web.html_context import Place, is_html
from sgcode_worker.operators.web.html_parts import parts_of

Kind = Literal["text", "html", "fixed", "unknown"]

_DEEPEST = 12
_SOUNDS_LIKE_HTML = re.compile(
    r"html|markup|markdown|(?<!un)safe|(?<!un)escape|sanit|(?<!un)clean|render|template|widget|svg|snippet|"
    r"fragment|(?:^|_)(?:css|script|icon|layout|divs?|t[dr]s?|lis|badge|button)$",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:\w+|#\d+);")
# Names of what a page is made of, which are texts as well: where they stand tells.
_SOUNDS_LIKE_PART = re.compile(
    r"(?:^|_)(?:body|contents?|inner|children|main|page|nav|menu|head|header|footer|form|table|rows?|cells?|"
    r"items|options|list|links|buttons|sections?|blocks?|cards?|style|js)$",
    re.IGNORECASE,
)
# Elements that hold other elements, and no text.
_NO_TEXT = frozenset("table thead tbody tfoot tr ul ol dl select head html colgroup".split())
_WHOLE = frozenset({"", "body"})
_ESCAPED = re.compile(
    r"escape|quote|quote_plus|urlencode|url_for|reverse|clean|linkify|format_html\w*|mark_safe|Markup"
)
_NUMBERS = frozenset("int float len round abs sum hash id ord bool time".split())
_SHOWING = frozenset({"str", "repr", "ascii", "format", "dict", "list", "tuple", "set", "sorted", "reversed"})
_KEEPS = frozenset(
    "strip lstrip rstrip lower upper title capitalize casefold swapcase split rsplit splitlines get getlist "
    "decode encode pop popitem items values copy partition rpartition center ljust rjust zfill expandtabs "
    "setdefault to_dict getvalue first read fetchone fetchall fetchmany".split()
)
_FIXED_METHODS = frozenset(
    {"strftime", "isoformat", "timestamp", "count", "index", "find", "isdigit", "hexdigest"}
)
_REQUESTS = frozenset({"flask.request", "bottle.request", "quart.request", "sanic.request"})
_NUMBER_TYPES = frozenset({"int", "float", "bool", "Decimal", "decimal.Decimal", "date", "datetime", "UUID"})
_AROUND_TYPES = frozenset({"Optional", "None", "list", "List", "Sequence", "Iterable", "tuple", "Tuple"})
_HTML_TYPES = frozenset({"Markup", "SafeString", "SafeText", "Tag", "HTML", "Component"})
_ARITHMETIC = (cst.Subtract, cst.Divide, cst.FloorDivide, cst.Power, cst.BitAnd, cst.BitOr, cst.LeftShift)


def kind_of(program: Program, node: cst.BaseExpression, seen: frozenset[str] = frozenset()) -> Kind:
    """Return the kind of a value. Names are followed to what they are given; `seen` are those that were."""
    if len(seen) > _DEEPEST:
        return "unknown"
    if isinstance(node, (cst.Comparison, cst.BaseNumber)) or text_of(node) is not None:
        text = text_of(node) or ""
        return "html" if is_html([text]) or _ENTITY.search(text) else "fixed"
    if isinstance(node, cst.UnaryOperation):
        return "fixed"
    if isinstance(node, cst.Name):
        return _of_name(program, node, seen)
    if isinstance(node, cst.Attribute):
        return _of_attribute(program, node, seen)
    if isinstance(node, cst.Call):
        return _of_call(program, node, seen)
    parts = parts_of(program, node)
    if parts is not None:
        if is_html([each for each in parts if isinstance(each, str)]):
            return "html"
        return _all(program, [each.value for each in parts if not isinstance(each, str)], seen)
    return _of_other(program, node, seen)


def is_part(name: str, place: Place) -> bool:
    """Whether a value must be taken for a part of a page, by where it stands and what it is called."""
    if place.in_tag or place.fault is not None:
        return False
    named = _SOUNDS_LIKE_PART.search(name) is not None
    return place.element in _NO_TEXT or (place.element in _WHOLE and named)


def _of_other(program: Program, node: cst.BaseExpression, seen: frozenset[str]) -> Kind:
    if isinstance(node, cst.Subscript):
        keys = [each.slice.value for each in node.slice if isinstance(each.slice, cst.Index)]
        if any(_SOUNDS_LIKE_HTML.search(text_of(key) or "") for key in keys):
            return "html"
        return kind_of(program, node.value, seen)
    if isinstance(node, cst.IfExp):
        return _all(program, [node.body, node.orelse], seen)
    if isinstance(node, cst.BooleanOperation):
        return _all(program, [node.left, node.right], seen)
    if isinstance(node, cst.BinaryOperation):
        if isinstance(node.operator, _ARITHMETIC):
            return "fixed"
        return _all(program, [node.left, node.right], seen)
    if isinstance(node, (cst.ListComp, cst.GeneratorExp, cst.SetComp)):
        return kind_of(program, node.elt, seen)
    if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
        return _all(program, [each.value for each in node.elements], seen)
    if isinstance(node, cst.Dict):
        return _all(program, [each.value for each in node.elements], seen)
    if isinstance(node, cst.Await):
        return kind_of(program, node.expression, seen)
    return "unknown"


def _all(program: Program, nodes: Iterable[cst.BaseExpression], seen: frozenset[str]) -> Kind:
    """The kind of what may be any of these, or is made of all."""
    kinds = {kind_of(program, node, seen) for node in nodes}
    order: Sequence[Kind] = ("html", "unknown", "text")
    return next((each for each in order if each in kinds), "fixed")


def _of_name(program: Program, node: cst.Name, seen: frozenset[str]) -> Kind:
    if node.value in {"True", "False", "None"}:
        return "fixed"
    key = f"{node.value} {id(program.scope(node))}"
    if key in seen:
        return "fixed"
    if program.imported_names(node) & _REQUESTS:
        return "text"
    given = given_to(program, node)
    inner = seen | {key}
    kinds = {_of_given(program, each, inner) for each in given}
    if "html" in kinds or _SOUNDS_LIKE_HTML.search(node.value):
        return "html"
    if not kinds or "unknown" in kinds:
        return "unknown"
    return "text" if "text" in kinds else "fixed"


def _of_given(program: Program, given: Given, seen: frozenset[str]) -> Kind:
    if given.how == "parameter":
        assert isinstance(given.source, cst.Param)
        return _of_parameter(program, given.source, seen)
    if given.how in ("number", "error"):
        return "fixed" if given.how == "number" else "text"
    if given.how == "other" or not isinstance(given.source, cst.BaseExpression):
        return "unknown"
    return kind_of(program, given.source, seen)


def _of_parameter(program: Program, parameter: cst.Param, seen: frozenset[str]) -> Kind:
    """A parameter is text unless its type says otherwise, or a call in the program hands HTML to it."""
    if parameter.name.value in {"self", "cls"}:
        return "unknown"
    if parameter.annotation is not None:
        names = _names(parameter.annotation.annotation)
        if names & _HTML_TYPES:
            return "html"
        if names & _NUMBER_TYPES and names <= _NUMBER_TYPES | _AROUND_TYPES:
            return "fixed"
    passed = passed_as(program, parameter)
    if passed is None:
        return "unknown"
    return "html" if any(kind_of(program, each, seen) == "html" for each in passed) else "text"


def _names(node: cst.CSTNode) -> set[str]:
    own = {node.value} if isinstance(node, cst.Name) else set()
    return own.union(*map(_names, node.children))


def _of_attribute(program: Program, node: cst.Attribute, seen: frozenset[str]) -> Kind:
    if _SOUNDS_LIKE_HTML.search(node.attr.value):
        return "html"
    if program.imported_names(node) & _REQUESTS:
        return "text"
    if isinstance(node.value, cst.Name) and node.value.value == "self":
        if f"self.{node.attr.value}" in seen:
            return "fixed"
        given = given_to(program, node)
        kinds = {_of_given(program, each, seen | {f"self.{node.attr.value}"}) for each in given}
        found: Sequence[Kind] = ("html", "unknown", "text", "fixed")
        return next((each for each in found if each in kinds), "unknown")
    return kind_of(program, node.value, seen)


def _of_call(program: Program, node: cst.Call, seen: frozenset[str]) -> Kind:
    called = node.func.attr.value if isinstance(node.func, cst.Attribute) else dotted_name(node.func) or ""
    values = [each.value for each in node.args]
    if _ESCAPED.fullmatch(called) or any(
        _ESCAPED.fullmatch(each.rpartition(".")[2]) for each in program.imported_names(node.func)
    ):
        return "html"
    if _SOUNDS_LIKE_HTML.search(called):
        return "html"
    if isinstance(node.func, cst.Name):
        if not is_builtin(program, called, node):
            return "unknown"
        if called in _NUMBERS:
            return "fixed"
        if called == "input":
            return "text"
        return _all(program, values[:1], seen) if called in _SHOWING else "unknown"
    if not isinstance(node.func, cst.Attribute) or called in _FIXED_METHODS:
        return "fixed" if called in _FIXED_METHODS else "unknown"
    return _of_method(program, node.func.value, called, node, seen)


def _of_method(
    program: Program, owner: cst.BaseExpression, called: str, node: cst.Call, seen: frozenset[str]
) -> Kind:
    values = [each.value for each in node.args]
    if called == "join" and len(values) == 1:
        return _all(program, [owner, values[0]], seen)
    if called == "replace":
        marked = any(character in (text_of(each) or "") for each in values for character in "<&")
        return "html" if marked else kind_of(program, owner, seen)
    if called == "format":
        parts = parts_of(program, node)
        if parts is None:
            return "unknown"
        if is_html([each for each in parts if isinstance(each, str)]):
            return "html"
        return _all(program, [each.value for each in parts if not isinstance(each, str)], seen)
    if called in _KEEPS or called.startswith("get_"):
        kind = kind_of(program, owner, seen)
        if called in {"get", "setdefault", "pop"} and any(
            _SOUNDS_LIKE_HTML.search(text_of(each) or "") for each in values[:1]
        ):
            return "html"
        return _all(program, [owner, *values[1:2]], seen) if called == "get" and kind != "unknown" else kind
    return "unknown"
