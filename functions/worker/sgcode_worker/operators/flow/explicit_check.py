"""`explicit-check`: a check is made even where Python is told to leave assertions out."""

import libcst as cst

from sgcode_worker.operators.flow.negation import negated
from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_ERROR = "AssertionError"
_FRAMEWORKS = frozenset({"pytest", "unittest", "nose", "hypothesis", "testtools"})


class ExplicitCheck:
    """`assert x, m` becomes `if not x: raise AssertionError(m)`."""

    name = "explicit-check"
    cwe = "CWE-703"
    precondition = (
        "An assert statement on a line of its own whose condition can be true or false, in no test and in a "
        "program that gives AssertionError no other meaning."
    )
    changes = "With `python -O`, which leaves assertions out, the check is made as it is without."
    example = (
        "assert size > 0, 'no size'\n",
        "if not (size > 0):\n    raise AssertionError('no size')\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the condition and the raising of the same error."""
        check = planned_node(program, edit, program.nodes(cst.Assert))
        line = program.parent(check) if check is not None else None
        if check is None:
            return Declined("No assert statement is there.")
        if not isinstance(line, cst.SimpleStatementLine) or len(line.body) > 1:
            return Declined("The check shares its line with other code; put it on a line of its own.")
        if has_comment(check):
            return Declined("A comment stands within the check; put it above.")
        test = _test_around(program, check)
        if test is not None:
            return Declined(f"The check belongs to {test}, where assert is the right word.")
        if _is_settled(check.test):
            return Declined("The condition is always the same: decide what was meant to be checked.")
        if any(name.value == _ERROR for name in _bound(program)):
            return Declined(f"The program gives the name {_ERROR} a meaning of its own.")
        return Rewrite("Checks also where Python leaves assertions out.", {line: _explicit(check, line)})


def _explicit(check: cst.Assert, line: cst.SimpleStatementLine) -> cst.If:
    error: cst.BaseExpression = cst.Name(_ERROR)
    if check.msg is not None:
        message = check.msg
        if isinstance(message, cst.Tuple) and not message.lpar:
            message = message.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        error = cst.Call(error, [cst.Arg(message)])
    end = line.trailing_whitespace
    bare = end.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
    raising = cst.SimpleStatementLine([cst.Raise(error)], trailing_whitespace=bare)
    block = cst.IndentedBlock([raising], header=end)
    return cst.If(negated(check.test), block, leading_lines=line.leading_lines)


def _is_settled(test: cst.BaseExpression) -> bool:
    return isinstance(test, (cst.Tuple, cst.BaseNumber, cst.SimpleString, cst.ConcatenatedString)) or (
        isinstance(test, cst.Name) and test.value in {"True", "False", "None"}
    )


def _test_around(program: Program, check: cst.Assert) -> str | None:
    """What makes the statement a part of a test; None for any other."""
    for outer in program.ancestors(check):
        if isinstance(outer, (cst.FunctionDef, cst.ClassDef)) and outer.name.value.lower().startswith("test"):
            return f"the test `{outer.name.value}`"
    for statement in program.nodes(cst.Import, cst.ImportFrom):
        if isinstance(statement, cst.Import):
            modules = [dotted_name(alias.name) for alias in statement.names]
        else:
            modules = [dotted_name(statement.module) if statement.module is not None else None]
        for module in modules:
            if module is not None and module.split(".")[0] in _FRAMEWORKS:
                return f"a file of tests, which imports {module}"
    return None


def _bound(program: Program) -> list[cst.Name]:
    """The names that the program binds by assignments, parameters, definitions and imports."""
    found: list[cst.Name] = []
    for node in program.nodes(cst.AssignTarget, cst.Param, cst.FunctionDef, cst.ClassDef, cst.ImportAlias):
        if isinstance(node, cst.ImportAlias):
            name = node.asname.name if node.asname is not None else node.name
        else:
            name = node.target if isinstance(node, cst.AssignTarget) else node.name
        if isinstance(name, cst.Name):
            found.append(name)
    return found
