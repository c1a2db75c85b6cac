"""New keys are long enough."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.crypto.rewriting import check_rewritten, declared
from tests.operators.planning import edit_at

OPERATOR, RULES = "strong-key-size", ("B505",)
HEAD = (
    "from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa\n"
    "from Crypto.PublicKey import DSA, RSA\n"
)

REWRITTEN = {
    "by keyword": (
        "k = rsa.generate_private_key(public_exponent=65537, key_size=1024)",
        "k = rsa.generate_private_key(public_exponent=65537, key_size=2048)",
    ),
    "by its place": (
        "k = rsa.generate_private_key(3, 512, backend())",
        "k = rsa.generate_private_key(3, 2048, backend())",
    ),
    "DSA": ("k = dsa.generate_private_key(1_024)", "k = dsa.generate_private_key(2048)"),
    "of Crypto": ("k = RSA.generate(1024, randfunc)", "k = RSA.generate(2048, randfunc)"),
    "bits by keyword": ("k = DSA.generate(bits=0x400)", "k = DSA.generate(bits=2048)"),
    "by another name": (
        "from Cryptodome.PublicKey import RSA as R\nk = R.generate(\n    1024,  # enough\n)",
        "from Cryptodome.PublicKey import RSA as R\nk = R.generate(\n    2048,  # enough\n)",
    ),
    "in a method": (
        "class A:\n    async def f(self):\n        return [RSA.generate(768).export_key()]",
        "class A:\n    async def f(self):\n        return [RSA.generate(2048).export_key()]",
    ),
    "a curve": (
        "k = ec.generate_private_key(ec.SECT163R2, b)",
        "k = ec.generate_private_key(ec.SECP256R1, b)",
    ),
    "a curve by its own name": (
        "from cryptography.hazmat.primitives.asymmetric.ec import SECP192R1\n"
        "k = ec.generate_private_key(curve=SECP192R1)",
        "from cryptography.hazmat.primitives.asymmetric.ec import SECP192R1\n"
        "k = ec.generate_private_key(curve=ec.SECP256R1)",
    ),
}
# Bandit reports none of these; the gGAN may.
LEFT_ALONE = {
    "long enough": ("RSA.generate(4096)", "long enough already"),
    "a variable": ("RSA.generate(bits)", "not written as a number"),
    "the default": ("RSA.generate()", "not written as a number"),
    "star arguments": ("RSA.generate(*given)", "not written as a number"),
    "another function": ("generate(1024)", "No call is there"),
    "another module": ("mine.RSA.generate(1024)", "No call is there"),
    "a strong curve": ("ec.generate_private_key(ec.SECP384R1)", "not a weak one"),
    "a computed curve": ("ec.generate_private_key(curves[0])", "cannot be told"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_makes_longer_keys(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    assert {change[:2] for change in declared(check_rewritten(before, after, OPERATOR, RULES))} == {
        ("setting", "key_size")
    }


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    call, reason = LEFT_ALONE[name]
    code = f"{HEAD}import mine\nk = {call}\n"

    result = apply_edits(code.encode(), [edit_at(code, call, OPERATOR)])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined
