"""`weights-only-load`: what torch loads are tensors, not arbitrary Python objects."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, is_name, with_keyword
from sgcode_worker.operators.files.named import named
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_LOADS = frozenset({"torch.load", "torch.serialization.load"})
_TAKERS = frozenset({"load_state_dict"})
_WHOLE, _PARTS, _UNKNOWN = "whole", "parts", "unknown"


class WeightsOnlyLoad:
    """`torch.load` gets `weights_only=True` where the program takes weights out of it."""

    name = "weights-only-load"
    cwe = "CWE-502"
    precondition = (
        "A call of torch.load without a pickle module of its own, whose result goes to load_state_dict, "
        "whole or by its items, and nowhere else."
    )
    changes = (
        "A file that holds anything but tensors and plain data is refused with pickle.UnpicklingError. It "
        "needs PyTorch 1.13 or later."
    )
    example = (
        "import torch\n\nmodel.load_state_dict(torch.load('model.pt'))\n",
        "import torch\n\nmodel.load_state_dict(torch.load('model.pt', weights_only=True))\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call that builds no other objects."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of torch.load is there, or `torch` may stand for something else.")
        if has_unpacked(call, "*", "**"):
            return Declined("The call is given * or ** arguments, so it cannot be told how it loads.")
        if argument_of(call, "pickle_module", 2) is not None:
            return Declined("The call names a pickle module, which may build whatever it wants to.")
        known = argument_of(call, "weights_only")
        if known is not None and not is_name(known.value, "False", "None"):
            return Declined("Whether weights only are loaded is worked out, which the analyzer cannot read.")
        use = _use(program, call)
        if use is _UNKNOWN or (use is _PARTS and known is not None):
            return Declined(
                "It cannot be told that only tensors and plain data are loaded; decide which classes the "
                "file may hold: save a state_dict, or name them with torch.serialization.add_safe_globals."
            )
        true = cst.Name("True")
        changed = (
            {known.value: true} if known is not None else {call: with_keyword(call, "weights_only", true)}
        )
        declared = DeclaredChange(
            "exception",
            "UnpicklingError",
            program.definition(call),
            "A file with other objects than tensors and plain data is refused with pickle.UnpicklingError.",
        )
        return Rewrite("Loads tensors and plain data only.", changed, (), [declared])


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        if program.imported_names(call.func) & _LOADS:
            yield call


def _use(program: Program, call: cst.Call) -> str:
    """What the program takes of what is loaded: all of it as weights, items of it, or it is not known."""
    result = named(program, call)
    if result is None:
        return _taken(program, call)
    if result.function is None and program.enclosing(call, cst.FunctionDef, cst.ClassDef) is not None:
        return _UNKNOWN
    found = [_taken(program, use) for use in result.uses]
    if not result.is_bound_once or _UNKNOWN in found:
        return _UNKNOWN
    weights = any(_weights(program, use) for use in result.uses)
    return (_PARTS if _PARTS in found else _WHOLE) if weights else _UNKNOWN


def _taken(program: Program, node: cst.CSTNode) -> str:
    """How one use takes what is loaded."""
    parent = program.parent(node)
    if isinstance(parent, cst.Arg):
        return _WHOLE if _is_taker(program.parent(parent)) else _UNKNOWN
    if isinstance(parent, cst.Subscript) and parent.value is node:
        outer = program.parent(parent)
        return _UNKNOWN if isinstance(outer, (cst.Attribute, cst.Subscript, cst.AssignTarget)) else _PARTS
    return _PARTS if isinstance(parent, (cst.Comparison, cst.ComparisonTarget)) else _UNKNOWN


def _weights(program: Program, node: cst.CSTNode) -> bool:
    """Whether the use, or the item that it takes, goes to load_state_dict."""
    parent = program.parent(node)
    if isinstance(parent, cst.Subscript):
        parent = program.parent(parent)
    return isinstance(parent, cst.Arg) and _is_taker(program.parent(parent))


def _is_taker(node: cst.CSTNode | None) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value in _TAKERS
    )
