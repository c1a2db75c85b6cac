"""Writes calls of Django's `format_html`, which escapes what it fills a template with."""

import string

import libcst as cst

from sgcode_worker.operators.arguments import has_unpacked
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.web.templates import Filled, from_percent, from_text

_MODULE, _NAME = "django.utils.html", "format_html"


def format_html_call(
    program: Program, call: cst.Call, text: cst.BaseExpression
) -> tuple[cst.Call, NeededImport | None] | None:
    """Return the call that stands for `mark_safe(text)` and the import it needs; None where none does."""
    arguments = _arguments(call.args[0], text)
    if arguments is None:
        return None
    function, needed = program.reference(_MODULE, _NAME, at=call)
    free = not any(name.value == _NAME for name in program.nodes(cst.Name))
    if needed is not None and needed.name is None and free:
        function, needed = cst.Name(_NAME), NeededImport(_MODULE, _NAME)
    return call.with_changes(func=function, args=arguments), needed


def _arguments(first: cst.Arg, text: cst.BaseExpression) -> list[cst.Arg] | None:
    if isinstance(text, cst.Call):
        return _of_format(first, text)
    if isinstance(text, cst.BinaryOperation) and isinstance(text.operator, cst.Modulo):
        filled = from_percent(text)
    else:
        filled = from_text(text, shown_first=True)
    return None if filled is None else _of_values(first, filled)


def _of_format(first: cst.Arg, text: cst.Call) -> list[cst.Arg] | None:
    """The arguments of `format` after the template, whose fields show their values as they are."""
    template = text_of(text.func.value) if isinstance(text.func, cst.Attribute) else None
    if template is None or not isinstance(text.func, cst.Attribute) or text.func.attr.value != "format":
        return None
    try:
        fields = list(string.Formatter().parse(template))
    except ValueError:
        return None
    for _, name, spec, conversion in fields:
        if spec or conversion or "." in (name or "") or "[" in (name or ""):
            return None
    # Analyzers cannot follow what is unpacked by name.
    if not text.args or has_unpacked(text, "**"):
        return None
    return _joined(first, text.func.value, list(text.args))


def _of_values(first: cst.Arg, filled: Filled) -> list[cst.Arg]:
    return _joined(first, filled.template, [cst.Arg(value) for value in filled.values])


def _joined(first: cst.Arg, template: cst.BaseExpression, others: list[cst.Arg]) -> list[cst.Arg]:
    """The template and what fills it, ending as the single argument that was there."""
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    spaced = [
        each
        if isinstance(each.comma, cst.Comma) and each is not others[-1]
        else each.with_changes(comma=comma)
        for each in others
    ]
    spaced[-1] = spaced[-1].with_changes(comma=first.comma, whitespace_after_arg=first.whitespace_after_arg)
    return [cst.Arg(template, comma=comma), *spaced]
