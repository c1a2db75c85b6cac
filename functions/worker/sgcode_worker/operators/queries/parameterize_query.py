"""`parameterize-query`: the database driver binds values that were written into the SQL text."""

import libcst as cst

from sgcode_worker.operators.operator import (
    ChangeKind,
    DeclaredChange,
    Declined,
    PlannedEdit,
    Rewrite,
    Shared,
)
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.queries.calls.binding import import_for
from sgcode_worker.operators.queries.calls.django_orm import RULES, query_set_call, rewrite_django
from sgcode_worker.operators.queries.calls.handing import all_runs, receiver_in, text_in
from sgcode_worker.operators.queries.calls.runs import without_text_call
from sgcode_worker.operators.queries.calls.shown_text import shown_text
from sgcode_worker.operators.queries.calls.wrappers import wrapper_of
from sgcode_worker.operators.queries.driver.driver_of import dialect_of
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.rewrites import Replacements, rewrite_call, rewrite_variable
from sgcode_worker.operators.queries.text.pieces import is_text
from sgcode_worker.operators.queries.text.settled import settled_text
from sgcode_worker.operators.queries.variable import Definition, Variable, name_assigned, variable_of

_SHOWN = "`{}` is the query with placeholders instead of values."
_SETTLED = "Writes the query as the one fixed text that it always is."
_SUMMARY_SHOWN = "Shows the query as it is run: its text, and its values beside it."
_SUMMARY = "Gives the values of the query to the database as parameters."


class ParameterizeQuery:
    """SQL built from values becomes a constant text with placeholders, and the values its parameters."""

    name = "parameterize-query"
    cwe = "CWE-89"
    precondition = (
        "A SELECT, INSERT, UPDATE, DELETE or REPLACE text built with +, +=, %, str.format or an f-string, "
        "run by `execute` of a known driver, in the call or through a local variable that is at most printed "
        "or logged besides, handed to `read_sql` of pandas, or to a function of the file that only runs it, "
        "or standing in `extra` or `RawSQL` of Django; every value stands where a parameter can, and is one "
        "value, not a piece of SQL. The driver is imported, or its connection, the SQL or other statements "
        "of the file tell how it writes placeholders, or --database-driver names it."
    )
    changes = (
        "Values reach the database as parameters: one that is SQL by itself is compared or stored as the "
        "text that it is, and quotes in it no longer end the query early. Where the query is printed or "
        "logged, the message shows placeholders. A function of the file that only runs queries gets an "
        "optional parameter for values where it has none."
    )
    example = (
        "import sqlite3\ndb = sqlite3.connect(path)\n"
        'db.execute("SELECT * FROM users WHERE name = \'" + name + "\'")\n',
        "import sqlite3\ndb = sqlite3.connect(path)\n"
        'db.execute("SELECT * FROM users WHERE name = ?", (name,))\n',
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the query with placeholders and its parameters."""
        driver = shared.database_driver
        try:
            if edit.rule in RULES:
                return Rewrite(_SUMMARY, rewrite_django(program, edit))
            settled = settled_text(program, edit)
            if settled:
                return Rewrite(_SETTLED, settled)
            shown = shown_text(program, edit, driver)
            if shown is not None:
                where = program.definition(shown[0])
                detail = "A query is shown with placeholders, and its values beside it."
                return Rewrite(
                    _SUMMARY_SHOWN, shown[1], declared=[DeclaredChange("message", "query", where, detail)]
                )
            node = _planned(program, edit)
            if node is None and query_set_call(program, edit) is not None:
                return Rewrite(_SUMMARY, rewrite_django(program, edit))
            if node is None:
                raise Refusal("The text is not run by a call of execute there.")
            variable = _variable(program, node)
            if variable is not None:
                declared = _declared(program, variable)
                replacements = rewrite_variable(program, variable, driver)
                return _result(program, replacements, variable.calls, declared, driver)
            assert isinstance(node, cst.Call)
            return _result(program, rewrite_call(program, node, driver), [node], [], driver)
        except Refusal as refusal:
            return Declined(str(refusal))


def _result(
    program: Program,
    replacements: Replacements,
    calls: list[cst.Call],
    declared: list[DeclaredChange],
    driver: str | None,
) -> Rewrite:
    summary = _SUMMARY
    imports: list[NeededImport] = []
    for call in calls:
        dialect = dialect_of(program, receiver_in(program, call), driver)
        if dialect.basis:
            summary = f"{_SUMMARY} No driver is named here; `{dialect.placeholder}` because {dialect.basis}."
        if dialect.remark:
            summary = f"{summary} {dialect.remark}"
        wrapper = wrapper_of(program, call)
        if wrapper is not None and wrapper.shows:
            where = program.definition(wrapper.function.body)
            detail = _SHOWN.format(wrapper.text)
            declared = [*declared, DeclaredChange("message", wrapper.text, where, detail)]
        needed = import_for(program, call, dialect) if call in replacements else None
        if needed is not None:
            imports.append(needed)
    return Rewrite(summary, replacements, imports=imports, declared=declared)


def _planned(program: Program, edit: PlannedEdit) -> Definition | cst.Call | None:
    assignments = [
        each
        for each in program.nodes(cst.Assign, cst.AnnAssign, cst.AugAssign)
        if each.value is not None and is_text(without_text_call(each.value))
    ]
    return planned_node(program, edit, [*all_runs(program), *assignments])


def _variable(program: Program, node: Definition | cst.Call) -> Variable | None:
    """The variable that holds the query; None where its text stands in the call."""
    if isinstance(node, cst.Call):
        query = text_in(program, node)
        return variable_of(program, query, None) if isinstance(query, cst.Name) else None
    name = name_assigned(node)
    if name is None:
        raise Refusal("The query is kept in an attribute, an item or several names at once.")
    return variable_of(program, name, node)


def _declared(program: Program, variable: Variable) -> list[DeclaredChange]:
    """What others see of the text: those who read what is printed, and files that import it."""
    where = program.definition(variable.calls[0])
    detail = _SHOWN.format(variable.name)
    kinds: list[ChangeKind] = [] if isinstance(variable.body, cst.FunctionDef) else ["constant"]
    if variable.shown:
        kinds.append("message")
    return [DeclaredChange(kind, variable.name, where, detail) for kind in kinds]
