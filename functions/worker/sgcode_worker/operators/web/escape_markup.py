"""`escape-markup`: values are escaped when they are put into a text that counts as HTML."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.web.format_html import format_html_call
from sgcode_worker.operators.web.markup_values import already_markup
from sgcode_worker.operators.web.templates import from_text

_MARKUP = frozenset({"markupsafe.Markup", "flask.Markup"})
_MARK_SAFE = frozenset({"django.utils.safestring.mark_safe"})
_WHOLE = (
    "The whole text is taken for HTML and it cannot be told what was put into it; decide whether it is HTML, "
    "or a text to be escaped."
)
_NOT_THERE = "No call of Markup or mark_safe is there, or the name may be something else."


class EscapeMarkup:
    """`Markup(f"..{x}..")` becomes `Markup("..{}..").format(x)`; `mark_safe` becomes `format_html`."""

    name = "escape-markup"
    cwe = "CWE-79"
    precondition = (
        "Markup or Django's mark_safe is given a text that is put together right there, by an f-string, "
        "format, % or +, from a fixed template and values of which none looks like HTML already."
    )
    changes = (
        "The characters &, <, >, ' and \" in the values are shown as such, no longer read as HTML. Values "
        "that are marked as HTML themselves are put in as before."
    )
    example = (
        'from markupsafe import Markup\ncell = Markup(f"<td>{name}</td>")\n',
        'from markupsafe import Markup\ncell = Markup("<td>{}</td>").format(name)\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with its values put in after the template became HTML."""
        call = planned_node(program, edit, program.nodes(cst.Call))
        names = program.imported_names(call.func) if call is not None else set()
        if call is None or not names or not (names <= _MARKUP or names <= _MARK_SAFE):
            safe_types = any(name.startswith("django.utils.safestring.") for name in names)
            return Declined(_WHOLE if safe_types else _NOT_THERE)
        if len(call.args) != 1 or call.args[0].star or call.args[0].keyword is not None:
            return Declined("The call has other arguments than the text, so it cannot be told what it does.")
        text = call.args[0].value
        if text_of(text) is not None:
            return Declined("The text is fixed, so there is nothing to escape: no harm is done here.")
        for value in _values(text):
            html = already_markup(program, value)
            if html is not None:
                return Declined(
                    f"`{html[:60]}` may be HTML already and would be escaped; mark it where it is made."
                )
        if names <= _MARK_SAFE:
            return _with_format_html(program, call, text)
        changed = _with_markup(call, text)
        if changed is None:
            return Declined(_WHOLE)
        return Rewrite("Escapes the values that are put into the HTML.", {call: changed})


def _values(text: cst.BaseExpression) -> Sequence[cst.CSTNode]:
    """The parts of the text that are not its template."""
    if isinstance(text, cst.Call):
        return text.args
    if isinstance(text, cst.BinaryOperation) and isinstance(text.operator, cst.Modulo):
        return [text.right]
    filled = from_text(text, shown_first=False)
    return filled.values if filled is not None else []


def _with_markup(call: cst.Call, text: cst.BaseExpression) -> cst.BaseExpression | None:
    if isinstance(text, cst.BinaryOperation) and isinstance(text.operator, cst.Modulo):
        return _percent(call, text)
    if is_format(text):
        assert isinstance(text, cst.Call) and isinstance(text.func, cst.Attribute)
        inner = _around(call, text.func.value)
        return text.with_changes(func=text.func.with_changes(value=inner), lpar=call.lpar, rpar=call.rpar)
    filled = from_text(text, shown_first=False)
    if filled is None:
        return None
    return cst.Call(
        cst.Attribute(_around(call, filled.template), cst.Name("format")),
        [cst.Arg(value) for value in filled.values],
        lpar=call.lpar,
        rpar=call.rpar,
    )


def _percent(call: cst.Call, text: cst.BinaryOperation) -> cst.BaseExpression | None:
    if text_of(text.left) is None:
        return None
    parentheses = {"lpar": call.lpar or [cst.LeftParen()], "rpar": call.rpar or [cst.RightParen()]}
    return text.with_changes(left=_around(call, text.left), **parentheses)


def is_format(text: cst.BaseExpression) -> bool:
    """Whether the expression is `"...".format(...)` of a fixed template."""
    if not isinstance(text, cst.Call) or not isinstance(text.func, cst.Attribute):
        return False
    return text.func.attr.value == "format" and text_of(text.func.value) is not None


def _around(call: cst.Call, template: cst.BaseExpression) -> cst.Call:
    return call.with_changes(args=[call.args[0].with_changes(value=template)], lpar=(), rpar=())


def _with_format_html(program: Program, call: cst.Call, text: cst.BaseExpression) -> Rewrite | Declined:
    made = format_html_call(program, call, text)
    if made is None:
        return Declined(_WHOLE)
    changed, needed = made
    declared = DeclaredChange(
        "call",
        "mark_safe",
        program.definition(call),
        "The text is marked as HTML by format_html, which escapes the values, in place of mark_safe.",
    )
    imports: list[NeededImport] = [needed] if needed is not None else []
    return Rewrite("Escapes the values that are put into the HTML.", {call: changed}, imports, [declared])
