import json
import platform
from pathlib import Path

import pytest

from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InvalidInputError
from sgcode_worker.operators.registry import OPERATORS
from sgcode_worker.steps import describe


def test_says_what_the_worker_can_do(tmp_path: Path) -> None:
    output = describe.run({}, FileBlobs(tmp_path))

    assert output.keys() == {"python", "analyzers", "operators", "databaseDrivers"}
    assert output["python"] == platform.python_version()
    (bandit,) = output["analyzers"]
    assert (bandit["name"], bandit["version"], len(bandit["rules"])) == ("bandit", "1.9.4", 75)
    assert {"id": "B506", "name": "yaml_load", "cwe": "CWE-20"} in bandit["rules"]
    assert json.loads(json.dumps(output))["analyzers"] == output["analyzers"]


def test_every_operator_says_what_it_needs_and_changes(tmp_path: Path) -> None:
    described = describe.run({}, FileBlobs(tmp_path))["operators"]

    assert [each["name"] for each in described] == list(OPERATORS)
    for each in described:
        assert each.keys() == {"name", "cwe", "precondition", "changes", "example"}
        assert each["cwe"] is None or each["cwe"].startswith("CWE-")
        assert each["precondition"].endswith(".")
        assert each["changes"] == "" or each["changes"].endswith(".")


def test_reads_and_writes_no_blob(tmp_path: Path) -> None:
    describe.run({}, FileBlobs(tmp_path / "none"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [None, [], "x"])
def test_its_input_is_an_object(tmp_path: Path, value: object) -> None:
    with pytest.raises(InvalidInputError, match=r"^input must be an object$"):
        describe.run(value, FileBlobs(tmp_path))
