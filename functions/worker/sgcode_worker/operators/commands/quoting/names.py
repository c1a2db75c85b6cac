"""What the values of a command are called, and what that says of them."""

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.secrets_env.words import name_words

_KINDS = frozenset("str string text list".split())
_GETTERS = frozenset({"get", "getenv", "pop"})


def said(node: cst.BaseExpression) -> str:
    """Return what the program calls the value: a name, attribute or key, or what is called; else ''."""
    if isinstance(node, cst.Call):
        key = text_of(node.args[0].value) if node.args else None
        if key and isinstance(node.func, cst.Attribute) and node.func.attr.value in _GETTERS:
            return key
        shown = isinstance(node.func, cst.Name) and node.func.value in {"str", "repr"} and len(node.args) == 1
        return said(node.args[0].value) if shown else said(node.func)
    if isinstance(node, cst.Subscript) and len(node.slice) == 1:
        index = node.slice[0].slice
        key = text_of(index.value) if isinstance(index, cst.Index) else None
        return key or said(node.value)
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def meaning(name: str) -> str:
    """Return the word that says what a name stands for: `opts` of `extra_opts_str`."""
    words = [word for word in name_words(name) if word not in _KINDS]
    return words[-1] if words else ""
