from pathlib import Path

import pytest

from sgcode_worker.analyzers.analyzer import Analysis
from sgcode_worker.analyzers.bandit_analyzer import BanditAnalyzer
from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InvalidInputError, NotFoundError
from sgcode_worker.source import Source
from sgcode_worker.steps import analyze
from tests.bad_inputs import ANALYZABLE, UNANALYZABLE

GIVEN = {"analyzer": "bandit", "codeKey": "runs/1/code.py", "analysisKey": "runs/1/analysis.json"}


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    return FileBlobs(tmp_path)


def run(blobs: FileBlobs, data: bytes) -> tuple[str, dict]:
    """The status of the answer, and the analysis that was written."""
    blobs.put(GIVEN["codeKey"], data)
    output = analyze.run(GIVEN, blobs)
    assert output.keys() == {"analyzer", "status", "analysisKey", "ms"}
    assert (output["analyzer"], output["analysisKey"]) == ("bandit", GIVEN["analysisKey"])
    assert output["ms"] >= 0
    document = blobs.get_json(GIVEN["analysisKey"])
    assert document["status"] == output["status"]
    return output["status"], document


def test_writes_the_analysis(blobs: FileBlobs) -> None:
    status, document = run(blobs, b"def f(x):\n    return eval(x)\n")

    assert status == "analyzed"
    (finding,) = document.pop("findings")
    assert document == {
        "analyzer": "bandit",
        "version": "1.9.4",
        "status": "analyzed",
        "reason": None,
        "compileError": None,
    }
    assert len(finding.pop("fingerprint")) == 16
    assert finding.pop("message").startswith("Use of possibly insecure function")
    assert finding == {
        "analyzer": "bandit",
        "rule": "B307",
        "cwe": "CWE-78",
        "severity": "medium",
        "confidence": "high",
        "line": 2,
        "column": 11,
        "endLine": 2,
        "endColumn": 18,
        "definition": "f",
        "code": "    return eval(x)",
    }


@pytest.mark.parametrize("name", UNANALYZABLE)
def test_unanalyzable_is_an_answer(blobs: FileBlobs, name: str) -> None:
    data, reason = UNANALYZABLE[name]

    status, document = run(blobs, data)

    assert status == "unanalyzable"
    assert reason in document["reason"]
    assert document["findings"] == []


@pytest.mark.parametrize("name", ANALYZABLE)
def test_an_ordinary_program_is_analyzed(blobs: FileBlobs, name: str) -> None:
    status, document = run(blobs, ANALYZABLE[name])

    assert (status, document["reason"], document["findings"]) == ("analyzed", None, [])


def test_code_that_does_not_compile_is_analyzed_and_says_so(blobs: FileBlobs) -> None:
    status, document = run(blobs, b"return eval(x)\n")

    assert status == "analyzed"
    assert document["compileError"] == {
        "message": "It does not compile: 'return' outside function (line 1).",
        "line": 1,
        "lateGlobal": False,
    }
    assert len(document["findings"]) == 1


@pytest.mark.parametrize(
    "code",
    [
        b"eval(x)  # nosec\n",
        b"eval(x)  # nosec B307\n",
        b"eval(x)  #nosec:B307, B404 because\n",
        b"eval(  # nosec\n    x  # NOSEC\n)  # nosec\n",
        b"# nosec\neval(x)\n# nosec\n",
        b"def f():  # nosec\n    return eval(x)\n",
    ],
)
def test_suppression_comments_hide_nothing(blobs: FileBlobs, code: bytes) -> None:
    _, document = run(blobs, code)

    assert [finding["rule"] for finding in document["findings"]] == ["B307"]


def test_settings_in_the_working_folder_hide_nothing(
    blobs: FileBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {
        ".bandit": "[bandit]\nskips = B307\nexclude = /\n",
        "bandit.yaml": "skips: [B307]\n",
        "pyproject.toml": "[tool.bandit]\nskips = ['B307']\n",
        "tox.ini": "[bandit]\nskips = B307\n",
    }.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)

    _, document = run(blobs, b"eval(x)\n")

    assert [finding["rule"] for finding in document["findings"]] == ["B307"]


@pytest.mark.parametrize("error", [ValueError("hunter2"), RecursionError(), MemoryError()])
def test_an_analyzer_that_raises_leaves_the_program_unanalyzable(
    blobs: FileBlobs, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(self: BanditAnalyzer, source: Source) -> Analysis:
        raise error

    monkeypatch.setattr(BanditAnalyzer, "analyze", fail)

    status, document = run(blobs, b"x = 1\n")

    assert status == "unanalyzable"
    assert document["reason"] == f"bandit failed on it ({type(error).__name__})."


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"codeKey": "none.py"}, NotFoundError),
        ({"codeKey": "../code.py"}, InvalidInputError),
        ({"analyzer": "semgrep"}, InvalidInputError),
        ({"analysisKey": None}, InvalidInputError),
    ],
)
def test_a_wrong_input_writes_nothing(
    blobs: FileBlobs, tmp_path: Path, changes: dict[str, str], error: type[Exception]
) -> None:
    blobs.put(GIVEN["codeKey"], b"x = 1\n")

    with pytest.raises(error):
        analyze.run({**GIVEN, **changes}, blobs)

    assert [path.name for path in tmp_path.rglob("*.*")] == ["code.py"]
