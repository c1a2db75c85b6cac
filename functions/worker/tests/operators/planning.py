"""Plans edits as the loop does, from Bandit's findings, and by hand for what Bandit does not report."""

from collections.abc import Collection

import libcst as cst

from sgcode_worker.analyzers.analyzer import Finding
from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.operators.operator import PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import extent
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.registry import OPERATORS
from sgcode_worker.source import read_source


def findings(data: bytes) -> list[Finding]:
    """Return what Bandit says about a program that it can read."""
    analysis = load_analyzer("bandit").analyze(read_source(data))
    assert analysis.reason is None, analysis.reason
    return list(analysis.findings)


def plan(data: bytes, operator: str, rules: Collection[str]) -> list[PlannedEdit]:
    """Return one edit for each finding of the rules; `hoist-global` is asked for by the compiler.

    What no rule asks for is proposed wherever its precondition holds.
    """
    if operator == "hoist-global":
        error = read_source(data).compile_error
        return [edit_in_line(error.line or 1, operator)] if error and error.late_global else []
    if not rules:
        return proposals(data, operator)
    return [
        PlannedEdit(
            id=f"{each.fingerprint}-{operator}",
            operator=operator,
            rule=each.rule,
            cwe=each.cwe,
            source="analyzer",
            line=each.span.line,
            column=each.span.column,
            end_line=each.span.end_line,
            end_column=each.span.end_column,
            definition=each.definition,
        )
        for each in findings(data)
        if each.rule in rules
    ]


def proposals(data: bytes, operator: str) -> list[PlannedEdit]:
    """Return an edit for each change that the operator would make, asked for at the last such statement."""
    program = Program(read_source(data).text)
    found: dict[frozenset[cst.CSTNode], PlannedEdit] = {}
    for statement in program.nodes(cst.BaseSmallStatement, cst.BaseStatement):
        (line, column), end = extent(program, statement)
        id = f"{operator}-{line}-{column}"
        edit = PlannedEdit(id, operator, "ggan", None, "ggan", line, column, *end, "")
        outcome = OPERATORS[operator].rewrite(program, edit, Shared())
        if isinstance(outcome, Rewrite):
            found[frozenset(outcome.replacements)] = edit
    return list(found.values())


def edit_at(code: str, text: str, operator: str, *, number: int = 0, id: str = "") -> PlannedEdit:
    """Return an edit for one occurrence of a text in the program."""
    start = -1
    for _ in range(number + 1):
        start = code.index(text, start + 1)
    line, column = _position(code, start)
    end_line, end_column = _position(code, start + len(text))
    return PlannedEdit(
        id=id or f"{text}-{number}",
        operator=operator,
        rule="B000",
        cwe=None,
        source="ggan",
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        definition="",
    )


def edit_in_line(line: int, operator: str) -> PlannedEdit:
    """Return an edit as the compiler asks for one."""
    return PlannedEdit(operator, operator, "late-global", None, "compiler", line, 0, line, 0, "")


def _position(code: str, offset: int) -> tuple[int, int]:
    before = code[:offset].replace("\r\n", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1)
