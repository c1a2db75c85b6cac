"""`visible-source`: characters that reorder what a reader sees are written so that they can be seen."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.literals import constant_of
from sgcode_worker.operators.operator import Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.program import Program

# The controls of the Unicode bidirectional algorithm (UAX #9) that Bandit looks for, and the two marks.
_CONTROLS = "\u202a-\u202e\u2066-\u2069\u200e\u200f"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_WITH_BACKSLASHES = re.compile(rf"(\\*)([{_CONTROLS}])")
_OTHERS = "The character stands outside of texts and comments, where it cannot be written otherwise."
_RAW = "A raw text holds both a backslash and such a character; write it without r."
_WITHIN = "The character stands in a text within an f-string, where Python before 3.12 takes no backslash."


class VisibleSource:
    """In texts, an invisible bidirectional control becomes its escape; from comments it is taken out."""

    name = "visible-source"
    cwe = "CWE-838"
    precondition = (
        "Bidirectional control characters in comments, and in texts that are not raw, or are raw without a "
        "backslash."
    )
    changes = (
        "Nothing: every text has the value that it had. The code is shown in the order in which it is run."
    )
    example = ('name = "a\u202eb"  # \u2066note\n', 'name = "a\\u202eb"  # note\n')

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return every text and comment of the program that holds such a character, written visibly.

        Bandit reports the first line only, so all of them are one edit.
        """
        replacements: dict[cst.CSTNode, cst.CSTNode] = {}
        for node in _holders(program):
            if isinstance(node, cst.SimpleString) and program.enclosing(node, cst.FormattedString):
                return Declined(_WITHIN)
            written = _written(node)
            if written is None:
                return Declined(_RAW)
            replacements[node] = written
        if not replacements:
            return Declined("No invisible character is there.")
        left = len(_CONTROL.findall(program.text)) - sum(map(_count, replacements))
        if left:
            return Declined(_OTHERS)
        return Rewrite("Writes invisible characters as escapes, with the same values.", replacements)


def _holders(program: Program) -> Iterator[cst.CSTNode]:
    for node in program.nodes(cst.SimpleString, cst.FormattedString, cst.Comment):
        if isinstance(node, cst.FormattedString):
            yield from _parts(node)
        elif _CONTROL.search(node.value):
            yield node


def _parts(node: cst.FormattedString) -> Iterator[cst.CSTNode]:
    """The text parts that hold such a character; the whole string where it is raw."""
    held = [each for each in _texts(node) if _CONTROL.search(each.value)]
    if held and "r" in node.prefix.lower():
        yield node
    else:
        yield from held


def _texts(node: cst.CSTNode) -> Iterator[cst.FormattedStringText]:
    """The text parts of an f-string and of its formats, without those of strings within it."""
    for child in node.children:
        if isinstance(child, cst.FormattedStringText):
            yield child
        elif isinstance(child, cst.FormattedStringExpression):
            for part in child.format_spec or ():
                if isinstance(part, cst.FormattedStringText):
                    yield part


def _count(node: cst.CSTNode) -> int:
    if isinstance(node, cst.FormattedString):
        return sum(len(_CONTROL.findall(each.value)) for each in _texts(node))
    value = getattr(node, "value", "")
    return len(_CONTROL.findall(value)) if isinstance(value, str) else 0


def _written(node: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(node, cst.Comment):
        return node.with_changes(value=_CONTROL.sub("", node.value))
    if isinstance(node, cst.FormattedStringText):
        return node.with_changes(value=_escaped(node.value))
    if not isinstance(node, cst.SimpleString):
        return None
    if "r" not in node.prefix.lower():
        return node.with_changes(value=_escaped(node.value))
    if "\\" in node.value or not isinstance(constant_of(node), str):
        return None
    return node.with_changes(value=_escaped(re.sub("^[rR]", "", node.value)))


def _escaped(text: str) -> str:
    """The source text with escapes; a single backslash before a character was one by itself."""
    return _WITH_BACKSLASHES.sub(
        lambda match: match[1] + ("\\" if len(match[1]) % 2 else "") + f"\\u{ord(match[2]):04x}", text
    )
