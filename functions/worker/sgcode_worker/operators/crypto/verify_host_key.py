"""`verify-host-key`: an SSH client refuses hosts that it does not know."""

import libcst as cst

from sgcode_worker.operators.crypto.hash_reach import walk
from sgcode_worker.operators.operator import (
    DeclaredChange,
    Declined,
    PlannedEdit,
    Replacement,
    Rewrite,
    Shared,
)
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

_METHOD = "set_missing_host_key_policy"
_TRUSTING = frozenset(
    f"paramiko.{module}{policy}"
    for module in ("", "client.")
    for policy in ("AutoAddPolicy", "WarningPolicy")
)
_LOADS = frozenset({"load_system_host_keys", "load_host_keys"})
_SAVES = frozenset({"save_host_keys"})


class VerifyHostKey:
    """Paramiko's AutoAddPolicy and WarningPolicy become RejectPolicy, with the known hosts loaded."""

    name = "verify-host-key"
    cwe = "CWE-295"
    precondition = (
        "A statement that sets paramiko's AutoAddPolicy or WarningPolicy on a client that has a name, in a "
        "function that does not collect host keys itself."
    )
    changes = "A host that is not in known_hosts is refused with paramiko.SSHException."
    example = (
        "import paramiko\nclient = paramiko.SSHClient()\n"
        "client.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n",
        "import paramiko\nclient = paramiko.SSHClient()\nclient.load_system_host_keys()\n"
        "client.set_missing_host_key_policy(paramiko.RejectPolicy())\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the statement with the refusing policy, and the known hosts loaded before it."""
        call = planned_node(program, edit, (each for each in program.nodes(cst.Call) if _sets_policy(each)))
        if call is None or not isinstance(call.func, cst.Attribute):
            return Declined("No call is there that sets the policy for unknown hosts.")
        policy = call.args[0].value if len(call.args) == 1 and not call.args[0].star else None
        trusting = policy.func if isinstance(policy, cst.Call) else policy
        names = program.imported_names(trusting) if trusting is not None else set()
        if trusting is None or len(names) != 1 or not names <= _TRUSTING:
            return Declined("The policy is not certainly one of paramiko's own that trust every host.")
        client = call.func.value
        owner = dotted_name(client)
        statement = program.parent(call)
        line = program.parent(statement) if isinstance(statement, cst.Expr) else None
        if owner is None or not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
            return Declined("The policy is not set in a statement of its own, on a client that has a name.")
        loaded, saved = _handled(program, call, owner)
        if saved:
            return Declined(
                "The function collects host keys itself: a person must decide how hosts become known."
            )
        value, needed = _refusing(program, call, trusting)
        changed = line.deep_replace(trusting, value)
        assert isinstance(changed, cst.SimpleStatementLine)
        replacement: Replacement = changed if loaded else cst.FlattenSentinel(_with_load(changed, client))
        where = program.definition(call)
        detail = "A host that is not in known_hosts is refused."
        declared = [DeclaredChange("exception", "SSHException", where, detail)]
        if needed is not None:
            declared.append(
                DeclaredChange("import", "paramiko.RejectPolicy", where, "RejectPolicy is imported.")
            )
        return Rewrite(
            "Refuses hosts that are not in known_hosts.",
            {line: replacement},
            [needed] if needed is not None else [],
            declared,
        )


def _sets_policy(call: cst.Call) -> bool:
    return isinstance(call.func, cst.Attribute) and call.func.attr.value == _METHOD


def _handled(program: Program, call: cst.Call, owner: str) -> tuple[bool, bool]:
    """Whether the function loads known hosts into the client itself, and whether it saves its own."""
    outer = program.enclosing(call, cst.FunctionDef) or program.module
    methods = [
        node.func.attr.value
        for node in walk(outer)
        if isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and dotted_name(node.func.value) == owner
    ]
    return not _LOADS.isdisjoint(methods), not _SAVES.isdisjoint(methods)


def _refusing(
    program: Program, call: cst.Call, trusting: cst.BaseExpression
) -> tuple[cst.BaseExpression, NeededImport | None]:
    if isinstance(trusting, cst.Attribute):
        return trusting.with_changes(attr=cst.Name("RejectPolicy")), None
    return program.reference("paramiko", "RejectPolicy", at=call)


def _with_load(line: cst.SimpleStatementLine, client: cst.BaseExpression) -> list[cst.SimpleStatementLine]:
    """The line and, before it with its comments and blank lines, the one that loads the known hosts."""
    load = cst.Expr(cst.Call(cst.Attribute(client.deep_clone(), cst.Name("load_system_host_keys"))))
    first = cst.SimpleStatementLine([load], leading_lines=line.leading_lines)
    return [first, line.with_changes(leading_lines=())]
