import io
import tarfile
from pathlib import Path

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at, findings, plan

OPERATOR = "safe-extract"
REWRITTEN = {
    "with": (
        "with tarfile.open(a) as t:\n    t.extractall('/srv')",
        "with tarfile.open(a) as t:\n    t.extractall('/srv', filter='data')",
    ),
    "assigned": ("t = tarfile.open(a)\nt.extractall()", 't = tarfile.open(a)\nt.extractall(filter="data")'),
    "at once": (
        "tarfile.open(a).extractall(path=b, members=m(x))",
        'tarfile.open(a).extractall(path=b, members=m(x), filter="data")',
    ),
    "None as filter": (
        "t = tarfile.TarFile(a)\nt.extractall(filter=None)",
        't = tarfile.TarFile(a)\nt.extractall(filter="data")',
    ),
    "closed by contextlib": (
        "import contextlib\nwith contextlib.closing(tarfile.open(a)) as t:\n    t.extractall(b)",
        "import contextlib\nwith contextlib.closing(tarfile.open(a)) as t:\n"
        '    t.extractall(b, filter="data")',
    ),
    "by another name": (
        "from tarfile import open as o\nwith o(a) as t:\n    t.extractall(b)",
        'from tarfile import open as o\nwith o(a) as t:\n    t.extractall(b, filter="data")',
    ),
    "a declared parameter": (
        "def f(t: tarfile.TarFile):\n    t.extractall(b)",
        'def f(t: tarfile.TarFile):\n    t.extractall(b, filter="data")',
    ),
    "an attribute": (
        "class A:\n    def f(self):\n        self.t = tarfile.open(a)\n        self.t.extractall(b)",
        "class A:\n    def f(self):\n        self.t = tarfile.open(a)\n"
        '        self.t.extractall(b, filter="data")',
    ),
    "None before": (
        "t = None\ntry:\n    t = tarfile.open(a)\n    t.extractall(b)\nfinally:\n    t.close()",
        't = None\ntry:\n    t = tarfile.open(a)\n    t.extractall(b, filter="data")\nfinally:\n'
        "    t.close()",
    ),
    "several lines": (
        "t = tarfile.open(a)\nt.extractall(\n    b,  # where\n)",
        't = tarfile.open(a)\nt.extractall(\n    b,  # where\n    filter="data",\n)',
    ),
    "in a nested function": (
        "async def f():\n    t = tarfile.open(a)\n    def g():\n        t.extractall(b)",
        'async def f():\n    t = tarfile.open(a)\n    def g():\n        t.extractall(b, filter="data")',
    ),
}
LEFT_ALONE = {
    "a zip archive": ("t = zipfile.ZipFile(a)\nt.extractall(b)", "It cannot be told"),
    "a parameter": ("def f(t):\n    t.extractall(b)", "It cannot be told"),
    "one or the other": (
        "t = tarfile.open(a) if a else zipfile.ZipFile(a)\nt.extractall(b)",
        "It cannot be told",
    ),
    "given a second value": ("t = tarfile.open(a)\nt = wrap(t)\nt.extractall(b)", "It cannot be told"),
    "another attribute": (
        "self.t = tarfile.open(a)\nself.t = zipfile.ZipFile(a)\nself.t.extractall(b)",
        "It cannot be told",
    ),
    "a filter of its own": ("t = tarfile.open(a)\nt.extractall(filter=f)", "chooses its own filter"),
    "full trust": (
        "t = tarfile.open(a)\nt.extractall(filter='fully_trusted')",
        "chooses its own filter",
    ),
    "filtered already": ("t = tarfile.open(a)\nt.extractall(filter='data')", 'filter="data" already'),
    "star arguments": ("t = tarfile.open(a)\nt.extractall(**b)", "given * or ** arguments"),
    "its own function": ("def extractall(x): ...\nextractall(b)", "No call of extractall"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites(name: str) -> None:
    before, after = (f"import tarfile\n{code}\n" for code in REWRITTEN[name])

    result = apply_edits(before.encode(), plan(before.encode(), OPERATOR, {"B202"}))

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B202"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    program = f"import tarfile, zipfile\n{code}\n"
    number = program.count("extractall") - 1

    result = apply_edits(program.encode(), [edit_at(program, "extractall", OPERATOR, number=number)])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


def test_unpacks_what_belongs_there_and_refuses_the_rest(tmp_path: Path) -> None:
    code = b"import tarfile\n\ndef unpack(a, b):\n    with tarfile.open(a) as t:\n        t.extractall(b)\n"
    result = apply_edits(code, plan(code, OPERATOR, {"B202"}))
    names: dict[str, object] = {}
    exec((result.candidate or b"").decode(), names)
    unpack = names["unpack"]
    assert callable(unpack)

    unpack(archive(tmp_path / "good.tar", "in/side.txt"), tmp_path / "out")
    with pytest.raises(tarfile.FilterError):
        unpack(archive(tmp_path / "bad.tar", "../outside.txt"), tmp_path / "out")

    assert (tmp_path / "out" / "in" / "side.txt").read_bytes() == b"x"
    assert not (tmp_path / "outside.txt").exists()


def archive(path: Path, name: str) -> Path:
    with tarfile.open(path, "w") as made:
        entry = tarfile.TarInfo(name)
        entry.size = 1
        made.addfile(entry, io.BytesIO(b"x"))
    return path
