"""`private-permissions`: other users of the machine cannot change or run what the program makes."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

# What Bandit's B103 flags: writing by group and others, and running.
_WRITING, _RUNNING = 0o022, 0o011
_CHMODS = frozenset({"os.chmod", "os.fchmod", "os.lchmod"})


class PrivatePermissions:
    """`chmod` to a mode that lets others write loses what lets them write and run."""

    name = "private-permissions"
    cwe = "CWE-732"
    precondition = (
        "A call of os.chmod, os.fchmod or os.lchmod with a mode written as a number, which lets the group or "
        "everybody write."
    )
    changes = "The group and all others can no longer write to the file or run it; what they may read stays."
    example = ("import os\n\nos.chmod('a', 0o666)\n", "import os\n\nos.chmod('a', 0o644)\n")

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the mode without the flagged permissions."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of os.chmod is there; decide who may write to the file and run it.")
        if has_unpacked(call, "*", "**"):
            return Declined("The call is given * or ** arguments, so its mode cannot be told.")
        mode = argument_of(call, "mode", 1)
        if mode is None or not isinstance(mode.value, cst.Integer):
            return Declined("The mode is worked out; decide who may write to the file and run it.")
        value = mode.value.evaluated_value
        if not value & _WRITING:
            return Declined(
                "Others may run the file and not change it, which may be meant; decide whether they are to."
            )
        private = value & ~(_WRITING | _RUNNING)
        number = mode.value.with_changes(value=f"0o{private:03o}")
        declared = DeclaredChange(
            "setting",
            "mode",
            program.definition(call),
            f"The mode is 0o{private:03o} where it was 0o{value:03o}: others cannot write or run any more.",
        )
        return Rewrite("Lets nobody else write or run.", {mode.value: number}, (), [declared])


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        if program.imported_names(call.func) & _CHMODS:
            yield call
