"""Puts the parts of an answer into the lines of a program, and beside them what they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

import libcst as cst

from sgcode_worker.errors import InvalidInputError
from sgcode_worker.operators.imports import NoPlaceError
from sgcode_worker.operators.needed_import import NeededImport
from sgcode_worker.operators.operator import Rewrite
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.replace import Replacements
from sgcode_worker.repairing.additions import find_additions
from sgcode_worker.repairing.answer import Answer
from sgcode_worker.repairing.documents import ShownPart
from sgcode_worker.repairing.layout import Layout, Statements, first_line, last_line
from sgcode_worker.repairing.lines import joined, line_end_of, split_keeping_ends
from sgcode_worker.repairing.malformed import MalformedError, quoted
from sgcode_worker.repairing.matching import match
from sgcode_worker.repairing.names import texts_in
from sgcode_worker.repairing.parts import Part, part_at
from sgcode_worker.repairing.render import render
from sgcode_worker.repairing.replaced import Replaced
from sgcode_worker.source import Source


@dataclass(frozen=True)
class Spliced:
    """The program with the parts that changed, and the string literals of what was put in."""

    text: str
    changed: Sequence[ShownPart]
    texts: frozenset[str]


def splice(source: Source, parts: Sequence[ShownPart], answer: Answer) -> Spliced | None:
    """Return the program with the answered parts; None where it stays as it is.

    Raises MalformedError where the answer does not fit, InvalidInputError where the parts are of other code.
    """
    assert source.tree is not None
    code = Layout(source.tree, source.text)
    shown = _parts_of(code, parts)
    found = match(code, answer.layout, [part for part, _ in shown])
    if not found:
        raise MalformedError(f"The answer holds none of the parts to be replaced: {_named(parts)}.")
    writer = _Writer(source, code, answer)
    fresh = {each.part.line: writer.lines_for(each) for each in found}
    changed = [each for each in found if fresh[each.part.line] != writer.lines_of(each.part)]
    if not changed:
        return None
    added = find_additions(code, answer.layout, changed)
    nodes = [node for group in (*(each.nodes for each in changed), *added.helpers) for node in group]
    text, line = writer.put(changed, fresh, added.helpers)
    return Spliced(
        _with_imports(text, line, added.imports),
        [each for part, each in shown if any(part is replaced.part for replaced in changed)],
        texts_in(nodes),
    )


def _parts_of(code: Layout, shown: Sequence[ShownPart]) -> list[tuple[Part, ShownPart]]:
    found = []
    for each in sorted(shown, key=lambda each: each.line):
        part = part_at(code, each.line, each.end_line)
        if part is None:
            raise InvalidInputError("the excerpt is of another code: a part of it has other lines")
        part.name = each.name
        found.append((part, each))
    if any(one.end_line >= other.line for (one, _), (other, _) in pairwise(found)):
        raise InvalidInputError("the excerpt has parts that overlap")
    return found


def _named(parts: Sequence[ShownPart]) -> str:
    more = " and others" if len(parts) > 3 else ""
    return ", ".join(quoted(each.name) for each in parts[:3]) + more


class _Writer:
    def __init__(self, source: Source, code: Layout, answer: Answer) -> None:
        self.code = code
        self.answer = answer
        self.kept = split_keeping_ends(source.text)
        self.line_end = line_end_of(source.text)
        places = answer.program.written.places
        statements = answer.program.nodes(cst.SimpleStatementLine, cst.BaseCompoundStatement)
        self.statements = {places[id(each)][0]: each for each in statements}

    def lines_of(self, part: Part) -> list[str]:
        return self.code.lines[part.line - 1 : part.end_line]

    def lines_for(self, replaced: Replaced) -> list[str]:
        """The lines that a part becomes, with its decorators where the answer has none."""
        part, node = replaced.part, replaced.part.nodes[0]
        indentation = self.code.indentation(node.lineno)
        lines = self.written(replaced.nodes, indentation, self.unit_of(part))
        if not getattr(replaced.nodes[0], "decorator_list", ()):
            lines = [*self.code.lines[part.line - 1 : node.lineno - 1], *lines]
        return lines

    def unit_of(self, part: Part) -> str | None:
        """What the block of a part is indented by; None where it has none of its own lines."""
        node = part.nodes[0]
        body = getattr(node, "body", None)
        if not isinstance(body, list) or not body or not self.code.begins_line(body[0]):
            return None
        outer, inner = self.code.indentation(node.lineno), self.code.indentation(body[0].lineno)
        return inner.removeprefix(outer) if inner.startswith(outer) else None

    def written(self, nodes: Statements, indentation: str, unit: str | None) -> list[str]:
        first, last = first_line(nodes[0]), last_line(nodes)
        lines = render(self.answer.program, self.statements[nodes[0].lineno], indentation, unit)
        lines = lines[: last - first + 1]
        # It would take in the line that follows.
        if lines[-1].endswith("\\"):
            raise MalformedError("A part of the answer ends in a backslash.")
        return lines

    def put(
        self, changed: Sequence[Replaced], fresh: dict[int, list[str]], helpers: Sequence[Statements]
    ) -> tuple[str, int]:
        """The program's text with the parts, and the line of the first that is new."""
        kept = list(self.kept)
        for each in reversed(changed):
            part = each.part
            end = self.end_of(part.end_line)
            kept[part.line - 1 : part.end_line] = [joined(fresh[part.line], self.line_end) + end]
        line = changed[0].part.line
        if helpers:
            line = self.line_before(line)
            kept.insert(line - 1, self.helper_text(helpers, line))
            line += next((i for i, each in enumerate(kept[line - 1].splitlines()) if each.strip()), 0)
        return "".join(kept), line

    def end_of(self, line: int) -> str:
        return self.kept[line - 1][len(self.code.lines[line - 1]) :]

    def line_before(self, line: int) -> int:
        """Where helpers go: before the statement around a line, and the comments right above that."""
        body = self.code.tree.body
        top = max(first_line(node) for node in body if first_line(node) <= line)
        above = max((last_line((node,)) for node in body if first_line(node) < top), default=0)
        line = top
        while line - 1 > above and self.code.lines[line - 2].startswith("#"):
            line -= 1
        # On its first two lines a file may name its interpreter and its encoding.
        return top if line <= 2 and above == 0 else line

    def helper_text(self, helpers: Sequence[Statements], line: int) -> str:
        """The helpers with two blank lines around functions, as far as these are not there."""
        before = reversed(self.code.lines[: line - 1])
        blank = sum(1 for _ in takewhile(lambda each: not each.strip(), before))
        lines = [""] * (0 if line == 1 else max(0, 2 - blank))
        for index, nodes in enumerate(helpers):
            around = [node for each in helpers[max(0, index - 1) : index + 1] for node in each]
            if index and any(hasattr(node, "body") for node in around):
                lines += ["", ""]
            lines += self.written(nodes, "", None)
        return joined([*lines, "", "", ""], self.line_end)


def _with_imports(text: str, line: int, needed: Sequence[NeededImport]) -> str:
    """The text with the imports that what begins in a line needs, put where operators put theirs."""
    if not needed:
        return text
    try:
        program = Program(text)
        if program.text != text:
            raise MalformedError(
                "The imports of the answer cannot be put in without a change of other lines."
            )
        places = program.written.places
        user = next(each for each in program.module.body if places[id(each)][2] >= line)
        replacements = Replacements(program)
        # The statement is put in as it is: what counts is that the imports go before it.
        replacements.add("imports", Rewrite("", {user: user.deep_clone()}, imports=needed))
        return replacements.code()
    except (NoPlaceError, cst.ParserSyntaxError, StopIteration, RecursionError, ValueError):
        raise MalformedError("The imports of the answer cannot be put in before what needs them.") from None
