"""`escape-html`: values are escaped where a text with tags is put together."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.proposed import proposed
from sgcode_worker.operators.web.html_context import is_html
from sgcode_worker.operators.web.html_escaping import Escaping
from sgcode_worker.operators.web.html_parts import parts_of
from sgcode_worker.operators.web.html_uses import not_shown

_NOTHING = "No text with tags of HTML that is put together from values is there."


class EscapeHtml:
    """`f"<p>{name}</p>"` becomes `f"<p>{html.escape(name)}</p>"`."""

    name = "escape-html"
    cwe = "CWE-79"
    precondition = (
        "A text with tags of HTML that is shown, put together by an f-string, format, % or + from a fixed "
        "template and values of which some are plain text: parameters, requests, and what comes of them. "
        "HTML that the same function makes is escaped where it is made."
    )
    changes = "The characters &, <, >, ' and \" in the values are shown as such, no longer read as HTML."
    example = (
        'def greeting(name: str):\n    return f"<p>Hello, {name}!</p>"\n',
        'import html\n\ndef greeting(name: str):\n    return f"<p>Hello, {html.escape(name)}!</p>"\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the text, and the texts in it, with their plain values escaped."""
        tried = [Escaping(program, text) for text in _texts_near(program, edit)]
        inner = {id(each) for one in tried for each in one.texts[1:]}
        whole = [one for one in tried if id(one.texts[0]) not in inner]
        chosen = proposed(program, edit, [(one, one.texts) for one in whole])
        if chosen is None:
            return Declined(_NOTHING)
        reason = not_shown(program, chosen.texts[0]) or chosen.fault
        if reason is not None:
            return Declined(reason)
        if not chosen.replacements:
            left = f" `{chosen.left[0]}` may be HTML already." if chosen.left else ""
            return Declined(f"Nothing in the text is certainly plain text to be escaped.{left}")
        declared = DeclaredChange(
            "message",
            "html.escape",
            program.definition(chosen.texts[0]),
            "The characters & < > \" ' in values are shown as such in the HTML.",
        )
        left = f" `{chosen.left[0][:60]}` may be HTML already and stays as it is." if chosen.left else ""
        return Rewrite(
            f"Escapes the values that are put into the HTML.{left}",
            chosen.replacements,
            chosen.imports,
            [declared],
        )


def _texts_near(program: Program, edit: PlannedEdit) -> Iterator[cst.BaseExpression]:
    """The texts of the innermost function around the edit, and those that the edit holds."""
    if "<" not in program.text:
        return
    start, end = (edit.line, edit.column), (edit.end_line, edit.end_column)
    function = None
    for each in program.nodes(cst.FunctionDef):
        first, last = extent(program, each)
        if first <= start and end <= last:
            function = each
    for text in _texts(program):
        first, last = extent(program, text)
        if program.enclosing(text, cst.FunctionDef) is function or (start <= first and last <= end):
            parts = parts_of(program, text) or []
            fixed = [part for part in parts if isinstance(part, str)]
            if len(fixed) < len(parts) and is_html(fixed):
                yield text


def _texts(program: Program) -> Iterator[cst.BaseExpression]:
    """Every expression that may be put together, but those that are only a piece of one."""
    for node in program.nodes(cst.FormattedString, cst.ConcatenatedString, cst.BinaryOperation, cst.Call):
        holder = program.parent(node)
        if isinstance(holder, cst.ConcatenatedString):
            continue
        if isinstance(holder, cst.BinaryOperation) and isinstance(holder.operator, cst.Add):
            continue
        if isinstance(node, cst.Call):
            if not isinstance(node.func, cst.Attribute) or node.func.attr.value != "format":
                continue
        elif isinstance(node, cst.BinaryOperation) and not isinstance(node.operator, (cst.Add, cst.Modulo)):
            continue
        yield node
