import sys
from pathlib import Path
from types import ModuleType

import pytest

from sgcode_worker import handler as module
from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, NotFoundError, WorkerFailedError
from sgcode_worker.handler import dispatch, open_blobs


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A step named `toy` whose `run` a test sets."""
    toy = ModuleType("toy_step")
    monkeypatch.setitem(sys.modules, "toy_step", toy)
    monkeypatch.setitem(module._STEPS, "toy", "toy_step")
    return toy


def run_of(error: BaseException):
    def run(value: object, blobs: FileBlobs) -> None:
        raise error

    return run


def nest(depth: int) -> int:
    return depth and 1 + nest(depth - 1)


def test_hands_over_input_and_blobs(step: ModuleType, tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    step.run = lambda value, given: {"value": value, "same": given is blobs}

    assert dispatch("toy", {"a": 1}, blobs) == {"value": {"a": 1}, "same": True}


@pytest.mark.parametrize("name", ["", "Analyze", "__main__", "steps.analyze", None, 1, ["analyze"]])
def test_names_the_steps_that_there_are(name: object, tmp_path: Path) -> None:
    steps = "analyze, apply-edits, verify, excerpt, put-back, describe"

    with pytest.raises(InvalidInputError, match=f"^step must be one of: {steps}$"):
        dispatch(name, {}, FileBlobs(tmp_path))


def test_an_agreed_error_passes_as_it_is(step: ModuleType, tmp_path: Path) -> None:
    error = NotFoundError("no blob a.py")
    step.run = run_of(error)

    with pytest.raises(NotFoundError) as raised:
        dispatch("toy", {}, FileBlobs(tmp_path))

    assert raised.value is error


@pytest.mark.parametrize("error", [RecursionError("deep secret"), MemoryError()])
def test_what_is_too_large_says_so(step: ModuleType, tmp_path: Path, error: BaseException) -> None:
    step.run = run_of(error)

    with pytest.raises(
        InputTooLargeError, match=r"^toy: the program nests too deep or is too large"
    ) as raised:
        dispatch("toy", {}, FileBlobs(tmp_path))

    assert raised.value.__cause__ is None


def test_another_error_is_named_without_its_message(
    step: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step.run = run_of(ValueError("secret = 'hunter2'"))

    with pytest.raises(WorkerFailedError, match=r"^the worker failed in toy \(ValueError\)$"):
        dispatch("toy", {}, FileBlobs(tmp_path))

    assert capsys.readouterr() == ("", "")


def test_a_developer_may_see_the_trace(
    step: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SGCODE_DEBUG", "1")
    step.run = run_of(ValueError("secret = 'hunter2'"))

    with pytest.raises(WorkerFailedError):
        dispatch("toy", {}, FileBlobs(tmp_path))

    out, err = capsys.readouterr()
    assert out == ""
    assert "hunter2" in err


def test_steps_may_recurse_deep(step: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = sys.getrecursionlimit()
    try:
        sys.setrecursionlimit(1000)
        step.run = lambda value, blobs: {"depth": nest(3000)}

        assert dispatch("toy", {}, FileBlobs(tmp_path)) == {"depth": 3000}
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.parametrize("folder", [None, ""])
def test_blobs_need_a_folder(folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SGCODE_BLOB_DIR", raising=False)
    if folder is not None:
        monkeypatch.setenv("SGCODE_BLOB_DIR", folder)

    with pytest.raises(InvalidInputError, match=r"^SGCODE_BLOB_DIR must name the folder"):
        open_blobs()
