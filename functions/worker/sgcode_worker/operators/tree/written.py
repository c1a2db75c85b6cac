"""A module as LibCST writes it, with the place of every node, found in the same pass."""

import re
from contextlib import nullcontext
from types import TracebackType
from typing import Any, ClassVar

import libcst as cst
from libcst._nodes.internal import CodegenState

Place = tuple[int, int, int, int]
_NEWLINE = re.compile(r"\r\n?|\n")


class Written:
    """The text of a module and where its nodes stand: line and column of the begin, then of the end.

    The places are those of LibCST's PositionProvider.
    """

    def __init__(self, module: cst.Module) -> None:
        state = _PlacingState(module)
        self._pieces: dict[int, list[str]] = {}
        state.before_codegen(module)
        for each in module.header:
            each._codegen(state)
        for statement in module.body:
            begin = len(state.tokens)
            statement._codegen(state)
            self._pieces[id(statement)] = state.tokens[begin:]
        _write_end(module, state)
        state.after_codegen(module)
        self.text = "".join(state.tokens)
        self.places = state.places

    def changed(self, module: cst.Module) -> str:
        """Return the text of a changed module: what stands in both is not written anew."""
        state = _PlainState(default_indent=module.default_indent, default_newline=module.default_newline)
        for each in module.header:
            each._codegen(state)
        for statement in module.body:
            piece = self._pieces.get(id(statement))
            if piece is None:
                statement._codegen(state)
            else:
                state.tokens.extend(piece)
        _write_end(module, state)
        return "".join(state.tokens)


def _write_end(module: cst.Module, state: CodegenState) -> None:
    """What `Module._codegen_impl` does behind the body."""
    for each in module.footer:
        each._codegen(state)
    if not module.has_trailing_newline:
        state.pop_trailing_newline()
    elif not state.tokens:
        state.add_token(state.default_newline)


def code_of(module: cst.Module, node: cst.CSTNode) -> str:
    """Return what `Module.code_for_node` does."""
    state = _PlainState(default_indent=module.default_indent, default_newline=module.default_newline)
    node._codegen(state)
    return "".join(state.tokens)


class _PlainState(CodegenState):
    _NOTHING: ClassVar = nullcontext()

    def record_syntactic_position(self, node: cst.CSTNode, **_: Any) -> Any:
        return self._NOTHING


class _PlacingState(CodegenState):
    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.places: dict[int, Place] = {}
        self.line = 1
        self.column = 0
        self._begins: list[tuple[int, int]] = []

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        if "\n" in value or "\r" in value:
            *before, last = _NEWLINE.split(value)
            self.line += len(before)
            self.column = len(last)
        else:
            self.column += len(value)

    def add_indent_tokens(self) -> None:
        for value in self.indent_tokens:
            self.add_token(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._begins.append((self.line, self.column))

    def after_codegen(self, node: cst.CSTNode) -> None:
        line, column = self._begins.pop()
        # What the node itself recorded, without the white space around it, stays.
        self.places.setdefault(id(node), (line, column, self.line, self.column))

    def record_syntactic_position(
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> Any:
        return _Recording(self, node, start_node, end_node)


class _Recording:
    """The place of a node without the white space around it, from its first to its last child where given."""

    __slots__ = ("begin", "first", "last", "node", "state")

    def __init__(
        self, state: _PlacingState, node: cst.CSTNode, first: cst.CSTNode | None, last: cst.CSTNode | None
    ) -> None:
        self.state = state
        self.node = node
        self.first = first
        self.last = last

    def __enter__(self) -> None:
        self.begin = (self.state.line, self.state.column)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        state = self.state
        begin = self.begin if self.first is None else state.places[id(self.first)][:2]
        end = (state.line, state.column) if self.last is None else state.places[id(self.last)][2:]
        state.places[id(self.node)] = (*begin, *end)
