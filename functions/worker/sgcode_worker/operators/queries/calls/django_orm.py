"""SQL that Django's query sets take: `extra(...)` and `RawSQL(...)` have their own places for values."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import libcst as cst

from sgcode_worker.operators.operator import PlannedEdit, Replacement
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.calls.named_arguments import (
    arguments_by_name,
    check_order,
    list_of,
    values_given,
    with_named,
)
from sgcode_worker.operators.queries.driver.drivers import DIALECTS
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.statement import QueryText
from sgcode_worker.operators.queries.text.pieces import is_text
from sgcode_worker.operators.visibility import dotted_name

RULES = frozenset({"B610", "B611"})
# From the signatures in the documentation of Django 5.2.
_EXTRA = ("select", "where", "params", "tables", "order_by", "select_params")
_RAW = ("sql", "params", "output_field")


@dataclass
class _Pieces:
    """Texts of one argument in order, with the values that go into them."""

    given: list[cst.BaseExpression]
    """Values that the program gives for placeholders of its own."""
    is_changed: bool = False
    values: list[cst.BaseExpression] = field(default_factory=list)
    replacements: dict[cst.CSTNode, Replacement] = field(default_factory=dict)

    def add(self, program: Program, text: cst.BaseExpression) -> cst.BaseExpression:
        """Return the text as a constant, and take its values."""
        if not is_text(text):
            raise Refusal("A part of the SQL is a variable, so what it says cannot be told here.")
        read = QueryText(program, text, DIALECTS["django.db"], is_whole=False, has_parameters=True)
        count = sum(token.kind == "placeholder" and token.text == "%s" for token in read.query.tokens)
        own, self.given = self.given[:count], self.given[count:]
        self.values.extend(read.parameters(own))
        self.replacements.update(read.elsewhere)
        if not read.built.is_built:
            return text
        self.is_changed = True
        return read.written(bound=True)


def rewrite_django(program: Program, edit: PlannedEdit) -> dict[cst.CSTNode, Replacement]:
    """Return the call with constant texts, and the values in `params` or `select_params`."""
    call = query_set_call(program, edit)
    if call is None:
        raise Refusal("There is no call of Django's extra or RawSQL there.")
    is_raw = _method(call) == "RawSQL"
    arguments = arguments_by_name(call, _RAW if is_raw else _EXTRA)
    changed: dict[str, cst.BaseExpression] = {}
    replacements: dict[cst.CSTNode, Replacement] = {}
    for texts, values in (
        (("sql", "params"),) if is_raw else (("where", "params"), ("select", "select_params"))
    ):
        if texts not in arguments:
            continue
        pieces = _Pieces(values_given(arguments.get(values)))
        value = arguments[texts].value
        rewritten = pieces.add(program, value) if is_raw else _rewritten(program, value, pieces)
        if pieces.given:
            raise Refusal("The query has more parameters than placeholders.")
        replacements.update(pieces.replacements)
        if pieces.is_changed:
            changed[texts] = rewritten
        if pieces.is_changed and pieces.values:
            changed[values] = list_of(pieces.values)
    if not changed:
        raise Refusal(
            "The SQL is constant already, or its values are names of tables, which nothing can bind."
        )
    check_order(arguments, changed)
    replacements[call] = with_named(call, arguments, changed)
    return replacements


def query_set_call(program: Program, edit: PlannedEdit) -> cst.Call | None:
    """Return the call of `extra` or `RawSQL` that the edit means, or whose text it means."""
    calls = (each for each in program.nodes(cst.Call) if _method(each) in ("extra", "RawSQL"))
    call = planned_node(program, edit, calls)
    return call if call is not None and _is_of_django(program, call) else None


def _is_of_django(program: Program, call: cst.Call) -> bool:
    """Whether the file says that the call is Django's: by its imports, or by `objects`."""
    modules = [each.module for each in program.nodes(cst.ImportFrom) if each.module is not None]
    modules += [each.name for each in program.nodes(cst.ImportAlias)]
    if any((dotted_name(each) or "").split(".")[0] == "django" for each in modules):
        return True
    return any(node.attr.value == "objects" for node in _chain(call))


def _chain(node: cst.CSTNode) -> Iterator[cst.Attribute]:
    while isinstance(node, (cst.Call, cst.Attribute, cst.Subscript)):
        if isinstance(node, cst.Attribute):
            yield node
        node = node.func if isinstance(node, cst.Call) else node.value


def _method(call: cst.Call) -> str:
    name = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    return name.value if isinstance(name, cst.Name) else ""


def _rewritten(program: Program, value: cst.BaseExpression, pieces: _Pieces) -> cst.BaseExpression:
    """The argument with constant texts."""
    if isinstance(value, cst.Dict):
        items = [_item(program, each, pieces) for each in value.elements]
        return value.with_changes(elements=items)
    if isinstance(value, (cst.List, cst.Tuple)) and value.elements:
        elements = [_element(program, each, pieces) for each in value.elements]
        if isinstance(value, cst.List):
            return value.with_changes(elements=elements)
        # The analyzer reads lists only, and Django makes one of it anyway.
        pieces.is_changed = True
        return cst.List([*elements[:-1], elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)])
    raise Refusal("The SQL is not written as a list or dictionary in the call, so it cannot be told here.")


def _item(program: Program, item: cst.BaseDictElement, pieces: _Pieces) -> cst.DictElement:
    if not isinstance(item, cst.DictElement) or not isinstance(item.key, cst.SimpleString):
        raise Refusal("The name of a selected column is a value, and no parameter can be a name.")
    return item.with_changes(value=pieces.add(program, item.value))


def _element(program: Program, element: cst.BaseElement, pieces: _Pieces) -> cst.BaseElement:
    if isinstance(element, cst.StarredElement):
        raise Refusal("The SQL is not written as a list in the call, so it cannot be told here.")
    return element.with_changes(value=pieces.add(program, element.value))
