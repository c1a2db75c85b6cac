from pathlib import Path
from typing import Any

import pytest

from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import InvalidInputError, NotFoundError
from sgcode_worker.steps import verify

ORIGINAL = b"ROUNDS = 1\nLENGTH = 1\n\ndef f(x):\n    return x + ROUNDS + LENGTH\n"
CANDIDATE = ORIGINAL.replace(b"= 1", b"= 9")
GIVEN = {"originalKey": "a.py", "candidateKey": "b.py", "editsKeys": ["c.json"], "gatesKey": "d.json"}
DECLARED = [
    {"kind": "constant", "name": name, "definition": "", "detail": f"{name} grows."}
    for name in ("ROUNDS", "LENGTH")
]


@pytest.fixture
def blobs(tmp_path: Path) -> FileBlobs:
    blobs = FileBlobs(tmp_path)
    blobs.put("a.py", ORIGINAL)
    blobs.put("b.py", CANDIDATE)
    return blobs


def run(blobs: FileBlobs, *edits: object, **changes: object) -> dict[str, Any]:
    """The lights of the answer, which are those of the gates that were written."""
    keys = [f"edits-{number}.json" for number in range(len(edits))]
    for key, document in zip(keys, edits, strict=True):
        blobs.put_json(key, document)
    output = verify.run({**GIVEN, "editsKeys": keys, **changes}, blobs)
    assert output.pop("ms") >= 0
    gates = blobs.get_json("d.json")
    assert output == {name: gate["light"] for name, gate in gates.items()}
    assert output.keys() == {"parses", "surface", "honest"}
    return output


def applied(*declared: dict[str, str]) -> dict[str, Any]:
    return {"applied": [{"declared": list(declared)}], "declined": []}


def test_the_original_passes(blobs: FileBlobs) -> None:
    assert run(blobs, candidateKey="a.py") == {"parses": "pass", "surface": "pass", "honest": "pass"}


def test_declarations_of_all_documents_count(blobs: FileBlobs) -> None:
    first, second = DECLARED

    assert "fail" not in run(blobs, applied(first), applied(second)).values()
    assert "fail" not in run(blobs, applied(first, second)).values()
    assert "fail" in run(blobs, applied(first)).values()
    assert "fail" in run(blobs, applied(second)).values()
    assert "fail" in run(blobs).values()


def test_declarations_of_repaired_parts_count_as_well(blobs: FileBlobs) -> None:
    first, second = DECLARED
    repaired = {"applied": [], "declined": [], "repaired": [{"declared": [second]}]}

    assert "fail" not in run(blobs, applied(first), repaired).values()
    assert "fail" in run(blobs, repaired).values()
    with pytest.raises(InvalidInputError, match=r"^edits-0\.json: repaired\[0\]\.declared must be a list$"):
        run(blobs, {**repaired, "repaired": [{}]})


def test_a_candidate_that_cannot_be_read_fails_every_gate(blobs: FileBlobs) -> None:
    blobs.put("b.py", b"def f(:\n")

    assert set(run(blobs).values()) == {"fail"}


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([], r"edits-0\.json must be an object"),
        ({}, r"edits-0\.json: applied must be a list"),
        ({"applied": [1]}, r"edits-0\.json: applied\[0\] must be an object"),
        ({"applied": [{"declared": 1}]}, r"edits-0\.json: applied\[0\]\.declared must be a list"),
        (
            {"applied": [{"declared": [{}]}]},
            r"edits-0\.json: applied\[0\]\.declared\[0\]\.kind must be a string",
        ),
    ],
)
def test_names_what_is_wrong_with_the_edits(blobs: FileBlobs, edits: object, message: str) -> None:
    with pytest.raises(InvalidInputError, match=f"^{message}$"):
        run(blobs, edits)


@pytest.mark.parametrize("field", ["originalKey", "candidateKey"])
def test_names_a_missing_program(blobs: FileBlobs, field: str) -> None:
    with pytest.raises(NotFoundError, match=r"^no blob none\.py$"):
        run(blobs, **{field: "none.py"})


def test_names_missing_edits(blobs: FileBlobs) -> None:
    with pytest.raises(NotFoundError, match=r"^no blob none\.json$"):
        run(blobs, editsKeys=["none.json"])
