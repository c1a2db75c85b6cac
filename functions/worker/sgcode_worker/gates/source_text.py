"""The text of a node, for comparing and for showing."""

import ast


def source_text(node: ast.AST) -> str:
    """Return the node as code; its dump where Python of this version cannot write it.

    Before Python 3.12 the parts of an f-string cannot hold every character that its source can.
    """
    try:
        return ast.unparse(node)
    except ValueError:
        return ast.dump(node)
