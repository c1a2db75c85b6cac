"""Small surgery on nodes."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.tree.children import children


def unparenthesized(node: cst.CSTNode) -> cst.CSTNode:
    """Return the expression without the parentheses around it."""
    if getattr(node, "lpar", None):
        return node.with_changes(lpar=(), rpar=())
    return node


def without_arguments(call: cst.Call, removed: Sequence[cst.Arg]) -> list[cst.Arg] | None:
    """Return the call's arguments without some; None where a comment would go with them.

    What follows the last argument, such as a trailing comma and a line end, stays behind the new last one.
    """
    for argument in removed:
        if has_comment(argument):
            return None
    kept = [argument for argument in call.args if argument not in removed]
    if kept and call.args[-1] in removed:
        last = call.args[-1]
        if has_comment(kept[-1].comma):
            return None
        kept[-1] = kept[-1].with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
    return kept


def has_comment(node: object) -> bool:
    """Whether a comment stands inside the node."""
    if isinstance(node, cst.Comment):
        return True
    return isinstance(node, cst.CSTNode) and any(map(has_comment, children(node)))
