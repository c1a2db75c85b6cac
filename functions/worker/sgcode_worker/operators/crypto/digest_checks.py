"""The checks of a digest's name against all that `hashlib` has, and what is hashed with the name after."""

from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, is_name
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_SETS = frozenset({"hashlib.algorithms_available", "hashlib.algorithms_guaranteed"})
# What is called → the keyword and the place of the argument that names the digest.
_HASHING = {
    "hashlib.new": ("name", 0),
    "hashlib.file_digest": ("digest", 1),
    "hashlib.pbkdf2_hmac": ("hash_name", 0),
    "hmac.new": ("digestmod", 2),
    "hmac.HMAC": ("digestmod", 2),
    "hmac.digest": ("digest", 2),
}
_SAME_NAME = frozenset({"lower", "casefold", "strip"})


@dataclass(frozen=True)
class DigestCheck:
    """A check whether a name is in the set of all digests."""

    test: cst.BaseExpression
    known: cst.BaseExpression
    """The set of all digests, as the check has it."""
    name: cst.BaseExpression
    holds: bool
    """Whether the test holds for the names that are in the set."""


def digest_checks(program: Program) -> Iterator[DigestCheck]:
    """Yield the checks of `name in`, `name not in` and `any(name == each for each in)` the set."""
    if "algorithms_" not in program.text:
        return
    for test in program.nodes(cst.Comparison):
        if len(test.comparisons) != 1:
            continue
        operator, known = test.comparisons[0].operator, test.comparisons[0].comparator
        if isinstance(operator, (cst.In, cst.NotIn)) and _is_every_digest(program, known):
            yield DigestCheck(test, known, test.left, isinstance(operator, cst.In))
    for call in program.nodes(cst.Call):
        if is_name(call.func, "any") and len(call.args) == 1:
            search = call.args[0].value
            if isinstance(search, (cst.GeneratorExp, cst.ListComp)):
                yield from _search(program, call, search)


def _search(
    program: Program, call: cst.Call, search: cst.GeneratorExp | cst.ListComp
) -> Iterator[DigestCheck]:
    each, test = search.for_in, search.elt
    plain = not each.ifs and each.inner_for_in is None and isinstance(each.target, cst.Name)
    if not plain or not _is_every_digest(program, each.iter) or not isinstance(test, cst.Comparison):
        return
    if len(test.comparisons) != 1 or not isinstance(test.comparisons[0].operator, cst.Equal):
        return
    sides = [test.left, test.comparisons[0].comparator]
    others = [side for side in sides if not side.deep_equals(each.target)]
    if len(others) == 1:
        yield DigestCheck(call, each.iter, others[0], True)


def _is_every_digest(program: Program, node: cst.BaseExpression) -> bool:
    """Whether the expression is one of hashlib's sets, or a name that is only ever bound to one."""
    if dotted_name(node) is None:
        return False
    names = program.imported_names(node)
    if names:
        return names <= _SETS
    scope = program.scope(node)
    if not isinstance(node, cst.Name) or scope is None:
        return False
    values = [_bound_value(program, getattr(each, "node", None)) for each in scope[node.value]]
    return bool(values) and all(
        value is not None and bool(found := program.imported_names(value)) and found <= _SETS
        for value in values
    )


def _bound_value(program: Program, name: cst.CSTNode | None) -> cst.BaseExpression | None:
    """What the name is bound to by a plain assignment; a copy as a set counts as the set."""
    target = program.parent(name) if isinstance(name, cst.Name) else None
    statement = program.parent(target) if isinstance(target, cst.AssignTarget) else None
    if not isinstance(statement, cst.Assign):
        return None
    value = statement.value
    if isinstance(value, cst.Call) and is_name(value.func, "set", "frozenset") and len(value.args) == 1:
        return value.args[0].value
    return value


def hashed_with(program: Program, check: DigestCheck) -> list[cst.Call]:
    """Return the calls that hash by the checked name, in the check's function or, for a field, its class."""
    wanted = _bare(check.name)
    if dotted_name(wanted) is None and not isinstance(wanted, cst.Subscript):
        return []
    field = (dotted_name(wanted) or "").startswith("self.")
    kind = cst.ClassDef if field else cst.FunctionDef
    holder = program.enclosing(check.test, kind)
    found = []
    for call in program.nodes(cst.Call):
        digest = _digest_of(program, call) if program.enclosing(call, kind) is holder else None
        if digest is not None and _bare(digest).deep_equals(wanted):
            found.append(call)
    return found


def _digest_of(program: Program, call: cst.Call) -> cst.BaseExpression | None:
    """The expression that names the digest, for a call that makes one by name."""
    if is_name(call.func, "getattr"):
        module = argument_of(call, "", 0)
        given = argument_of(call, "", 1)
        if module is None or given is None or dotted_name(module.value) is None:
            return None
        return given.value if program.imported_names(module.value) == {"hashlib"} else None
    if dotted_name(call.func) is None:
        return None
    (name, *others) = program.imported_names(call.func) or {""}
    argument = argument_of(call, *_HASHING[name]) if name in _HASHING and not others else None
    return argument.value if argument is not None else None


def _bare(name: cst.BaseExpression) -> cst.BaseExpression:
    """The expression without parentheses and without methods that give another spelling of the same name."""
    while True:
        if isinstance(name, cst.Call) and isinstance(name.func, cst.Attribute) and not name.args:
            if name.func.attr.value not in _SAME_NAME:
                return name
            name = name.func.value
        elif getattr(name, "lpar", None):
            name = name.with_changes(lpar=(), rpar=())
        else:
            return name
