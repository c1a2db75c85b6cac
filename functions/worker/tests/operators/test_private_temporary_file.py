import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, findings, plan

HEAD = "import os\nimport tempfile\n\n"
REWRITTEN = {
    "handed on": ("run(tempfile.mktemp())", 'run(os.path.join(tempfile.mkdtemp(), "file"))'),
    "with a suffix": (
        "run(tempfile.mktemp('.png'))",
        "run(os.path.join(tempfile.mkdtemp(), 'file.png'))",
    ),
    "with suffix and prefix": (
        "run(tempfile.mktemp('.png', 'plot'))",
        "run(os.path.join(tempfile.mkdtemp(prefix='plot'), 'plot.png'))",
    ),
    "with a folder as prefix": (
        "run(tempfile.mktemp('.png', '/srv/x'))",
        "run(os.path.join(tempfile.mkdtemp(prefix='/srv/x'), 'file.png'))",
    ),
    "by keyword": (
        "run(tempfile.mktemp(prefix=p, suffix=s, dir=None))",
        'run(os.path.join(tempfile.mkdtemp(prefix=p), "file" + s))',
    ),
    "a worked-out suffix": (
        'run(tempfile.mktemp("." + kind if kind else ""))',
        'run(os.path.join(tempfile.mkdtemp(), "file" + ("." + kind if kind else "")))',
    ),
    "with more text": (
        "run(tempfile.mktemp() + '_x')",
        "run(os.path.join(tempfile.mkdtemp(), 'file') + '_x')",
    ),
    "one of two": (
        "path = (\n    tempfile.mktemp('.cfg')\n    if random else None)",
        "path = (\n    os.path.join(tempfile.mkdtemp(), 'file.cfg')\n    if random else None)",
    ),
    "opened at once": (
        "path = tempfile.mktemp('.txt')  # why\nwith open(path, 'w') as f:\n    f.write(x)",
        "descriptor, path = tempfile.mkstemp('.txt')  # why\nos.close(descriptor)\n"
        "with open(path, 'w') as f:\n    f.write(x)",
    ),
    "opened at once, in its folder": (
        "def f(self):\n    self.p = tempfile.mktemp(dir=self.d)\n    out = open(self.p, mode='wb')",
        "def f(self):\n    descriptor, self.p = tempfile.mkstemp(dir=self.d)\n    os.close(descriptor)\n"
        "    out = open(self.p, mode='wb')",
    ),
    "an archive": (
        "import tarfile\np = tempfile.mktemp()\ntry:\n    with tarfile.open(p, 'w:gz') as t:\n        "
        "t.add(x)\nfinally:\n    os.remove(p)",
        "import tarfile\ndescriptor, p = tempfile.mkstemp()\nos.close(descriptor)\ntry:\n"
        "    with tarfile.open(p, 'w:gz') as t:\n        t.add(x)\nfinally:\n    os.remove(p)",
    ),
    "a name that is taken": (
        "descriptor = 1\npath = tempfile.mktemp()\nopen(path, 'w').write(x)",
        "descriptor = 1\ndescriptor_2, path = tempfile.mkstemp()\nos.close(descriptor_2)\n"
        "open(path, 'w').write(x)",
    ),
    "made a folder": (
        "def f(self):\n    self.d = tempfile.mktemp('x')\n    os.mkdir(self.d)",
        "def f(self):\n    self.d = tempfile.mkdtemp('x')",
    ),
    "made a folder by makedirs": (
        "d = tempfile.mktemp()\nos.makedirs(d)\nuse(d)",
        "d = tempfile.mkdtemp()\nuse(d)",
    ),
    "a folder with a mode": (
        "d = tempfile.mktemp()\nos.mkdir(d, 0o755)\nuse(d)",
        'd = os.path.join(tempfile.mkdtemp(), "file")\nos.mkdir(d, 0o755)\nuse(d)',
    ),
    "not there yet": (
        "p = tempfile.mktemp()\nassert not os.path.exists(p)\nopen(p, 'w').close()",
        "p = os.path.join(tempfile.mkdtemp(), 'file')\nassert not os.path.exists(p)\nopen(p, 'w').close()",
    ),
    "only created": (
        "p = tempfile.mktemp()\nopen(p, 'x').close()",
        "p = os.path.join(tempfile.mkdtemp(), 'file')\nopen(p, 'x').close()",
    ),
    "moved with its permissions": (
        "p = tempfile.mktemp()\nopen(p, 'w').close()\nos.rename(p, q)",
        "p = os.path.join(tempfile.mkdtemp(), 'file')\nopen(p, 'w').close()\nos.rename(p, q)",
    ),
    "removed in the end": (
        "import shutil\nasync def f(x):\n    p = tempfile.mktemp('.png')\n    x.save(p)\n"
        "    d = open(p).read()\n    os.unlink(p)\n    return d",
        "import shutil\nasync def f(x):\n    folder = tempfile.mkdtemp()\n"
        "    p = os.path.join(folder, 'file.png')\n    x.save(p)\n    d = open(p).read()\n"
        "    os.unlink(p)\n    shutil.rmtree(folder, ignore_errors=True)\n    return d",
    ),
    "removed, with files named after it": (
        "def f(x):\n    p = tempfile.mktemp()\n    x.save(p)\n    os.remove(p)\n    return open(p + '.log')",
        "def f(x):\n    p = os.path.join(tempfile.mkdtemp(), 'file')\n    x.save(p)\n    os.remove(p)\n"
        "    return open(p + '.log')",
    ),
    "removed where it may be another's": (
        "def f(x, p=None):\n    if p is None:\n        p = tempfile.mktemp()\n"
        "    x.save(p)\n    os.remove(p)",
        'def f(x, p=None):\n    if p is None:\n        p = os.path.join(tempfile.mkdtemp(), "file")\n'
        "    x.save(p)\n    os.remove(p)",
    ),
    "the module by another name": (
        "import tempfile as t\nrun(t.mktemp())",
        'import tempfile as t\nrun(os.path.join(t.mkdtemp(), "file"))',
    ),
    "a class body": (
        "class A:\n    p = tempfile.mktemp()\n    f = open(p, 'w')",
        "class A:\n    p = os.path.join(tempfile.mkdtemp(), 'file')\n    f = open(p, 'w')",
    ),
}
LEFT_ALONE = {
    "star arguments": ("run(tempfile.mktemp(*a))", "given * or ** arguments"),
    "double star arguments": ("run(tempfile.mktemp(**a))", "given * or ** arguments"),
    "a chosen folder": ("run(tempfile.mktemp(dir=d))", "in a folder that the program chooses"),
    "taken apart": ("run(os.path.basename(tempfile.mktemp()))", "takes the name apart"),
    "taken apart later": ("p = tempfile.mktemp()\nrun(os.path.split(p)[1])", "takes the name apart"),
    "a comment": ("run(tempfile.mktemp(\n    '.x',  # kept\n))", "A comment inside the call"),
    "another function": ("run(other.mktemp())", "No call of tempfile.mktemp"),
    "a parameter": ("def f(tempfile):\n    run(tempfile.mktemp())", "may stand for something else"),
    "rebound": ("tempfile = wrap(tempfile)\nrun(tempfile.mktemp())", "may stand for something else"),
    "its own function": ("def mktemp(): ...\nrun(mktemp())", "No call of tempfile.mktemp"),
}


