"""How deep a program nests, measured without recursion.

LibCST's tree is deeper than Python's own where Python flattens: a chain of `and`, a dotted import,
the `for` parts of a comprehension. Each counts here by what LibCST makes of it.
"""

import ast
from collections.abc import Callable

_PATTERN_LEVELS = 30
"""A pattern within a pattern multiplies LibCST's parsing time by up to 4, so few may nest."""

# Every program goes through here, so kinds are looked up and leaves are counted without being visited.
_LEVELS: dict[type[ast.AST], Callable[..., int]] = {
    ast.BoolOp: lambda node: len(node.values) - 1,
    ast.Import: lambda node: max(alias.name.count(".") for alias in node.names) + 1,
    ast.ImportFrom: lambda node: (node.module or "").count(".") + 1,
    **dict.fromkeys((ast.MatchClass, ast.MatchMapping, ast.MatchSequence), lambda _: _PATTERN_LEVELS),
    **dict.fromkeys(
        (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp), lambda node: len(node.generators)
    ),
}
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Pass, ast.Break, ast.Continue, ast.alias})
# Python's marks on a name that it is read or written: there is no code for them.
_MARKS = frozenset({ast.Load, ast.Store, ast.Del})


def exceeds_depth(tree: ast.Module, limit: int) -> bool:
    """Return whether some node of the program is nested deeper than `limit`."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        levels = _LEVELS.get(type(node))
        depth += 1 if levels is None else levels(node)
        if depth > limit:
            return True
        for name in node._fields:
            value = getattr(node, name, None)
            for child in value if type(value) is list else (value,):
                kind = type(child)
                if kind in _LEAVES:
                    if depth >= limit:
                        return True
                elif kind not in _MARKS and isinstance(child, ast.AST):
                    waiting.append((child, depth))
    return False
