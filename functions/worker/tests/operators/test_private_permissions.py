import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at, findings, plan

OPERATOR = "private-permissions"
REWRITTEN = {
    "everything for everybody": ("os.chmod(p, 0o777)", "os.chmod(p, 0o744)"),
    "writing for everybody": ("os.chmod(p, 0o666)", "os.chmod(p, 0o644)"),
    "writing for the group": ("os.chmod(p, 0o664)", "os.chmod(p, 0o644)"),
    "nothing to read": ("os.chmod(p, 0o773)", "os.chmod(p, 0o740)"),
    "a decimal number": ("os.chmod(p, 511)", "os.chmod(p, 0o744)"),
    "a hexadecimal number": ("os.chmod(p, 0x1ff)", "os.chmod(p, 0o744)"),
    "special bits": ("os.chmod(p, 0o1777)", "os.chmod(p, 0o1744)"),
    "a descriptor": ("os.fchmod(d, 0o666)", "os.fchmod(d, 0o644)"),
    "by another name": ("from os import chmod as c\nc(p, 0o666)", "from os import chmod as c\nc(p, 0o644)"),
    "several lines": ("os.chmod(\n    p,\n    0o666,  # why\n)", "os.chmod(\n    p,\n    0o644,  # why\n)"),
    "inside": (
        "class A:\n    async def f(self):\n        os.chmod(self.p, 0o666)",
        "class A:\n    async def f(self):\n        os.chmod(self.p, 0o644)",
    ),
}
LEFT_ALONE = {
    "running is meant": ("os.chmod(p, 0o755)", "Others may run the file"),
    "private already": ("os.chmod(p, 0o600)", "Others may run the file"),
    "constants": ("os.chmod(p, stat.S_IRWXO)", "The mode is worked out"),
    "a variable": ("os.chmod(p, mode)", "The mode is worked out"),
    "star arguments": ("os.chmod(*a)", "given * or ** arguments"),
    "a path's method": ("p.chmod(0o777)", "No call of os.chmod"),
    "another module": ("sftp.chmod(p, 0o777)", "No call of os.chmod"),
    "a parameter": ("def f(os, p):\n    os.chmod(p, 0o777)", "No call of os.chmod"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites(name: str) -> None:
    before, after = (f"import os\n{code}\n" for code in REWRITTEN[name])

    result = apply_edits(before.encode(), plan(before.encode(), OPERATOR, {"B103"}))

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B103"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    program = f"import os, stat\n{code}\n"

    result = apply_edits(program.encode(), [edit_at(program, "chmod", OPERATOR)])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


def test_says_which_mode_it_was() -> None:
    code = b"import os\n\ndef f(p):\n    os.chmod(p, 0o777)\n"

    result = apply_edits(code, plan(code, OPERATOR, {"B103"}))

    (applied,) = result.document()["applied"]
    (declared,) = applied["declared"]
    assert (declared["kind"], declared["name"], declared["definition"]) == ("setting", "mode", "f")
    assert "0o744 where it was 0o777" in declared["detail"]
    gates = verify_candidate(code, result.candidate or b"", [applied])
    assert [gate["light"] for gate in gates.values()] == ["pass", "pass", "pass"]
