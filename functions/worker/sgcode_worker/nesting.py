"""How deep a program nests, measured without recursion.

LibCST's tree is deeper than Python's own where Python flattens: a chain of `and`, a dotted import,
the `for` parts of a comprehension. Each counts here by what LibCST makes of it.
"""

import ast

_PATTERN_LEVELS = 30
"""A pattern within a pattern multiplies LibCST's parsing time by up to 4, so few may nest."""


def exceeds_depth(tree: ast.Module, limit: int) -> bool:
    """Return whether some node of the program is nested deeper than `limit`."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        depth += _levels(node)
        if depth > limit:
            return True
        waiting.extend((child, depth) for child in ast.iter_child_nodes(node))
    return False


def _levels(node: ast.AST) -> int:
    if isinstance(node, ast.expr_context):
        # Python's mark on a name that it is read or written: there is no code for it.
        return 0
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.Import):
        return max(alias.name.count(".") for alias in node.names) + 1
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").count(".") + 1
    if isinstance(node, (ast.MatchClass, ast.MatchMapping, ast.MatchSequence)):
        return _PATTERN_LEVELS
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return len(node.generators)
    return 1
