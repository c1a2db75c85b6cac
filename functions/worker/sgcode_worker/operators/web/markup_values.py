"""Tells which values may be HTML already, so that escaping them would show their tags."""

import re

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

# What these give is marked as HTML or escaped and marked: it is not escaped a second time.
_MARKED = frozenset(
    "markupsafe.escape markupsafe.Markup flask.escape flask.Markup django.utils.html.escape "
    "django.utils.html.conditional_escape django.utils.html.format_html django.utils.html.format_html_join "
    "django.utils.safestring.mark_safe".split()
)
_SOUNDS_LIKE_HTML = re.compile(
    r"html|markup|markdown|safe|escape|render|bleach|clean|sanit|linkify|widget|icon|svg|snippet|as_p$|"
    r"as_table$|as_ul$|tag$|tags$|link$|links$|button|badge",
    re.IGNORECASE,
)
_DEEPEST = 8
_TAG = re.compile(r"<[A-Za-z/!]")


def already_markup(program: Program, value: cst.CSTNode, seen: frozenset[str] = frozenset()) -> str | None:
    """Return what of the value may be HTML already; None where it is a plain value by its looks.

    Names are followed to what the program gives them; `seen` are those that were.
    """
    if isinstance(value, cst.Call):
        if program.imported_names(value.func) & _MARKED:
            return None
        called = _last_part(value.func)
        if called and (_SOUNDS_LIKE_HTML.search(called) or _returns_tags(program, called)):
            return called
    elif isinstance(value, cst.Name):
        return value.value if _may_be_html(program, value.value, seen) else None
    elif isinstance(value, cst.Attribute):
        if _SOUNDS_LIKE_HTML.search(value.attr.value):
            return value.attr.value
        return already_markup(program, value.value, seen)
    elif isinstance(value, (cst.SimpleString, cst.FormattedStringText)):
        return value.value if _TAG.search(value.value) else None
    parts = (value.value,) if isinstance(value, cst.Arg) else value.children
    found = (already_markup(program, part, seen) for part in parts)
    return next((each for each in found if each is not None), None)


def _may_be_html(program: Program, name: str, seen: frozenset[str]) -> bool:
    if _SOUNDS_LIKE_HTML.search(name):
        return True
    if name in seen or len(seen) > _DEEPEST:
        return False
    for statement in program.nodes(cst.Assign, cst.AugAssign, cst.AnnAssign):
        if isinstance(statement, cst.Assign):
            targets = [each.target for each in statement.targets]
        else:
            targets = [statement.target]
        given = any(isinstance(target, cst.Name) and target.value == name for target in targets)
        if not given or statement.value is None:
            continue
        if already_markup(program, statement.value, seen | {name}) is not None:
            return True
    return False


def _returns_tags(program: Program, function: str) -> bool:
    return any(each.name.value == function and _has_tag(each.body) for each in program.nodes(cst.FunctionDef))


def _has_tag(node: cst.CSTNode) -> bool:
    if isinstance(node, (cst.SimpleString, cst.FormattedStringText)):
        return _TAG.search(node.value) is not None
    return any(_has_tag(child) for child in node.children)


def _last_part(node: cst.BaseExpression) -> str | None:
    return node.attr.value if isinstance(node, cst.Attribute) else dotted_name(node)
