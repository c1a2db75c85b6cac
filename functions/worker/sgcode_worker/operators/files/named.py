"""A value that is given a name by a statement of its own, and what is done under that name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_OPENERS = frozenset(
    "open io.open codecs.open gzip.open bz2.open lzma.open tarfile.open zipfile.ZipFile".split()
)
_EMPTYING = ("w", "a")

Statement = cst.BaseStatement | cst.BaseSmallStatement


@dataclass(frozen=True)
class Named:
    """`target = value` as a whole line, in a block of statements."""

    program: Program
    value: cst.BaseExpression
    target: cst.Name | cst.Attribute
    line: cst.SimpleStatementLine
    block: Sequence[Statement]

    @cached_property
    def function(self) -> cst.FunctionDef | None:
        """The function around the statement; None in a module or class body."""
        outer = self.program.enclosing(self.line, cst.FunctionDef, cst.ClassDef)
        return outer if isinstance(outer, cst.FunctionDef) else None

    @property
    def next_line(self) -> Statement | None:
        """The statement that follows in the same block."""
        index = next(at for at, each in enumerate(self.block) if each is self.line)
        return self.block[index + 1] if index + 1 < len(self.block) else None

    @cached_property
    def uses(self) -> list[cst.Name | cst.Attribute]:
        """Where the name is read: in the function for a name, in the whole file for an attribute."""
        region = self.function if isinstance(self.target, cst.Name) and self.function else None
        kind = type(self.target)
        return [
            node
            for node in self.program.nodes(kind)
            if node is not self.target
            and node.deep_equals(self.target)
            and (region is None or region in self.program.ancestors(node))
        ]

    @property
    def is_bound_once(self) -> bool:
        """Whether nothing else gives a value to the local name."""
        scope = self.program.scope(self.line)
        name = self.target
        return isinstance(name, cst.Name) and scope is not None and len(list(scope[name.value])) == 1

    def is_target(self, argument: cst.Arg | None) -> bool:
        """Whether the argument is the named value, given plainly."""
        if argument is None or argument.keyword is not None or argument.star:
            return False
        value = argument.value
        return type(value) is type(self.target) and value.deep_equals(self.target)

    def is_written_next(self) -> bool:
        """Whether the next statement begins by opening a file of that name, emptied or to be added to."""
        opened = _first_call(self.next_line)
        return opened is not None and self.is_written_by(opened)

    def is_written_by(self, opened: cst.Call) -> bool:
        """Whether the call opens a file of that name, emptied or to be added to."""
        if not opened.args or not self.program.imported_names(opened.func) & _OPENERS:
            return False
        mode = opened.args[1] if len(opened.args) > 1 else None
        text = mode.value.evaluated_value if mode and isinstance(mode.value, cst.SimpleString) else None
        by_place = mode is not None and (mode.keyword is None or mode.keyword.value == "mode")
        return self.is_target(opened.args[0]) and by_place and str(text or "")[:1] in _EMPTYING

    def handed_to(self) -> Iterator[str]:
        """The last part of the name of every function that is given the value plainly."""
        for use in self.uses:
            argument = self.program.parent(use)
            call = self.program.parent(argument) if isinstance(argument, cst.Arg) else None
            if isinstance(call, cst.Call):
                yield (dotted_name(call.func) or "").rpartition(".")[2]


def named(program: Program, value: cst.BaseExpression) -> Named | None:
    """Return the assignment that names the value; None where it is anything but one plain line."""
    assignment = program.parent(value)
    if not isinstance(assignment, cst.Assign) or len(assignment.targets) != 1:
        return None
    target = assignment.targets[0].target
    line = program.parent(assignment)
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        return None
    block = program.parent(line)
    if not isinstance(block, (cst.IndentedBlock, cst.Module)) or not _is_path(target):
        return None
    assert isinstance(target, (cst.Name, cst.Attribute))
    return Named(program, value, target, line, block.body)


def _is_path(target: cst.BaseExpression) -> bool:
    return isinstance(target, (cst.Name, cst.Attribute)) and dotted_name(target) is not None


def _first_call(statement: Statement | None) -> cst.Call | None:
    """The call that a statement begins with: of a `with`, of the first line of a `try`, or its value."""
    if isinstance(statement, cst.Try) and isinstance(statement.body, cst.IndentedBlock):
        return _first_call(statement.body.body[0])
    value: cst.CSTNode | None = None
    if isinstance(statement, cst.With):
        value = statement.items[0].item
    elif isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[0], (cst.Assign, cst.Expr)
    ):
        value = statement.body[0].value
    while isinstance(value, cst.Call) and isinstance(value.func, cst.Attribute):
        if not isinstance(value.func.value, cst.Call):
            break
        value = value.func.value
    return value if isinstance(value, cst.Call) and value.args else None
