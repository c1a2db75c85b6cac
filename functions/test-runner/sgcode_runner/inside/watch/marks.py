"""Marks on some statements of a program, which tell afterwards whether those ran."""

import ast
import builtins
import os
from collections.abc import Iterable
from types import CodeType

from sgcode_runner.inside.plan.statements import statements_of


class Marks:
    """The statements with these numbers, and which of them ran.

    A mark is a call before the statement, of a name that nobody knows beforehand and that no scope of the
    program holds. It costs next to nothing where a trace function would be called for all that runs.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = frozenset(numbers)
        self._name = f"_ran_{os.urandom(8).hex()}"
        self._ran: set[int] = set()
        if self._numbers:
            setattr(builtins, self._name, self._ran.add)

    def compiled(self, program: str, path: str) -> CodeType:
        """Return the program's code with its marks, every line of it where it was."""
        tree = ast.parse(program)
        # From the end, so that the positions before a mark stay what they are.
        for number, statement in reversed(list(enumerate(statements_of(tree)))):
            if number in self._numbers:
                mark = ast.Call(ast.Name(self._name, ast.Load()), [ast.Constant(number)], [])
                located = ast.copy_location(ast.Expr(mark), statement.node)
                statement.block.insert(statement.position, ast.fix_missing_locations(located))
        return compile(tree, path, "exec", dont_inherit=True)

    def begin(self) -> None:
        """Forget what ran."""
        self._ran.clear()

    def ran(self) -> list[int]:
        """Return the numbers of those that ran since the beginning."""
        return sorted(self._ran)
