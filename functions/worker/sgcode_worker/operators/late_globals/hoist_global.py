"""`hoist-global`: a `global` statement that stands behind the first use of its name moves up."""

import libcst as cst

from sgcode_worker.operators.late_globals.moves import moved_up
from sgcode_worker.operators.late_globals.scopes import LateScope, late_scopes
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.replace import Replacements
from sgcode_worker.source import compile_error_of


class HoistGlobal:
    """`global` and `nonlocal` come before the first use of their names, in the whole file at once."""

    name = "hoist-global"
    cwe = None
    precondition = (
        "A program that parses but does not compile, for names used before their `global` or `nonlocal` "
        "statement and for nothing else."
    )
    changes = (
        "The program loads, which it did not before; the name is the outer one in the whole function, as "
        "the late statement says."
    )
    example = (
        "def take(n):\n    if n < left:\n        global left\n        left -= n\n",
        "def take(n):\n    global left\n    if n < left:\n        left -= n\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the program's late statements at the beginning of their functions."""
        scopes = late_scopes(program)
        if not scopes:
            return Declined("No name is used before its global statement.")
        reason = next(filter(None, map(_why_not, scopes)), None)
        if reason is not None:
            return Declined(reason)
        rewrite = Rewrite(_summary(scopes), moved_up(program, scopes))
        error = compile_error_of(_program_with(program, rewrite))
        if error is not None:
            return Declined(f"Moving the global statements up is not enough. {error.message}")
        return rewrite


def _why_not(scope: LateScope) -> str | None:
    if not isinstance(scope.node, cst.FunctionDef):
        return None
    parameters = {name.value for name in _parameter_names(scope.node.params)}
    for each in scope.late:
        for item in each.names:
            if item.name.value in parameters:
                function, name = scope.node.name.value, item.name.value
                return f"`{name}` is a parameter of `{function}` too; a person must rename one of the two."
    return None


def _parameter_names(parameters: cst.Parameters) -> list[cst.Name]:
    starred = [each for each in (parameters.star_arg, parameters.star_kwarg) if isinstance(each, cst.Param)]
    return [
        each.name
        for each in (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params, *starred)
    ]


def _program_with(program: Program, rewrite: Rewrite) -> str:
    taken = Replacements(program)
    taken.add("", rewrite)
    return taken.code()


def _summary(scopes: list[LateScope]) -> str:
    names = dict.fromkeys(item.name.value for scope in scopes for each in scope.late for item in each.names)
    listed = ", ".join(f"`{name}`" for name in names)
    return f"Declares {listed} before the first use, without which the program does not compile."
