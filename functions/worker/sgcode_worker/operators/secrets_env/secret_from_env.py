"""`secret-from-env`: a secret that stands in the code is read from the environment."""

import libcst as cst

from sgcode_worker.operators.literals import literal, preferred_quote
from sgcode_worker.operators.operator import (
    DeclaredChange,
    Declined,
    EnvironmentVariable,
    PlannedEdit,
    Rewrite,
    Shared,
)
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.defaults import (
    first_statement,
    read_when_called,
    why_not_when_called,
)
from sgcode_worker.operators.secrets_env.judgment import why_not_a_secret
from sgcode_worker.operators.secrets_env.names import variable_name
from sgcode_worker.operators.secrets_env.spots import Spot, last_part, planned_spot


class SecretFromEnv:
    """A literal under a secret's name becomes `os.environ[...]`; it is nowhere kept as a default."""

    name = "secret-from-env"
    cwe = "CWE-259"
    precondition = (
        "A plain text that is assigned to, stored under, passed as, compared with or the default of a "
        "secret's name, and that is a secret by its looks: no address, template, message, field name or mark "
        "of a language."
    )
    changes = (
        "The environment must hold the secret: without its variable the program stops with KeyError where it "
        "first needs it. A blank password of a connection stays blank where the variable is not set. A "
        "parameter's default becomes None, which stands for the secret."
    )
    example = (
        'import os\nDB_PASSWORD = "hunter2x"\n',
        'import os\nDB_PASSWORD = os.environ["DB_PASSWORD"]\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the reading of an environment variable in place of the literal."""
        spot = planned_spot(program, edit)
        if spot is None:
            return Declined("No plain text under a secret's name is there.")
        reason = why_not_a_secret(program, spot) or _why_not_held(spot)
        if reason is None and spot.role == "default":
            reason = why_not_when_called(program, spot)
        if reason is not None:
            return Declined(reason)
        at = first_statement(spot) if spot.role == "default" else spot.literal
        variable = variable_name(program, spot, shared)
        environ, needed = program.reference("os", "environ", at=at)
        read = _reading(spot, variable, environ)
        required = bool(spot.value)
        return Rewrite(
            _summary(variable, required),
            read_when_called(spot, read) if spot.role == "default" else {spot.literal: read},
            [needed] if needed else [],
            _declared(program, spot, variable, required),
            [EnvironmentVariable(variable, required)],
        )


def _why_not_held(spot: Spot) -> str | None:
    """Why an environment variable cannot hold the secret."""
    try:
        text = spot.value if isinstance(spot.value, str) else spot.value.decode()
        text.encode()
    except UnicodeError:
        return "The secret is not text in UTF-8, which an environment variable cannot hold."
    return (
        "The secret holds a null character, which an environment variable cannot." if "\0" in text else None
    )


def _reading(spot: Spot, variable: str, environ: cst.BaseExpression) -> cst.BaseExpression:
    quote = preferred_quote(spot.literal) or '"'
    name = literal(variable, quote)
    read: cst.BaseExpression
    if spot.value:
        read = cst.Subscript(environ, [cst.SubscriptElement(cst.Index(name))])
    else:
        read = cst.Call(cst.Attribute(environ, cst.Name("get")), [cst.Arg(name), cst.Arg(literal("", quote))])
    return read if isinstance(spot.value, str) else cst.Call(cst.Attribute(read, cst.Name("encode")))


def _summary(variable: str, required: bool) -> str:
    if required:
        return f"Reads {variable} from the environment; the secret is no longer in the code."
    return f"Reads {variable} from the environment; the password stays blank where it is not set."


def _declared(program: Program, spot: Spot, variable: str, required: bool) -> list[DeclaredChange]:
    where = program.definition(spot.literal)
    changes = [
        DeclaredChange(
            "environment", variable, where, f"The environment variable {variable} is read for a secret."
        )
    ]
    if required:
        changes.append(
            DeclaredChange("exception", "KeyError", where, f"KeyError is raised where {variable} is not set.")
        )
    for constant in _constants(program, spot):
        detail = f"`{constant}` now gets its value from the environment variable {variable}."
        changes.append(DeclaredChange("constant", constant, where, detail))
    return changes


def _constants(program: Program, spot: Spot) -> list[str]:
    """The names of the module or class that the literal is in the value of, or the parameter it is for."""
    if spot.role == "default":
        return [spot.name]
    if isinstance(
        program.enclosing(spot.literal, cst.FunctionDef, cst.ClassDef, cst.Lambda), cst.FunctionDef
    ):
        return []
    statement = program.enclosing(spot.literal, cst.Assign, cst.AnnAssign)
    if isinstance(statement, cst.AnnAssign):
        targets = [statement.target]
    else:
        targets = [each.target for each in statement.targets] if statement is not None else []
    return [last_part(each) for each in targets if isinstance(each, cst.Name)]
