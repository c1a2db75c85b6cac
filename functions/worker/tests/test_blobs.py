import errno
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sgcode_worker import blobs as module
from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, NotFoundError, StoreUnavailableError


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path / "blobs")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@contextmanager
def full_disk() -> Iterator[None]:
    """Inside, no file can grow beyond a few bytes, as on a disk without space."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_gives_back_the_bytes(blobs: FileBlobs, tmp_path: Path) -> None:
    blobs.put("runs/1/a.py", b"x\r\n\0\xff")

    assert blobs.get("runs/1/a.py") == b"x\r\n\0\xff"
    assert files(tmp_path) == ["blobs/runs/1/a.py"]


def test_the_last_write_wins(blobs: FileBlobs) -> None:
    blobs.put("a.py", b"a long first version")
    blobs.put("a.py", b"second")

    assert blobs.get("a.py") == b"second"


@pytest.mark.parametrize("document", [{}, [1, None, "é\U0001f600"], {"text": "\ud800 alone"}])
def test_gives_back_the_document(blobs: FileBlobs, document: object) -> None:
    blobs.put_json("a.json", document)

    assert blobs.get_json("a.json") == document
    assert blobs.get("a.json").decode("utf-8")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a": 1} x'])
def test_what_is_no_document_is_named(blobs: FileBlobs, data: bytes) -> None:
    blobs.put("a.json", data)

    with pytest.raises(InvalidInputError, match=r"^blob a\.json is not a JSON document$"):
        blobs.get_json("a.json")


def test_no_such_blob(blobs: FileBlobs) -> None:
    with pytest.raises(NotFoundError, match=r"^no blob runs/1/a\.py$"):
        blobs.get("runs/1/a.py")


@pytest.mark.parametrize(
    "key", ["../x.py", "/etc/x.py", "a/../b.py", "a/./b.py", ".a.py", "a.txt", "A.py", "a//b.py", ""]
)
def test_a_key_never_leaves_the_folder(blobs: FileBlobs, tmp_path: Path, key: str) -> None:
    (tmp_path / "x.py").write_text("outside")

    with pytest.raises(InvalidInputError):
        blobs.get(key)
    with pytest.raises(InvalidInputError):
        blobs.put(key, b"changed")
    assert files(tmp_path) == ["x.py"]
    assert (tmp_path / "x.py").read_text() == "outside"


def test_a_blob_above_the_limit_is_not_read(blobs: FileBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BLOB_BYTES", 10)
    blobs.put("a.py", b"x" * 10)
    blobs.put("b.py", b"x" * 11)

    assert blobs.get("a.py") == b"x" * 10
    with pytest.raises(InputTooLargeError, match=r"^blob b\.py is larger than 10 bytes$"):
        blobs.get("b.py")


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("no folder")
    blobs = FileBlobs(tmp_path / "blobs")

    with pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be read: Not a directory$"):
        blobs.get("a.py")
    with pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be written: "):
        blobs.put("a.py", b"x")
    assert (tmp_path / "blobs").read_text() == "no folder"


def test_a_folder_in_place_of_the_blob(blobs: FileBlobs, tmp_path: Path) -> None:
    (tmp_path / "blobs" / "a.py").mkdir(parents=True)

    with pytest.raises(StoreUnavailableError, match="cannot be read: Is a directory"):
        blobs.get("a.py")
    with pytest.raises(StoreUnavailableError, match="cannot be written: Is a directory"):
        blobs.put("a.py", b"x")
    assert files(tmp_path) == []


def test_a_full_disk_leaves_the_old_blob_whole(blobs: FileBlobs, tmp_path: Path) -> None:
    blobs.put("a.py", b"old")

    with full_disk(), pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be written: "):
        blobs.put("a.py", b"x" * 1000)

    assert blobs.get("a.py") == b"old"
    assert files(tmp_path) == ["blobs/a.py"]


def test_a_read_only_disk(blobs: FileBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    # A test that runs as root may write everywhere, so the system's answer is put in.
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(module.tempfile, "mkstemp", refuse)

    with pytest.raises(StoreUnavailableError, match="cannot be written: Read-only file system"):
        blobs.put("a.py", b"x")
