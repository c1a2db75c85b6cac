"""Constants and the ways in which a program puts texts together."""

import ast
import re

_FORMAT = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?([sdifrx%])")
_FIELD = re.compile(r"\{[^{}]*\}")
Piece = str | ast.expr


def constant_text(node: ast.AST | None) -> str | None:
    """Return the text of a constant text, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for names and attributes of names, and what can be told of other chains."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def pieces(node: ast.expr) -> list[Piece]:
    """Return an expression's constant texts and the expressions between them, in order."""
    text = constant_text(node)
    if text is not None:
        return [text]
    if isinstance(node, ast.JoinedStr):
        return [piece for value in node.values for piece in pieces(value)]
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return pieces(node.left) + pieces(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        form = constant_text(node.left)
        if form is not None:
            values = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
            return _between(_FORMAT.split(form)[::2], values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        form = constant_text(node.func.value)
        if form is not None:
            return _between(_FIELD.split(form), [*node.args, *(each.value for each in node.keywords)])
    return [node]


def _between(texts: list[str], values: list[ast.expr]) -> list[Piece]:
    found: list[Piece] = []
    for index, text in enumerate(texts):
        found.append(text)
        if index < len(texts) - 1 and index < len(values):
            found.append(values[index])
    return found


def module_constants(tree: ast.Module) -> dict[str, list[str]]:
    """Return the texts that a name of the module (or of a class in it) holds: one, or a collection's."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
            continue
        texts = collection_texts(node.value)
        if not texts:
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, (ast.Name, ast.Attribute)):
                found.setdefault(dotted(target).rsplit(".", 1)[-1], texts)
    return found


def collection_texts(node: ast.expr) -> list[str]:
    """Return the texts in a constant or a literal collection; of a dict, its keys. Numbers become texts."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, (str, int))
        and not isinstance(node.value, bool)
    ):
        return [str(node.value)]
    if (
        isinstance(node, ast.Call)
        and dotted(node.func) in {"set", "frozenset", "list", "tuple"}
        and node.args
    ):
        return collection_texts(node.args[0])
    inner: list[ast.expr] = []
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        inner = node.elts
    elif isinstance(node, ast.Dict):
        inner = [key for key in node.keys if key is not None]
    return [text for each in inner if isinstance(each, ast.Constant) for text in collection_texts(each)]
