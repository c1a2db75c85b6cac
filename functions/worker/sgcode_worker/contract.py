"""What a step may be given: the worker's side of functions/domain/worker-steps.ts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sgcode_worker.errors import InvalidInputError

_BLOB_KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*\.(py|json)")
_MAX_BLOB_KEY = 200

Value = TypeVar("Value")


@dataclass(frozen=True)
class AnalyzeInput:
    """Which analyzer reads which code, and where its answer goes."""

    analyzer: str
    code_key: str
    analysis_key: str


@dataclass(frozen=True)
class ApplyEditsInput:
    """Which plan is tried on which code, and where the result and the account of it go."""

    code_key: str
    plan_key: str
    candidate_key: str
    edits_key: str
    allowed_packages: tuple[str, ...]
    database_driver: str | None


@dataclass(frozen=True)
class VerifyInput:
    """Which candidate is compared with which original, what was declared, and where the gates go."""

    original_key: str
    candidate_key: str
    edits_keys: tuple[str, ...]
    gates_key: str


@dataclass(frozen=True)
class ExcerptInput:
    """Which code is cut up for which plan, and where the parts go."""

    code_key: str
    plan_key: str
    excerpt_key: str
    allowed_packages: tuple[str, ...]
    database_driver: str | None


@dataclass(frozen=True)
class PutBackInput:
    """Which answer is put into which code, and where the result and the account of it go."""

    code_key: str
    excerpt_key: str
    answer_key: str
    candidate_key: str
    edits_key: str


def parse_analyze(value: object) -> AnalyzeInput:
    """Return the step's input. Raises InvalidInputError that names the field."""
    fields = check_object(value, "input")
    return AnalyzeInput(
        analyzer=check_text(fields.get("analyzer"), "analyzer"),
        code_key=check_blob_key(fields.get("codeKey"), "codeKey"),
        analysis_key=check_blob_key(fields.get("analysisKey"), "analysisKey"),
    )


def parse_apply_edits(value: object) -> ApplyEditsInput:
    """Return the step's input. Raises InvalidInputError that names the field."""
    fields = check_object(value, "input")
    return ApplyEditsInput(
        code_key=check_blob_key(fields.get("codeKey"), "codeKey"),
        plan_key=check_blob_key(fields.get("planKey"), "planKey"),
        candidate_key=check_blob_key(fields.get("candidateKey"), "candidateKey"),
        edits_key=check_blob_key(fields.get("editsKey"), "editsKey"),
        allowed_packages=tuple(check_list(fields.get("allowedPackages"), "allowedPackages", check_text)),
        database_driver=check_text_or_null(fields.get("databaseDriver", ...), "databaseDriver"),
    )


def parse_verify(value: object) -> VerifyInput:
    """Return the step's input. Raises InvalidInputError that names the field."""
    fields = check_object(value, "input")
    return VerifyInput(
        original_key=check_blob_key(fields.get("originalKey"), "originalKey"),
        candidate_key=check_blob_key(fields.get("candidateKey"), "candidateKey"),
        edits_keys=tuple(check_list(fields.get("editsKeys"), "editsKeys", check_blob_key)),
        gates_key=check_blob_key(fields.get("gatesKey"), "gatesKey"),
    )


def parse_excerpt(value: object) -> ExcerptInput:
    """Return the step's input. Raises InvalidInputError that names the field."""
    fields = check_object(value, "input")
    return ExcerptInput(
        code_key=check_blob_key(fields.get("codeKey"), "codeKey"),
        plan_key=check_blob_key(fields.get("planKey"), "planKey"),
        excerpt_key=check_blob_key(fields.get("excerptKey"), "excerptKey"),
        allowed_packages=tuple(check_list(fields.get("allowedPackages"), "allowedPackages", check_text)),
        database_driver=check_text_or_null(fields.get("databaseDriver", ...), "databaseDriver"),
    )


def parse_put_back(value: object) -> PutBackInput:
    """Return the step's input. Raises InvalidInputError that names the field."""
    fields = check_object(value, "input")
    return PutBackInput(
        code_key=check_blob_key(fields.get("codeKey"), "codeKey"),
        excerpt_key=check_blob_key(fields.get("excerptKey"), "excerptKey"),
        answer_key=check_blob_key(fields.get("answerKey"), "answerKey"),
        candidate_key=check_blob_key(fields.get("candidateKey"), "candidateKey"),
        edits_key=check_blob_key(fields.get("editsKey"), "editsKey"),
    )


def check_blob_key(value: object, field: str) -> str:
    """Return the value when it is a blob key: lower-case path segments that end in .py or .json."""
    if not isinstance(value, str) or len(value) > _MAX_BLOB_KEY or not _BLOB_KEY.fullmatch(value):
        raise InvalidInputError(f"{field} must be a blob key such as 'runs/1/original.py'")
    return value


def check_object(value: object, field: str) -> Mapping[str, Any]:
    """Return the value when it is a JSON object."""
    if not isinstance(value, dict):
        raise InvalidInputError(f"{field} must be an object")
    return value


def check_list(value: object, field: str, check: Callable[[object, str], Value]) -> list[Value]:
    """Return the value when it is a list whose items all pass `check`."""
    if not isinstance(value, list):
        raise InvalidInputError(f"{field} must be a list")
    return [check(item, f"{field}[{index}]") for index, item in enumerate(value)]


def check_text(value: object, field: str) -> str:
    """Return the value when it is a string."""
    if not isinstance(value, str):
        raise InvalidInputError(f"{field} must be a string")
    return value


def check_text_or_null(value: object, field: str) -> str | None:
    """Return the value when it is a string or null."""
    if value is not None and not isinstance(value, str):
        raise InvalidInputError(f"{field} must be a string or null")
    return value


def check_whole_number(value: object, field: str, minimum: int) -> int:
    """Return the value when it is a whole number and not below `minimum`."""
    if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
        raise InvalidInputError(f"{field} must be a whole number from {minimum}")
    return value
