"""Values that a template takes from a mapping by their names: a dictionary, or `locals()`."""

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import is_builtin
from sgcode_worker.operators.queries.refusal import Refusal


def value_named(program: Program, mapping: cst.BaseExpression, key: str) -> cst.BaseExpression:
    """Return what the mapping holds under the key. Refuses where that is not certain."""
    if isinstance(mapping, cst.Name):
        return item_of(mapping, cst.SimpleString(repr(key)))
    if isinstance(mapping, cst.Call) and is_builtin(program, mapping.func, "locals") and not mapping.args:
        return _local(program, mapping, key)
    if not isinstance(mapping, cst.Dict):
        raise Refusal("The query's values come from an expression, so they cannot be told apart.")
    items = [each for each in mapping.elements if isinstance(each, cst.DictElement)]
    keys = [text_of(each.key) for each in items]
    if len(items) != len(mapping.elements) or keys.count(key) != 1:
        raise Refusal(f"The query's value `{key}` is not certainly in the dictionary.")
    return items[keys.index(key)].value


def item_of(values: cst.Name, index: cst.BaseExpression) -> cst.Subscript:
    """Return `values[index]`."""
    name = cst.Name(values.value) if values.lpar else values
    return cst.Subscript(name, [cst.SubscriptElement(cst.Index(index))])


def _local(program: Program, call: cst.Call, key: str) -> cst.BaseExpression:
    """The name itself, as the function binds it."""
    scope = program.scope(call)
    for assignment in () if scope is None else scope.assignments[key]:
        node = getattr(assignment, "node", None)
        name = node.name if isinstance(node, cst.Param) else node
        if isinstance(name, cst.Name):
            return name
    raise Refusal(f"The query's value `{key}` is not certainly a name of the function.")
