"""`safe-extract`: a tar archive is unpacked without leaving its folder."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, is_name, with_keyword
from sgcode_worker.operators.literals import literal, preferred_quote, text_of
from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_OPENERS = frozenset({"tarfile.open", "tarfile.TarFile", "tarfile.TarFile.open"})
_CLASSES = frozenset({"tarfile.TarFile"})
# https://docs.python.org/3/library/tarfile.html#extraction-filters
_VERSIONS = "Python 3.12, or 3.11.4, 3.10.12, 3.9.17 and 3.8.17 and later of their series"


class SafeExtract:
    """`TarFile.extractall` gets `filter="data"`."""

    name = "safe-extract"
    cwe = "CWE-22"
    precondition = (
        "A call of extractall that names no filter and has no * or ** arguments, on what the program "
        "certainly opened with tarfile or declares as a TarFile."
    )
    changes = (
        "An archive whose members would land outside the folder, or that are devices, is refused with "
        f"tarfile.FilterError; owners and special permission bits are not taken over. It needs {_VERSIONS}."
    )
    example = (
        "import tarfile\n\nwith tarfile.open('a.tar') as tar:\n    tar.extractall('out')\n",
        "import tarfile\n\nwith tarfile.open('a.tar') as tar:\n    tar.extractall('out', filter='data')\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with the filter that Python itself will use from 3.14 on."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of extractall is there.")
        if has_unpacked(call, "*", "**"):
            return Declined("The call is given * or ** arguments, which may hold a filter.")
        known = argument_of(call, "filter")
        if known is not None and not is_name(known.value, "None"):
            return Declined(_custom(known.value))
        assert isinstance(call.func, cst.Attribute)
        if not _is_tar(program, call.func.value):
            return Declined(
                "It cannot be told that this is a tar archive; decide it: TarFile.extractall takes "
                'filter="data", zipfile leaves out `..` by itself.'
            )
        value = literal("data", preferred_quote(call) or preferred_quote(program.module) or '"')
        changed = {known.value: value} if known is not None else {call: with_keyword(call, "filter", value)}
        declared = DeclaredChange(
            "exception",
            "FilterError",
            program.definition(call),
            "An archive with members outside the folder is refused with tarfile.FilterError.",
        )
        return Rewrite("Unpacks nothing outside the folder.", changed, (), [declared])


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value == "extractall":
            yield call


def _custom(value: cst.BaseExpression) -> str:
    if text_of(value) == "data":
        return 'The call has filter="data" already.'
    return (
        'The program chooses its own filter; decide whether "data" will do, which refuses what would land '
        "outside the folder."
    )


def _is_tar(program: Program, receiver: cst.BaseExpression) -> bool:
    """Whether the receiver can only be what tarfile made."""
    if isinstance(receiver, cst.Call):
        return _makes_tar(program, receiver)
    scope = program.scope(receiver)
    if not isinstance(receiver, cst.Name):
        return isinstance(receiver, cst.Attribute) and _is_tar_attribute(program, receiver)
    bindings = [] if scope is None else [getattr(each, "node", None) for each in scope[receiver.value]]
    return bool(bindings) and all(node is not None and _binds_tar(program, node) for node in bindings)


def _is_tar_attribute(program: Program, receiver: cst.Attribute) -> bool:
    """Whether every assignment to such an attribute in the file gives it a tar archive."""
    if dotted_name(receiver) is None:
        return False
    values = [
        target
        for target in program.nodes(cst.AssignTarget, cst.AsName)
        if (target.target if isinstance(target, cst.AssignTarget) else target.name).deep_equals(receiver)
    ]
    return bool(values) and all(_given_tar(program, each) for each in values)


def _binds_tar(program: Program, node: cst.CSTNode) -> bool:
    """Whether the place where a name is bound binds it to a tar archive."""
    if isinstance(node, cst.Param):
        annotation = node.annotation.annotation if node.annotation is not None else None
        return annotation is not None and bool(program.imported_names(annotation) & _CLASSES)
    target = program.parent(node)
    return target is not None and _given_tar(program, target)


def _given_tar(program: Program, target: cst.CSTNode) -> bool:
    holder = program.parent(target)
    value: cst.CSTNode | None = None
    if isinstance(target, cst.AsName) and isinstance(holder, cst.WithItem):
        value = holder.item
    elif isinstance(target, (cst.AssignTarget, cst.NamedExpr)):
        assignment = target if isinstance(target, cst.NamedExpr) else holder
        value = getattr(assignment, "value", None)
    if is_name(value, "None"):
        return True
    return value is not None and _makes_tar(program, unparenthesized(value))


def _makes_tar(program: Program, node: cst.CSTNode) -> bool:
    """`tarfile.open(...)`, also inside `contextlib.closing(...)`."""
    if not isinstance(node, cst.Call):
        return False
    names = program.imported_names(node.func)
    if names & {"contextlib.closing"} and len(node.args) == 1:
        return _makes_tar(program, node.args[0].value)
    return bool(names) and names <= _OPENERS
