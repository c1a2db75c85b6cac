"""A small operator for the tests of the engine: what it does depends on the call that it finds."""

from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program

_YIELD = cst.Yield(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


class Quoting:
    """`old(x)` becomes `shlex.quote(x)`; other names make it fail in every way that an operator can."""

    name = "quoting"
    cwe = "CWE-78"
    precondition = "A call."
    changes = ""
    example = ("old(x)\n", "import shlex\n\nshlex.quote(x)\n")

    def __init__(self, imports: Sequence[NeededImport] | None = None) -> None:
        self.imports = imports

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return what the name of the called function asks for."""
        call = planned_node(program, edit, program.nodes(cst.Call))
        if call is None:
            return Declined("No call is there.")
        function = program.code(call.func)
        if function == "raising":
            raise ValueError(f"a message that quotes {program.code(call)}")
        if function == "unwilling":
            return Declined("The function is unwilling.")
        if function == "unparsable":
            return Rewrite("Breaks the syntax.", {call: cst.Name("class")})
        if function == "uncompilable":
            return Rewrite("Breaks the compilation.", {call: _YIELD})
        if function == "misfit":
            return Rewrite("Puts a statement where an expression is.", {call: cst.Pass()})
        if function == "unencodable":
            return Rewrite("Writes another alphabet.", {call: cst.SimpleString("'\N{SNOWMAN}'")})
        if function == "same":
            return Rewrite("Changes nothing.", {call: call.deep_clone()})
        if function == "empty":
            return Rewrite("Names no node.", {})
        quote, needed = program.reference("shlex", "quote", at=call)
        imports = self.imports if self.imports is not None else [needed] if needed else []
        return Rewrite("Quotes the value.", {call: call.with_changes(func=quote)}, imports)
