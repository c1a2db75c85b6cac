"""A digest that the caller names is refused where it is broken, as an unknown one is."""

import hashlib

import pytest

from sgcode_worker.operators.apply import apply_edits
from sgcode_worker.operators.crypto.refuse_weak_hash import WEAK
from tests.operators.crypto.rewriting import check_rewritten, declared
from tests.operators.planning import edit_at

OPERATOR = "refuse-weak-hash"
HEAD = "import hashlib\nimport hmac\n"
SET = '{"md4", "md5", "md5-sha1", "sha1"}'
CHECK = "if name not in hashlib.algorithms_available:\n        raise ValueError(name)\n    "

# `ALL` stands for the set of all digests in the check.
REWRITTEN = {
    "raises": (
        "hashlib.algorithms_available",
        "def f(name, data):\n    if name not in ALL:\n        raise ValueError(f'no {name}')\n"
        "    h = hashlib.new(name)\n    h.update(data)\n    return h.digest()",
    ),
    "hashes inside": (
        "hashlib.algorithms_guaranteed",
        "def f(name, data):\n    if name in ALL:\n        return hashlib.new(name, data).digest()\n"
        "    raise ValueError(name)",
    ),
    "by hmac, in a method": (
        "hashlib.algorithms_available",
        "class A:\n    async def f(self, name, data):\n        if not name or name not in ALL:\n"
        "            return None\n        return hmac.new(b'k', data, digestmod=name)",
    ),
    "an attribute": (
        "hashlib.algorithms_available",
        "class A:\n    def __init__(self, name):\n        self.name = name\n        assert self.name in ALL\n"
        "    def f(self, data):\n        return hashlib.pbkdf2_hmac(self.name, data, b's', 9)",
    ),
    "by another name": (
        "known",
        "from hashlib import algorithms_available as known, new as make\n"
        "def f(name):\n    if name.lower() not in ALL: raise KeyError\n    return make(name.lower())",
    ),
    "a constant": (
        "SUPPORTED",
        "SUPPORTED = frozenset(hashlib.algorithms_guaranteed)\n"
        "def f(name):\n    if not (name in ALL):\n        raise KeyError\n"
        "    return getattr(hashlib, name)()",
    ),
    "over several lines": (
        "hashlib.algorithms_available",
        "def f(*, name, data):\n    return (\n        hashlib.new(\n            name, data  # why\n"
        "        )\n"
        "        if name in ALL\n        else None\n    )",
    ),
    "by any": (
        "hashlib.algorithms_available",
        "def f(name):\n    if not any(each == name for each in ALL):\n        exit(1)\n"
        "    return hashlib.new(name=name)",
    ),
    "nested": (
        "hashlib.algorithms_available",
        "def f(given):\n    def g(b):\n        if given['name'] not in ALL:\n            raise KeyError\n"
        "        else:\n            return hashlib.new(given['name'], b)\n    return g",
    ),
}
SINGLE_QUOTES = {"raises", "nested"}
LEFT_ALONE = {
    "falls back": (
        "def f(name):\n    if name not in hashlib.algorithms_available:\n        name = 'sha256'\n"
        "    return hashlib.new(name)",
        "is not refused here",
    ),
    "another digest at once": (
        "def f(name):\n    if name not in hashlib.algorithms_available:\n        return hashlib.sha256()\n"
        "    return hashlib.new(name)",
        "is not refused here",
    ),
    "another digest": (
        "def f(name, b):\n    if name in hashlib.algorithms_available:\n        return hashlib.new(name, b)\n"
        "    return hashlib.sha256(b)",
        "is not refused here",
    ),
    "a choice": (
        "def f(name):\n    k = name in hashlib.algorithms_available\n    return k and hashlib.new(name)",
        "cannot be told",
    ),
    "nothing hashed": (f"def f(name):\n    {CHECK}return name", "Nothing is hashed"),
    "hashed before": (f"def f(name):\n    h = hashlib.new(name)\n    {CHECK}return h", "Nothing is hashed"),
    "another name hashed": (f"def f(name, x):\n    {CHECK}return hashlib.new(x)", "Nothing is hashed"),
    "a weak default": (f"def f(name='MD5'):\n    {CHECK}return hashlib.new(name)", "names a weak digest"),
    "a weak call": (f"def f(name):\n    {CHECK}return hashlib.new(name)\nf('sha1')", "names a weak digest"),
    "a checksum": (f"def file_hash(name):\n    {CHECK}return hashlib.new(name)", "person must decide"),
    "another set": (
        "algorithms_available = {'a'}\ndef f(name):\n    if name not in algorithms_available:\n"
        "        raise ValueError(name)\n    return hashlib.new(name)",
        "No check",
    ),
    "narrowed already": (
        f"def f(name):\n    if name not in hashlib.algorithms_available - {SET}:\n        raise KeyError\n"
        "    return hashlib.new(name)",
        "No check",
    ),
    "bound again": (
        "known = hashlib.algorithms_available\nknown = {'sha256'}\ndef f(name):\n    if name not in known:\n"
        "        raise KeyError\n    return hashlib.new(name)",
        "No check",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_refuses_broken_digests(name: str) -> None:
    known, code = REWRITTEN[name]
    weak = SET.replace('"', "'") if name in SINGLE_QUOTES else SET
    before, after = (f"{HEAD}{code.replace('ALL', every)}\n" for every in (known, f"{known} - {weak}"))

    changed = check_rewritten(before, after, OPERATOR, ())

    assert [change[:2] for change in declared(changed)] == [("setting", "algorithms_available")]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    text = code[code.find("name not in hash") :].partition(":")[0] if "name not in hash" in code else code
    program = f"{HEAD}{code}\n"

    result = apply_edits(program.encode(), [edit_at(program, text, OPERATOR)])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


def test_runs_as_declared() -> None:
    before = f"{HEAD}def f(name, data):\n    {CHECK}return hashlib.new(name, data).digest()\n"
    result = apply_edits(before.encode(), [edit_at(before, "hashlib.new(name, data).digest()", OPERATOR)])
    assert result.candidate is not None
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    exec(before, old)
    exec(result.candidate, new)

    for digest in sorted({*hashlib.algorithms_available, *WEAK, "none"}):
        if digest in WEAK or digest == "none":
            with pytest.raises(ValueError, match=f"^{digest}$"):
                new["f"](digest, b"x")  # type: ignore[operator]
        elif not digest.startswith("shake"):
            assert new["f"](digest, b"x") == old["f"](digest, b"x")  # type: ignore[operator]