def applied(code: str) -> Applied:
    return apply_edits(code.encode(), plan(code.encode(), "private-temporary-file", {"B306"}))


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    result = applied(before)

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B306"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    program = f"{HEAD}{code}\n"
    edit = edit_at(program, "mktemp", "private-temporary-file", number=program.count("mktemp") - 1)

    result = apply_edits(program.encode(), [edit])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


@settings(max_examples=40, deadline=None)
@given(
    prefix=st.text("abc-._ ", max_size=4), suffix=st.text("abc-._é'\"\\", max_size=4), literal=st.booleans()
)
def test_names_a_file_that_is_not_there_in_a_folder_of_ones_own(
    prefix: str, suffix: str, literal: bool
) -> None:
    given = (repr(suffix), repr(prefix)) if literal else ("suffix", "prefix")
    names: dict[str, Any] = {"prefix": prefix, "suffix": suffix}

    result = applied(f"{HEAD}path = tempfile.mktemp({given[0]}, {given[1]})\nuse = path\n")
    assert result.candidate is not None
    exec(result.candidate.decode(), names)

    path = Path(names["path"])
    folder = path.parent
    try:
        assert folder.parent == Path(tempfile.gettempdir())
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert folder.name.startswith(prefix)
        assert path.name.endswith(suffix)
        assert not path.exists()
        path.write_text("x")
    finally:
        path.unlink(missing_ok=True)
        folder.rmdir()
