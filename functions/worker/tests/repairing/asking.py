"""Runs both steps as the loop does, with real blobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgcode_worker.blobs import FileBlobs
from sgcode_worker.errors import NotFoundError
from sgcode_worker.handler import dispatch

# So much beside the parts that they are not most of the file.
FILLER = "".join(f"filler_{number} = {number}\n" for number in range(12))


def target(
    line: int, id: str = "", *, end_line: int = 0, lines: Sequence[int] = (), **more: Any
) -> dict[str, Any]:
    """Return a RepairTarget that is in a line."""
    return {
        "id": id or f"t{line}",
        "rule": "B000",
        "cwe": None,
        "source": "analyzer",
        "message": "Something is wrong here.",
        "operator": None,
        "line": line,
        "column": 0,
        "endLine": end_line or line,
        "endColumn": 0,
        "definition": "",
        "lines": list(lines),
        **more,
    }


@dataclass(frozen=True)
class Result:
    """What put-back left behind."""

    outcome: str
    reason: str | None
    candidate: bytes | None
    edits: dict[str, Any]


class Asking:
    """One program with its excerpt, which can be answered."""

    def __init__(self, folder: Path, code: bytes | str, *targets: int | dict[str, Any], **given: Any) -> None:
        self.blobs = FileBlobs(folder)
        self.code = code.encode() if isinstance(code, str) else code
        plan = [each if isinstance(each, dict) else target(each) for each in targets]
        self.blobs.put("code.py", self.code)
        self.blobs.put_json("plan.json", {"edits": [], "targets": plan})
        keys = {"codeKey": "code.py", "planKey": "plan.json", "excerptKey": "excerpt.json"}
        given = {"allowedPackages": [], "databaseDriver": None, **given}
        self.output = dispatch("excerpt", {**keys, **given}, self.blobs)
        self.excerpt: dict[str, Any] = self.blobs.get_json("excerpt.json")

    @property
    def parts(self) -> list[dict[str, Any]]:
        return self.excerpt["parts"]

    @property
    def names(self) -> list[str]:
        return [part["name"] for part in self.parts]

    def answer(self, code: str, form: str = "parts") -> Result:
        self.blobs.put_json("answer.json", {"form": form, "code": code})
        keys = {"codeKey": "code.py", "excerptKey": "excerpt.json", "answerKey": "answer.json"}
        given = {**keys, "candidateKey": "candidate.py", "editsKey": "edits.json"}
        (self.blobs._root / "candidate.py").unlink(missing_ok=True)
        output = dispatch("put-back", given, self.blobs)
        assert output.keys() == {"outcome", "reason", "ms"}
        assert output["ms"] >= 0
        assert (output["reason"] is None) == (output["outcome"] != "malformed")
        try:
            candidate = self.blobs.get("candidate.py")
        except NotFoundError:
            candidate = None
        assert (candidate is None) == (output["outcome"] != "changed")
        edits = self.blobs.get_json("edits.json")
        assert (edits["applied"], edits["declined"]) == ([], [])
        assert bool(edits["repaired"]) == (output["outcome"] == "changed")
        return Result(output["outcome"], output["reason"], candidate, edits)

    def text(self, code: str, form: str = "parts") -> str:
        """The candidate that an answer makes."""
        result = self.answer(code, form)
        assert result.candidate is not None, result
        return result.candidate.decode()


def in_its_class(part: dict[str, Any], code: str | None = None) -> str:
    """Return a part as a model is asked to answer it: what belongs to a class stands in it."""
    code = part["code"] if code is None else code
    classes = part["name"].split(".")[:-1] if part["kind"] == "method" else []
    if part["kind"] == "statement" and not part["name"].startswith("module:"):
        classes = part["name"].partition(":")[0].split(".")
    indents = code[: len(code) - len(code.lstrip())]
    if part["kind"] == "function" and indents:
        return f"if True:\n{code}"
    heads = [f"{indents[:depth]}class {name.partition('#')[0]}:" for depth, name in enumerate(classes)]
    return "\n".join([*heads, code])
