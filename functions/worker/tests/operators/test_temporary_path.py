import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import findings, plan

HEAD = "import os\nimport shutil\nimport tempfile\n"
WRITE = "    with open(p, 'w') as f:\n        f.write(x)\n"
REWRITTEN = {
    "written, handed on, removed": (
        f"def g(x):\n    p = '/tmp/a.txt'  # why\n{WRITE}    upload(p)\n    os.remove(p)\n",
        f"def g(x):\n    folder = tempfile.mkdtemp()\n    p = os.path.join(folder, 'a.txt')  # why\n{WRITE}"
        "    upload(p)\n    os.remove(p)\n    shutil.rmtree(folder, ignore_errors=True)\n",
    ),
    "removed in the end": (
        f"def g(x):\n    p = '/tmp/a'\n    try:\n    {WRITE.replace('    f.', '        f.')}    finally:\n"
        "        os.unlink(p)\n",
        "def g(x):\n    folder = tempfile.mkdtemp()\n    p = os.path.join(folder, 'a')\n    try:\n"
        f"    {WRITE.replace('    f.', '        f.')}    finally:\n        os.unlink(p)\n"
        "        shutil.rmtree(folder, ignore_errors=True)\n",
    ),
    "a method": (
        "class A:\n    async def g(self):\n        p = '/tmp/a'\n"
        "        f = open(p, mode='wb')\n        os.remove(p)\n",
        "class A:\n    async def g(self):\n        folder = tempfile.mkdtemp()\n"
        "        p = os.path.join(folder, 'a')\n        f = open(p, mode='wb')\n        os.remove(p)\n"
        "        shutil.rmtree(folder, ignore_errors=True)\n",
    ),
    "an archive": (
        "import tarfile as t\ndef g():\n    p = '/tmp/a.tar'\n    t.open(p, 'w').add('x')\n"
        "    os.remove(p)\n",
        "import tarfile as t\ndef g():\n    folder = tempfile.mkdtemp()\n"
        "    p = os.path.join(folder, 'a.tar')\n    t.open(p, 'w').add('x')\n    os.remove(p)\n"
        "    shutil.rmtree(folder, ignore_errors=True)\n",
    ),
    "a name that is taken": (
        f"folder = 1\ndef g(x):\n    p = '/tmp/a'\n{WRITE}    os.remove(p)\n",
        "folder = 1\ndef g(x):\n    folder_2 = tempfile.mkdtemp()\n    p = os.path.join(folder_2, 'a')\n"
        f"{WRITE}    os.remove(p)\n    shutil.rmtree(folder_2, ignore_errors=True)\n",
    ),
}
LEFT_ALONE = {
    "left behind": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    upload(p)\n",
    "read first": "def g():\n    p = '/tmp/a'\n    x = open(p).read()\n    os.remove(p)\n",
    "asked for": f"def g(x):\n    p = '/tmp/a'\n    if os.path.exists(p): return\n{WRITE}    os.remove(p)\n",
    "shown": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    print(p)\n    os.remove(p)\n",
    "returned": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    os.remove(p)\n    return p\n",
    "used after": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    os.remove(p)\n    upload(p)\n",
    "joined": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    send(p + '.log')\n    os.remove(p)\n",
    "in a folder": f"def g(x):\n    p = '/tmp/b/a'\n{WRITE}    os.remove(p)\n",
    "bound twice": f"def g(x):\n    p = '/tmp/a'\n{WRITE}    os.remove(p)\n    p = x\n",
    "at module level": "p = '/tmp/a'\nopen(p, 'w').close()\nos.remove(p)\n",
    "without a name": "def g():\n    open('/tmp/a', 'w').close()\n    os.remove('/tmp/a')\n",
    "a whole folder": "tar.extractall('/tmp/unpack')\n",
    "the folder itself": "run(cwd='/tmp/')\n",
}


def applied(code: str) -> Applied:
    return apply_edits(code.encode(), plan(code.encode(), "temporary-path", {"B108"}))


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites(name: str) -> None:
    before, after = (HEAD + code for code in REWRITTEN[name])

    result = applied(before)

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B108"]
    gates = verify_candidate(before.encode(), after.encode(), result.document()["applied"])
    assert [gate["evidence"] for gate in gates.values() if gate["light"] != "pass"] == []


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    result = applied(HEAD + LEFT_ALONE[name])

    assert result.candidate is None
    assert {"; decide whether" in each.reason for each in result.declined} == {True}, result.declined


def test_another_path_is_not_covered_by_what_it_declares() -> None:
    before, after = (HEAD + code for code in REWRITTEN["a method"])
    edits = applied(before).document()["applied"]
    opened = "        open('/tmp/kept', 'a').close()\n"

    gates = verify_candidate((before + opened).encode(), after.encode(), edits)

    assert gates["surface"]["light"] == "fail"
