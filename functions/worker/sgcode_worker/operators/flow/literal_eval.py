"""`literal-eval`: a text that is data or arithmetic is read as that, not run as code."""

import ast

import libcst as cst

from sgcode_worker.operators.flow.evaluating.arithmetic import WORKED_OUT, evaluate_arithmetic
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_CODE = "The text is code and no data: write it as an expression in its place."
_LONGEST = 10_000


class LiteralEval:
    """`eval("[1, 2]")` becomes `ast.literal_eval("[1, 2]")`; arithmetic goes to a small evaluator."""

    name = "literal-eval"
    cwe = "CWE-78"
    precondition = (
        "A call of the builtin eval with one fixed text that is a literal (numbers, texts, True, False, None "
        "and lists, tuples, sets and dictionaries of them), or with a text that its function's words call "
        "arithmetic, where nothing of the program can be meant by a name in it."
    )
    changes = (
        "A literal gives the same value, and so do numbers with + - * / // % ** and parentheses. Where those "
        "are expected, names, calls and comparisons, texts of more than 1000 characters and powers of more "
        "than 20000 bits are refused with ValueError."
    )
    example = (
        "import ast\nsizes = eval('[1, 2]')\n",
        "import ast\nsizes = ast.literal_eval('[1, 2]')\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call of what reads data only, or works out arithmetic only."""
        call = planned_node(program, edit, program.nodes(cst.Call))
        if call is None or not _is_builtin_eval(program, call):
            return Declined("No call of the builtin eval is there.")
        text = text_of(call.args[0].value)
        if text is None:
            return evaluate_arithmetic(program, call)
        if len(call.args) > 1 or call.args[0].star or call.args[0].keyword is not None:
            return Declined(WORKED_OUT)
        if not _is_data(text):
            return Declined(_CODE)
        function, needed = program.reference("ast", "literal_eval", at=call)
        return Rewrite(
            "Reads the text as data, which runs no code.", {call.func: function}, [needed] if needed else []
        )


def _is_builtin_eval(program: Program, call: cst.Call) -> bool:
    if not isinstance(call.func, cst.Name) or call.func.value != "eval" or not call.args:
        return False
    return program.qualified_names(call.func) in (set(), {"builtins.eval"})


def _is_data(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    try:
        ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
