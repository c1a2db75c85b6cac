"""`strong-key-size`: keys are made long enough."""

import libcst as cst

from sgcode_worker.operators.arguments import argument_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.visibility import dotted_name

_SIZE = 2048
_CURVE = "SECP256R1"
_WEAK_CURVES = frozenset({"SECP192R1", "SECT163K1", "SECT163R2"})
_ASYMMETRIC = "cryptography.hazmat.primitives.asymmetric"
# What is called → the keyword and the place of the argument that says how long the key is.
_SIZED = {
    f"{_ASYMMETRIC}.rsa.generate_private_key": ("key_size", 1),
    f"{_ASYMMETRIC}.dsa.generate_private_key": ("key_size", 0),
    **{
        f"{package}.PublicKey.{kind}.generate": ("bits", 0)
        for package in ("Crypto", "Cryptodome")
        for kind in ("RSA", "DSA")
    },
}
_CURVED = f"{_ASYMMETRIC}.ec.generate_private_key"


class StrongKeySize:
    """RSA and DSA keys get 2048 bits, weak curves become P-256."""

    name = "strong-key-size"
    cwe = "CWE-326"
    precondition = (
        "A call that makes an RSA or DSA key of a size below 2048 that is written as a number, or a key on a "
        "named curve below 224 bits."
    )
    changes = (
        "New keys, and what is signed or encrypted with them, are longer; keys made before stay as they are."
    )
    example = (
        "from Crypto.PublicKey import RSA\nkey = RSA.generate(1024)\n",
        "from Crypto.PublicKey import RSA\nkey = RSA.generate(2048)\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call with the longer key."""
        call = planned_node(
            program, edit, (each for each in program.nodes(cst.Call) if _made_by(program, each))
        )
        if call is None:
            return Declined("No call is there that certainly makes an RSA, DSA or EC key.")
        name = _made_by(program, call)
        if name == _CURVED:
            return _curve(program, call)
        given = argument_of(call, *_SIZED[name])
        if given is None or not isinstance(given.value, cst.Integer):
            return Declined("The size of the key is not written as a number in the call.")
        if given.value.evaluated_value >= _SIZE:
            return Declined("The key is long enough already.")
        return _result(program, call, given.value, cst.Integer(str(_SIZE)), f"{_SIZE} bits")


def _made_by(program: Program, call: cst.Call) -> str:
    if not (dotted_name(call.func) or "").rpartition(".")[2]:
        return ""
    names = program.imported_names(call.func)
    return names.pop() if len(names) == 1 and names <= {*_SIZED, _CURVED} else ""


def _curve(program: Program, call: cst.Call) -> Rewrite | Declined:
    given = argument_of(call, "curve", 0)
    value = given.value if given is not None else None
    curve = value.func if isinstance(value, cst.Call) else value
    names = program.imported_names(curve) if curve is not None and dotted_name(curve) is not None else set()
    if curve is None or len(names) != 1 or names.pop().rpartition(".")[2] not in _WEAK_CURVES:
        return Declined("Which curve the key is on cannot be told, or it is not a weak one.")
    if isinstance(curve, cst.Attribute):
        return _result(program, call, curve, curve.with_changes(attr=cst.Name(_CURVE)), "the curve P-256")
    strong, needed = program.reference(f"{_ASYMMETRIC}.ec", _CURVE, at=call)
    return _result(program, call, curve, strong, "the curve P-256", needed)


def _result(
    program: Program,
    call: cst.Call,
    before: cst.CSTNode,
    after: cst.CSTNode,
    shown: str,
    needed: NeededImport | None = None,
) -> Rewrite:
    declared = DeclaredChange("setting", "key_size", program.definition(call), f"New keys have {shown}.")
    summary = f"Makes keys with {shown}; those made before stay as they are."
    return Rewrite(summary, {before: after}, [needed] if needed is not None else [], [declared])
