"""Texts: which expressions build one, and what they say with their holes left open."""

import ast
import re
from collections.abc import Callable, Mapping

HOLE = "\x00"
"""What stands in a folded text where a value is put in."""

_PERCENT = re.compile(r"%(?:\(\w*\))?[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa]")
_BRACES = re.compile(r"\{[\w.\[\]]*(?:![rsa])?(?::[^{}]*)?\}")
# Methods of a text, and functions of one, that leave what it says as it is.
_METHODS = frozenset({"strip", "lstrip", "rstrip", "encode"})
_FUNCTIONS = frozenset({"dedent", "text", "gettext", "_", "cleandoc"})
_DEPTH = 200
_NAME_DEPTH = 8
_BUDGET = 3000
Lookup = Callable[[str], ast.expr | None]


def text_pieces(node: ast.AST) -> set[int]:
    """Return the ids of the children that are pieces of the text that this expression builds."""
    if isinstance(node, ast.JoinedStr):
        return {id(value) for value in node.values if isinstance(value, ast.Constant)}
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        left = is_text(node.left)
        if isinstance(node.op, ast.Mod):
            return {id(node.left)} if left else set()
        right = is_text(node.right)
        if left or right:
            return {id(side) for side, known in ((node.left, left), (node.right, right)) if known}
    if isinstance(node, ast.Call):
        return {id(node.func)} if text_pieces(node.func) else set()
    if (
        isinstance(node, ast.Attribute)
        and node.attr in {"format", "format_map", "join"}
        and is_text(node.value)
    ):
        return {id(node.value)}
    return set()


def is_text(node: ast.AST) -> bool:
    """Whether the expression is certainly a text: a literal, an f-string, or built from one."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, (str, bytes))
    return isinstance(node, ast.JoinedStr) or bool(text_pieces(node))


def fold(
    node: ast.AST,
    lookup: Lookup | None = None,
    *,
    fills: bool = False,
    given: Mapping[str, str] | None = None,
) -> str | None:
    """Return what the expression says, with `HOLE` for every value put in; None where it is no text.

    `lookup` gives the one expression that a name is bound to, where there is one; with `fills` such
    texts are put into templates as well. `given` says what some expressions, as they are written, stand for.
    """
    if isinstance(node, ast.Constant):
        return _constant(node)
    return _Folding(lookup, fills, given or {}).text(node, _DEPTH)


def _constant(node: ast.Constant) -> str | None:
    if isinstance(node.value, bytes):
        return node.value.decode("latin-1")
    return node.value if isinstance(node.value, str) else None


class _Folding:
    """One folding, with a budget: names that stand for each other could else take for ever."""

    def __init__(self, lookup: Lookup | None, fills: bool, given: Mapping[str, str]) -> None:
        self.given = given
        self.lookup = lookup
        self.fills = fills
        self.budget = _BUDGET

    def text(self, node: ast.AST, depth: int) -> str | None:
        self.budget -= 1
        if isinstance(node, ast.Constant):
            return _constant(node)
        if depth == 0 or self.budget < 0:
            return None
        if self.given and isinstance(node, (ast.Name, ast.IfExp)) and ast.dump(node) in self.given:
            return self.given[ast.dump(node)]
        if isinstance(node, ast.JoinedStr):
            return "".join(self.piece(each, depth) for each in node.values)
        if isinstance(node, ast.BinOp):
            return self.operation(node, depth)
        if isinstance(node, ast.Call):
            return self.call(node, depth)
        if isinstance(node, ast.Name) and self.lookup is not None:
            value = self.lookup(node.id)
            return None if value is None else self.text(value, min(depth, _NAME_DEPTH) - 1)
        return None

    def piece(self, node: ast.AST, depth: int) -> str:
        folded = self.text(node.value if isinstance(node, ast.FormattedValue) else node, depth - 1)
        return HOLE if folded is None else folded

    def operation(self, node: ast.BinOp, depth: int) -> str | None:
        left = self.text(node.left, depth - isinstance(node.op, ast.Mod))
        if isinstance(node.op, ast.Mod):
            if left is None:
                return None
            values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            return self.filled(_PERCENT, left.replace("%%", "%\x01"), values, depth).replace("%\x01", "%")
        if not isinstance(node.op, ast.Add):
            return None
        right = self.text(node.right, depth - 1)
        if left is None and right is None:
            return None
        return (HOLE if left is None else left) + (HOLE if right is None else right)

    def call(self, node: ast.Call, depth: int) -> str | None:
        if isinstance(node.func, ast.Attribute):
            template = self.text(node.func.value, depth - 1)
            if template is not None:
                return self.method(node, node.func.attr, template, depth)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _FUNCTIONS and len(node.args) == 1:
            return self.text(node.args[0], depth - 1)
        return None

    def filled(self, fields: re.Pattern[str], template: str, values: list[ast.expr], depth: int) -> str:
        """The template with holes for its fields, or with the texts that are known for plain fields."""
        found = fields.findall(template)
        in_order = self.fills and len(found) == len(values) and len({*found} - {"{}", "%s"}) == 0
        texts = iter([self.piece(each, depth) for each in values] if in_order else [])
        return fields.sub(lambda _: next(texts, HOLE), template)

    def method(self, node: ast.Call, name: str, template: str, depth: int) -> str | None:
        if name in {"format", "format_map"}:
            given = [] if node.keywords else node.args
            filled = self.filled(_BRACES, template.replace("{{", "\x01").replace("}}", "\x02"), given, depth)
            return filled.translate({1: "{", 2: "}"})
        if name == "join" and node.args:
            values = node.args[0]
            if isinstance(values, (ast.List, ast.Tuple)):
                return template.join(self.piece(each, depth) for each in values.elts)
            return HOLE
        return template if name in _METHODS else None


def plain(text: str) -> str:
    """Return a folded text with every style of placeholder as a hole, to compare texts across styles."""
    return _BRACES.sub(HOLE, _PERCENT.sub(HOLE, text.replace("%%", "%")))
