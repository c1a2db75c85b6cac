"""Pairs every definition of the original with the candidate's, helpers included."""

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.secret_texts import read_secrets

_DEPTH = 4
_CALLS_OF_ONE_HELPER = 20
_HELPER_CALLS = 400


@dataclass(frozen=True)
class Pair:
    """A definition before and after.

    `after` also does what the helpers do that the candidate adds and this definition calls, so
    that moving code into a helper of the same file loses nothing.
    """

    before: Definition
    after: Definition
    own: Definition

    @property
    def name(self) -> str:
        """The qualified name, '' for the module."""
        return self.before.name

    @property
    def label(self) -> str:
        """The definition as evidence names it."""
        return self.before.label

    @property
    def line(self) -> int | None:
        """Where the candidate's definition begins."""
        return self.own.line


@dataclass(frozen=True)
class Declared:
    """One change that an operator declared: `kind` and `name` are what changes, `definition` where."""

    kind: str
    name: str
    definition: str
    detail: str


@dataclass
class Comparison:
    """Original and candidate with the changes that the gates are to allow.

    `pairs` leaves out definitions that are written exactly as before: what their names stand for
    is compared for the whole program.
    """

    original: Outline
    candidate: Outline
    pairs: list[Pair]
    declared: Sequence[Declared]

    @cached_property
    def secrets(self) -> dict[tuple[str, str, int], str]:
        """The secrets of the original: (definition, name, occurrence) → text."""
        return read_secrets(self.original)

    def allows(self, kind: str, name: str, definition: str | None = None) -> bool:
        """Whether an operator declared this change; without a definition, anywhere in the file."""
        return any(
            each.kind == kind
            and name in (each.name, each.name.rpartition(".")[2])
            and definition in (None, each.definition)
            for each in self.declared
        )

    def declares(self, kind: str, definition: str) -> bool:
        """Whether an operator declared any change of this kind in the definition."""
        return any(each.kind == kind and each.definition == definition for each in self.declared)


def compare_outlines(
    original: Outline, candidate: Outline, applied_edits: Sequence[Mapping[str, Any]]
) -> Comparison:
    """Return the pairs of definitions that both programs have, and what may differ."""
    declared = [
        Declared(change["kind"], change["name"], change["definition"], change["detail"])
        for edit in applied_edits
        for change in edit.get("declared", ())
    ]
    helpers = {
        name: found for name, found in candidate.definitions.items() if name not in original.definitions
    }
    inliner = _Inliner(original, candidate, helpers)
    pairs = [
        Pair(before, inliner.merge(candidate.definitions[name]), candidate.definitions[name])
        for name, before in original.definitions.items()
        if name in candidate.definitions and not _untouched(original, candidate, name)
    ]
    return Comparison(original, candidate, pairs, declared)


def _untouched(original: Outline, candidate: Outline, name: str) -> bool:
    """Whether a definition is written exactly as before. Most are, when edits are verified one at a time."""
    before = original.written(original.definitions[name])
    return bool(before) and before == candidate.written(candidate.definitions[name])


class _Inliner:
    """Adds to a definition what the new helpers that it uses do."""

    def __init__(self, original: Outline, candidate: Outline, helpers: Mapping[str, Definition]) -> None:
        self.candidate = candidate
        self.budget = 0
        self.helpers = helpers
        known = original.module.bindings
        self.constants = {
            name: [value for value in values if value is not None]
            for name, values in candidate.module.bindings.items()
            if name not in known
        }

    def merge(self, own: Definition) -> Definition:
        merged = replace(own, **{part.name: _copy(getattr(own, part.name)) for part in fields(own)})
        self.budget = _HELPER_CALLS
        self.add_helpers(merged, own, (own.name,), _DEPTH)
        if own.name:
            for name in own.loads:
                merged.texts.extend(_texts(self.constants.get(name, ())))
        return merged

    def add_helpers(self, merged: Definition, user: Definition, chain: tuple[str, ...], depth: int) -> None:
        if not self.helpers or depth == 0:
            return
        for name, count in self.used(user).items():
            if name in chain:
                continue
            helper = self.helpers[name]
            times = min(count, _CALLS_OF_ONE_HELPER, self.budget)
            self.budget -= times
            for _ in range(times):
                _extend(merged, helper)
            self.add_helpers(merged, helper, (*chain, name), depth - 1)

    def used(self, user: Definition) -> Counter[str]:
        """The new helpers that this definition calls or hands to a call, with how often."""
        found: Counter[str] = Counter()
        for call in user.calls:
            if call.deferred:
                continue
            values = [call.node.func, *call.node.args, *(keyword.value for keyword in call.node.keywords)]
            for value in values:
                name = self.helper_name(user, value)
                if name is not None and (value is call.node.func or not isinstance(value, ast.Call)):
                    found[name] += 1
        return found

    def helper_name(self, user: Definition, value: ast.expr) -> str | None:
        if isinstance(value, ast.Name):
            scope = user.name
            while True:
                name = f"{scope}.{value.id}" if scope else value.id
                if name in self.helpers:
                    return self.entry(name)
                if not scope:
                    return None
                scope = scope.rpartition(".")[0]
        if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
            scope = user.name.rpartition(".")[0] if value.value.id in {"self", "cls"} else value.value.id
            name = f"{scope}.{value.attr}"
            return name if name in self.helpers else None
        return None

    def entry(self, name: str) -> str:
        """A new class is entered through its constructor."""
        constructor = f"{name}.__init__"
        return constructor if constructor in self.helpers else name


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return (
            {key: list(values) for key, values in value.items()}
            if not isinstance(value, Counter)
            else Counter(value)
        )
    return list(value) if isinstance(value, list) else value


def _extend(merged: Definition, helper: Definition) -> None:
    for part in fields(merged):
        target, source = getattr(merged, part.name), getattr(helper, part.name)
        if isinstance(target, list):
            target.extend(source)
        elif isinstance(target, Counter):
            target.update(source)
        elif isinstance(target, dict):
            for key, values in source.items():
                target.setdefault(key, []).extend(values)


def _texts(values: Sequence[ast.expr]) -> list[ast.expr]:
    return [
        node
        for value in values
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
