"""The documents of both steps, whose schemas are in functions/domain/repair.ts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgcode_worker.contract import (
    check_list,
    check_object,
    check_text,
    check_text_or_null,
    check_whole_number,
)
from sgcode_worker.errors import InvalidInputError
from sgcode_worker.operators.operator import PlannedEdit
from sgcode_worker.repairing.parts import Wanted


@dataclass(frozen=True)
class Target:
    """Something to be mended: where, and the edit that its operator would be tried with, if it has one."""

    wanted: Wanted
    edit: PlannedEdit | None
    described: Mapping[str, str | None]
    """What an account of the repair says of it: `targets` of a RepairedPart."""


@dataclass(frozen=True)
class ShownPart:
    """A part as the model was shown it."""

    name: str
    line: int
    end_line: int
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What put-back needs of an Excerpt: targets and allowed changes by the target's id."""

    parts: tuple[ShownPart, ...]
    targets: Mapping[str, Mapping[str, Any]]
    allowed: Mapping[str, Mapping[str, Any]]


def read_target(value: object, field: str) -> Target:
    """Return a RepairTarget. Raises InvalidInputError that names the field."""
    target = check_object(value, field)
    texts = {name: check_text(target.get(name), f"{field}.{name}") for name in _TEXTS}
    cwe = check_text_or_null(target.get("cwe", ...), f"{field}.cwe")
    operator = check_text_or_null(target.get("operator", ...), f"{field}.operator")
    span = {
        "line": check_whole_number(target.get("line"), f"{field}.line", 1),
        "column": check_whole_number(target.get("column"), f"{field}.column", 0),
        "end_line": check_whole_number(target.get("endLine"), f"{field}.endLine", 1),
        "end_column": check_whole_number(target.get("endColumn"), f"{field}.endColumn", 0),
    }
    lines = check_list(target.get("lines"), f"{field}.lines", _line)
    edit = None if operator is None else PlannedEdit(operator=operator, cwe=cwe, **texts, **span)
    described = {**{name: texts[name] for name in ("id", "rule", "source")}, "cwe": cwe, "operator": operator}
    return Target(Wanted(texts["id"], span["line"], span["end_line"], lines), edit, described)


def read_shown(document: object, key: str) -> Shown:
    """Return what an Excerpt says. Raises InvalidInputError that names the field."""
    excerpt = check_object(document, key)
    targets = check_list(excerpt.get("targets", []), f"{key}: targets", _described)
    allowed = check_list(excerpt.get("allowed"), f"{key}: allowed", _allowed)
    return Shown(
        tuple(check_list(excerpt.get("parts"), f"{key}: parts", _part)),
        {each["id"]: each for each in targets},
        {each["target"]: each for each in allowed},
    )


def read_model_answer(document: object, key: str) -> tuple[str, str]:
    """Return form and code of a ModelAnswer. Raises InvalidInputError that names the field."""
    answer = check_object(document, key)
    form = check_text(answer.get("form"), f"{key}: form")
    if form not in ("parts", "whole"):
        raise InvalidInputError(f"{key}: form must be parts or whole")
    return form, check_text(answer.get("code"), f"{key}: code")


def repaired_document(
    shown: Shown, name: str, line: int, targets: Sequence[str], texts: frozenset[str]
) -> dict[str, Any]:
    """Return a RepairedPart; `texts` are the string literals of the code that a model wrote."""
    allowed = [shown.allowed[target] for target in targets if target in shown.allowed]
    declared = [change for each in allowed for change in each["declared"]]
    variables = [each for found in allowed for each in found["environment"] if each["name"] in texts]
    return {
        "name": name,
        "line": line,
        "targets": [shown.targets[target] for target in targets if target in shown.targets],
        "declared": _each_once(declared),
        "environment": _each_once(variables),
    }


def _each_once(documents: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    for each in documents:
        if each not in kept:
            kept.append(each)
    return kept


_TEXTS = ("id", "rule", "source", "definition")


def _line(value: object, field: str) -> int:
    return check_whole_number(value, field, 1)


def _part(value: object, field: str) -> ShownPart:
    part = check_object(value, field)
    return ShownPart(
        name=check_text(part.get("name"), f"{field}.name"),
        line=check_whole_number(part.get("line"), f"{field}.line", 1),
        end_line=check_whole_number(part.get("endLine"), f"{field}.endLine", 1),
        targets=tuple(check_list(part.get("targets"), f"{field}.targets", check_text)),
    )


def _described(value: object, field: str) -> Mapping[str, Any]:
    target = check_object(value, field)
    for name in ("id", "rule", "source"):
        check_text(target.get(name), f"{field}.{name}")
    return target


def _allowed(value: object, field: str) -> Mapping[str, Any]:
    allowed = check_object(value, field)
    check_text(allowed.get("target"), f"{field}.target")
    for change in check_list(allowed.get("declared"), f"{field}.declared", check_object):
        for name in ("kind", "name", "definition", "detail"):
            check_text(change.get(name), f"{field}.declared: {name}")
    for variable in check_list(allowed.get("environment"), f"{field}.environment", check_object):
        check_text(variable.get("name"), f"{field}.environment: name")
    return allowed
