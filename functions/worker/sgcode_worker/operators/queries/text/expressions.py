"""Which expressions can be moved, repeated or left out without a difference."""

import libcst as cst

_HARMLESS_CALLS = frozenset({"str", "int", "float", "len", "repr"})


def is_constant(node: cst.CSTNode) -> bool:
    """Whether the expression is a literal of a text or a number."""
    return isinstance(node, (cst.SimpleString, cst.Integer, cst.Float))


def is_simple(node: cst.CSTNode) -> bool:
    """Whether computing the expression does nothing but read: names, attributes, items and constants."""
    if isinstance(node, cst.Attribute):
        return is_simple(node.value)
    if isinstance(node, cst.Subscript):
        indexes = [element.slice for element in node.slice]
        return is_simple(node.value) and all(
            isinstance(index, cst.Index) and is_simple(index.value) for index in indexes
        )
    if isinstance(node, cst.Call):
        known = isinstance(node.func, cst.Name) and node.func.value in _HARMLESS_CALLS
        return known and len(node.args) == 1 and not node.args[0].star and is_simple(node.args[0].value)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return is_simple(node.left) and is_simple(node.right)
    return isinstance(node, cst.Name) or is_constant(node)


def plain_names(node: cst.CSTNode) -> set[str] | None:
    """Return the names that the value is made of; None where it is more, or may fail."""
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, cst.BinaryOperation):
        if isinstance(node.left, cst.SimpleString) and not node.left.raw_value:
            return None
        left, right = plain_names(node.left), plain_names(node.right)
        return None if left is None or right is None else left | right
    if isinstance(node, cst.Call):
        known = isinstance(node.func, cst.Name) and node.func.value in _HARMLESS_CALLS - {
            "int",
            "float",
            "len",
        }
        simple = known and len(node.args) == 1 and not node.args[0].star
        return plain_names(node.args[0].value) if simple else None
    return set() if is_constant(node) else None
