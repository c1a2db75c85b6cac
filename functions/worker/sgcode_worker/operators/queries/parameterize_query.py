"""`parameterize-query`: the database driver binds values that were written into the SQL text."""

import libcst as cst

from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.pieces import is_text
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.rewrites import Replacements, rewrite_call, rewrite_variable
from sgcode_worker.operators.queries.runs import runs
from sgcode_worker.operators.queries.variable import Definition, Variable, name_assigned, variable_of


class ParameterizeQuery:
    """SQL built from values becomes a constant text with placeholders, and the values its parameters."""

    name = "parameterize-query"
    cwe = "CWE-89"
    precondition = (
        "A SELECT, INSERT, UPDATE, DELETE or REPLACE text built with +, +=, %, str.format or an f-string, "
        "run by `execute` of a known driver, in the call or through a local variable that is used for "
        "nothing else; every value stands where a parameter can, and is one value, not a piece of SQL."
    )
    changes = (
        "Values reach the database as parameters: one that is SQL by itself is compared or stored as the "
        "text that it is, and quotes in it no longer end the query early."
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the query with placeholders and its parameters."""
        try:
            node = _planned(program, edit)
            variable = _variable(program, node)
            if variable is not None:
                return _result(rewrite_variable(program, variable), _declared(variable))
            assert isinstance(node, cst.Call)
            return _result(rewrite_call(program, node), [])
        except Refusal as refusal:
            return Declined(str(refusal))


def _result(replacements: Replacements, declared: list[DeclaredChange]) -> Rewrite:
    summary = "Gives the values of the query to the database as parameters."
    return Rewrite(summary, replacements, declared=declared)


def _planned(program: Program, edit: PlannedEdit) -> Definition | cst.Call:
    assignments = [
        each
        for each in program.nodes(cst.Assign, cst.AnnAssign, cst.AugAssign)
        if each.value is not None and is_text(each.value)
    ]
    node = planned_node(program, edit, [*runs(program), *assignments])
    if node is None:
        raise Refusal("The text is not run by a call of execute there.")
    return node


def _variable(program: Program, node: Definition | cst.Call) -> Variable | None:
    """The variable that holds the query; None where its text stands in the call."""
    if isinstance(node, cst.Call):
        query = node.args[0].value
        return variable_of(program, query, None) if isinstance(query, cst.Name) else None
    name = name_assigned(node)
    if name is None:
        raise Refusal("The query is kept in an attribute, an item or several names at once.")
    return variable_of(program, name, node)


def _declared(variable: Variable) -> list[DeclaredChange]:
    """What other files could import: the text of the query, where it is a name of the module."""
    if isinstance(variable.body, cst.FunctionDef):
        return []
    detail = f"`{variable.name}` is the query with placeholders instead of values."
    return [DeclaredChange("constant", variable.name, "", detail)]
