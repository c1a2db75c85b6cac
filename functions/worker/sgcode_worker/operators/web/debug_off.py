"""`debug-off`: a Flask application is served without its debugger."""

import sys
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, is_name
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name


class DebugOff:
    """`run(debug=True)` becomes `run(debug=False)`, and a `use_debugger=True` beside it goes off as well."""

    name = "debug-off"
    cwe = "CWE-94"
    precondition = (
        "A call of `run` with debug=True in a program that imports Flask, on anything that is not from the "
        "standard library, such as `asyncio.run`."
    )
    changes = (
        "Errors are answered with a plain page in place of the debugger, which lets whoever sees it run "
        "code, and the server no longer restarts when a file changes: `flask --debug run` does both."
    )
    example = (
        "from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)\n",
        "from flask import Flask\napp = Flask(__name__)\napp.run(debug=False)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with its debugger off."""
        call = planned_node(program, edit, _candidates(program))
        if call is None or not _imports_flask(program):
            return Declined("No call of run with a debug setting is there, or the program is not Flask's.")
        switch = argument_of(call, "debug")
        if switch is None or not is_name(switch.value, "True"):
            return Declined("The debug setting is worked out, so it cannot be told when it is on.")
        if any(name.split(".")[0] in sys.stdlib_module_names for name in program.imported_names(call.func)):
            return Declined("The call is not Flask's: its debug setting opens no debugger to the web.")
        # Werkzeug's own switch wins over Flask's: it alone would keep the debugger.
        own = argument_of(call, "use_debugger")
        if own is not None and not is_name(own.value, "True", "False"):
            return Declined("The setting use_debugger is worked out: decide when the debugger may be on.")
        switches = [each for each in (switch, own) if each is not None and is_name(each.value, "True")]
        return Rewrite(
            "Serves without the debugger; use `flask --debug run` while developing.",
            {each.value: cst.Name("False") for each in switches},
        )


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        runs = isinstance(call.func, cst.Attribute) and call.func.attr.value == "run"
        if runs and argument_of(call, "debug") is not None:
            yield call


def _imports_flask(program: Program) -> bool:
    for statement in program.nodes(cst.Import, cst.ImportFrom):
        if isinstance(statement, cst.ImportFrom):
            modules = [dotted_name(statement.module) if statement.module is not None else None]
        else:
            modules = [dotted_name(alias.name) for alias in statement.names]
        if any("flask" in (module or "") for module in modules):
            return True
    return False
