"""`bind-address`: a server listens where its environment says, and on this machine only without a word."""

import libcst as cst

from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.operator import (
    DeclaredChange,
    Declined,
    EnvironmentVariable,
    PlannedEdit,
    Rewrite,
    Shared,
)
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.web.listening import Constant, constant_of_address, default_of_variable, listens

VARIABLE = "BIND_ADDRESS"
_ALL_INTERFACES, _THIS_MACHINE = "0.0.0.0", "127.0.0.1"


class BindAddress:
    """`"0.0.0.0"` as a server's address becomes `os.environ.get("BIND_ADDRESS", "127.0.0.1")`."""

    name = "bind-address"
    cwe = "CWE-605"
    precondition = (
        "The text 0.0.0.0 is the address that a server's constructor, `bind` or `run` is given, directly, "
        "through one name that is used for nothing else, or as what a variable of the environment is "
        "taken to say where it is not set."
    )
    changes = (
        f"The server answers to this machine only, unless {VARIABLE}, or the variable that the program reads "
        "already, says otherwise."
    )
    example = (
        'import os\nserver.bind(("0.0.0.0", 80))\n',
        f'import os\nserver.bind((os.environ.get("{VARIABLE}", "{_THIS_MACHINE}"), 80))\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the reading of the environment, or another default where that is read already."""
        text = planned_node(program, edit, program.nodes(cst.SimpleString))
        if text is None or text_of(text) != _ALL_INTERFACES:
            return Declined("No address of all interfaces is there.")
        local = literal(_THIS_MACHINE, preferred_quote(text))
        variable = default_of_variable(program, text)
        if variable is not None:
            return Rewrite(f"Listens on this machine only where {variable} is not set.", {text: local})
        constant = None if listens(program, text) else constant_of_address(program, text)
        if constant is None and not listens(program, text):
            return Declined(
                "It cannot be told that a server listens on this address; decide whether it is compared, "
                "shown or a setting of others."
            )
        return _from_environment(program, text, local, constant)


def _from_environment(
    program: Program, text: cst.SimpleString, local: cst.SimpleString, constant: Constant | None
) -> Rewrite:
    environ, needed = program.reference("os", "environ", at=text)
    name = literal(VARIABLE, preferred_quote(text))
    read = cst.Call(
        cst.Attribute(environ, cst.Name("get")),
        [cst.Arg(name, comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))), cst.Arg(local)],
    )
    where = program.definition(text)
    detail = f"{VARIABLE} says where the server listens; without it on this machine only."
    declared = [DeclaredChange("environment", VARIABLE, where, detail)]
    if constant is not None and constant.importable:
        declared.append(DeclaredChange("constant", constant.name, where, f"`{constant.name}`: {detail}"))
    return Rewrite(
        f"Listens where {VARIABLE} says, on this machine only where it is not set.",
        {text: read},
        [needed] if needed else [],
        declared,
        [EnvironmentVariable(VARIABLE, required=False)],
    )
