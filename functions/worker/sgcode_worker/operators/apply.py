"""Applies an edit plan: all rewrites are computed on one tree and put in with one pass over it."""

import codecs
import io
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import libcst as cst

from sgcode_worker.operators.imports import NoPlaceError
from sgcode_worker.operators.operator import Declined, Operator, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.registry import OPERATORS
from sgcode_worker.operators.replace import Conflict, Replacements, changes_nothing
from sgcode_worker.source import Source, read_source


@dataclass(frozen=True)
class DeclinedEdit:
    """An edit that was not performed and why. With `retry` another edit stood in its way."""

    id: str
    operator: str
    line: int
    reason: str
    retry: bool = False


@dataclass
class Applied:
    """What came of a plan. `candidate` is None where nothing changed."""

    candidate: bytes | None = None
    applied: list[tuple[PlannedEdit, Rewrite]] = field(default_factory=list)
    declined: list[DeclinedEdit] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """The account of the edits as it is stored: `EditsSchema` of functions/domain/edit-plan.ts."""
        return {
            "applied": [_applied_document(edit, rewrite) for edit, rewrite in self.applied],
            "declined": [asdict(each) for each in self.declined],
        }


def apply_edits(
    data: bytes,
    edits: Sequence[PlannedEdit],
    operators: Mapping[str, Operator] = OPERATORS,
    allowed_packages: Iterable[str] = (),
    database_driver: str | None = None,
) -> Applied:
    """Return the program with every planned edit whose precondition holds, and why the others do not.

    Encoding, byte order mark, line ends, indentation and every statement that no rewrite touches stay
    byte for byte as they are. Never raises for what is in the program or the plan.
    """
    source = read_source(data)
    if source.tree is None:
        return _decline_all(edits, f"The program could not be read: {source.reason}")
    try:
        program = Program(source.text)
    except (cst.ParserSyntaxError, RecursionError, ValueError):
        return _decline_all(edits, "The program could not be read by the rewriting library.")
    if program.text != source.text:
        return _decline_all(edits, "Its form feeds or lone carriage returns could not be kept as they are.")
    shared = Shared(allowed_packages=frozenset(allowed_packages), database_driver=database_driver)
    return apply_to_program(source, program, edits, shared, operators)


def apply_to_program(
    source: Source,
    program: Program,
    edits: Sequence[PlannedEdit],
    shared: Shared,
    operators: Mapping[str, Operator] = OPERATORS,
) -> Applied:
    """As `apply_edits`, on a program that is read already. What `shared` holds outlives the call."""
    return _Application(source, program, operators).run(edits, shared)


class _Application:
    """One plan on one program."""

    def __init__(self, source: Source, program: Program, operators: Mapping[str, Operator]) -> None:
        self.source = source
        self.program = program
        self.operators = operators
        self.result = Applied()

    def run(self, edits: Sequence[PlannedEdit], shared: Shared) -> Applied:
        taken = Replacements(self.program)
        for edit in edits:
            outcome = self.attempt(edit, shared)
            # Findings may share a rewrite, which mends each; nobody misses what only the network asked for.
            if edit.source == "ggan" and isinstance(outcome, Rewrite) and taken.has(outcome):
                outcome = Declined("Another edit does the same.")
            conflict = taken.add(edit.id, outcome) if isinstance(outcome, Rewrite) else None
            if isinstance(outcome, Declined):
                self.decline(edit, outcome.reason)
            elif isinstance(conflict, Conflict):
                self.decline(edit, conflict.reason, retry=conflict.retry)
            else:
                self.result.applied.append((edit, outcome))
        candidate = self.build(taken)
        if self.result.applied and self.fault(candidate) is not None:
            candidate = self.retry_one_at_a_time()
        if candidate is not None and candidate != self.source.data:
            self.result.candidate = candidate
        return self.result

    def attempt(self, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """What the operator says; the message of an error is left out, for it may quote the program."""
        operator = self.operators.get(edit.operator)
        if operator is None:
            return Declined(f"There is no operator named {edit.operator}.")
        try:
            outcome = operator.rewrite(self.program, edit, shared)
            if isinstance(outcome, Rewrite) and changes_nothing(outcome):
                return Declined(f"The code is already as {edit.operator} would leave it.")
            return outcome
        except Exception as error:  # One operator's fault must not cost the other edits.
            return Declined(f"The operator {edit.operator} failed here ({type(error).__name__}).")

    def retry_one_at_a_time(self) -> bytes | None:
        """Keep the rewrites that leave a sound program, in order, and decline the guilty ones."""
        planned, self.result.applied = self.result.applied, []
        sound, candidate = Replacements(self.program), None
        for edit, rewrite in planned:
            tried = sound.copy()
            conflict = tried.add(edit.id, rewrite)
            built = self.build(tried)
            fault = conflict.reason if conflict else self.fault(built)
            if fault is None:
                sound, candidate = tried, built
                self.result.applied.append((edit, rewrite))
            else:
                self.decline(edit, fault)
        return candidate

    def build(self, replacements: Replacements) -> bytes | None:
        """The program with these rewrites; None where they cannot be put together."""
        try:
            return encoded(replacements.code(), self.source.data)
        except (NoPlaceError, UnicodeEncodeError, RecursionError):
            return None
        except (cst.CSTValidationError, TypeError, AttributeError):  # An operator built what is no program.
            return None

    def fault(self, candidate: bytes | None) -> str | None:
        if candidate is None:
            return "The rewrite does not fit into the program."
        after = read_source(candidate)
        if after.tree is None:
            return "With the rewrite the program could not be parsed."
        if self.source.compiles and not after.compiles:
            return "With the rewrite the program would not compile."
        return None

    def decline(self, edit: PlannedEdit, reason: str, *, retry: bool = False) -> None:
        self.result.declined.append(DeclinedEdit(edit.id, edit.operator, edit.line, reason, retry))


def _decline_all(edits: Sequence[PlannedEdit], reason: str) -> Applied:
    return Applied(declined=[DeclinedEdit(edit.id, edit.operator, edit.line, reason) for edit in edits])


def encoded(text: str, original: bytes) -> bytes:
    """The text in the original's encoding, with its byte order mark where it has one."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(original).readline)
    if encoding == "utf-8-sig":
        return codecs.BOM_UTF8 + text.encode("utf-8")
    return text.encode(encoding)


def _applied_document(edit: PlannedEdit, rewrite: Rewrite) -> dict[str, Any]:
    return {
        "id": edit.id,
        "operator": edit.operator,
        "cwe": edit.cwe,
        "source": edit.source,
        "line": edit.line,
        "summary": rewrite.summary,
        "declared": [asdict(each) for each in rewrite.declared],
        "environment": [asdict(each) for each in rewrite.environment],
    }
