"""Programs of this file, run before and after: files in the folder are read as before, others are not."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import proposals

READERS = {
    "join": "import os\ndef read(name):\n    with open(os.path.join(BASE, name)) as f: return f.read()\n",
    "join below": "import os\ndef read(name):\n    p = os.path.join(ROOT, 'in', name)\n"
    "    with open(p) as f: return f.read()\n",
    "plus": "def read(name):\n    with open(BASE + '/' + name) as f: return f.read()\n",
    "pathlib": "from pathlib import Path\ndef read(name):\n    return (Path(BASE) / name).read_text()\n",
    "format": "def read(name):\n    p = '{}/{}'.format(BASE, name)\n    with open(p) as f: return f.read()\n",
}
PARTS = st.sampled_from(["..", ".", "a.txt", "sub", "b.txt", "in", "inner", "secret.txt", "", "/", "link"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with files in it, one beside it, one that begins with its name, and a link out of it."""
    for name in ("in/a.txt", "in/sub/b.txt", "secret.txt", "inner/secret.txt", "elsewhere/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"this is {name}")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    return tmp_path


def readers(code: str, root: Path) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """The reader before and after."""
    after = apply_edits(code.encode(), proposals(code.encode(), "contain-path")).candidate
    assert after is not None
    return _loaded(code, root), _loaded(after.decode(), root)


def _loaded(code: str, root: Path) -> Callable[[str], str]:
    names: dict[str, Any] = {"ROOT": str(root), "BASE": str(root / "in")}
    exec(compile(code, "<program>", "exec"), names)
    return names["read"]


def outcome(read: Callable[[str], str], name: str) -> str:
    try:
        return read(name)
    except (OSError, ValueError) as error:
        return type(error).__name__


@pytest.mark.parametrize("code", READERS.values(), ids=READERS)
def test_reads_in_the_folder_only(code: str, folder: Path) -> None:
    before, after = readers(code, folder)

    assert after("a.txt") == "this is in/a.txt"
    assert after("sub/../sub/b.txt") == "this is in/sub/b.txt"
    assert before("../secret.txt") == "this is secret.txt"
    for name in ("../secret.txt", "sub/../../secret.txt", "../inner/secret.txt"):
        with pytest.raises(ValueError, match="outside its folder"):
            after(name)


@pytest.mark.skipif(os.name != "posix", reason="it makes a link")
def test_follows_a_link_that_leads_out_of_the_folder(folder: Path) -> None:
    _, after = readers(READERS["join"], folder)

    assert after("link/c.txt") == "this is elsewhere/c.txt"


def test_refuses_an_absolute_path(folder: Path) -> None:
    before, after = readers(READERS["pathlib"], folder)
    name = str(folder / "secret.txt")

    assert before(name) == "this is secret.txt"
    with pytest.raises(ValueError, match="outside its folder"):
        after(name)
    assert after(str(folder / "in" / "a.txt")) == "this is in/a.txt"


@pytest.mark.parametrize("code", READERS.values(), ids=READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PARTS, max_size=6))
def test_differs_only_for_what_is_outside(code: str, folder: Path, parts: list[str]) -> None:
    before, after = readers(code, folder)
    name = "/".join(parts)
    joined = f"{folder}/in/{name}" if "+" in code or "format" in code else os.path.join(folder, "in", name)  # noqa: PTH118
    normal = os.path.normpath(joined)
    inside = normal == str(folder / "in") or normal.startswith(str(folder / "in") + os.sep)

    assert outcome(after, name) == (outcome(before, name) if inside else "ValueError")
