"""Writes a statement of an answer as lines for another place: its indentation becomes that of the place."""

from typing import Any

import libcst as cst
from libcst._nodes.internal import CodegenState

from sgcode_worker.operators.program import Program


def render(program: Program, node: cst.CSTNode, indentation: str, unit: str | None) -> list[str]:
    """Return the lines of a statement without the comments before it.

    `unit` is what the statement's own block is to be indented by; None for what the answer has. Texts over
    several lines stay as they are.
    """
    default = program.module.default_indent
    bare: Any = node.with_changes(leading_lines=())
    block = getattr(bare, "body", None)
    if unit and isinstance(block, cst.IndentedBlock):
        known = block.indent or default
        if known != unit:
            bare = bare.visit(_Reindenting(known, unit, default))
    state = CodegenState(default_indent=default, default_newline="\n")
    if indentation:
        state.indent_tokens.append(indentation)
    bare._codegen(state)
    return "".join(state.tokens).split("\n")


class _Reindenting(cst.CSTTransformer):
    """Gives every block that has the one indentation the other."""

    def __init__(self, known: str, wished: str, default: str) -> None:
        super().__init__()
        self._known = known
        self._wished = wished
        self._default = default

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.BaseSuite:
        if (original_node.indent or self._default) != self._known:
            return updated_node
        return updated_node.with_changes(indent=self._wished)
