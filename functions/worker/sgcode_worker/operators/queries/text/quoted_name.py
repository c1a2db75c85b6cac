"""Values that get their quotes before they go into the query, as in `name = "'" + name + "'"`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import libcst as cst

from sgcode_worker.operators.nodes import has_comment
from sgcode_worker.operators.operator import Replacement
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.flow import Flow, body_around
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.hole import Hole, Piece
from sgcode_worker.operators.queries.text.parameters import Parameters
from sgcode_worker.operators.queries.text.pieces import is_text, take_apart
from sgcode_worker.operators.queries.text.sql import Slot


@dataclass
class Unquoted:
    """The pieces with the quotes around the names, and the assignments without them."""

    pieces: list[Piece] = field(default_factory=list)
    replacements: dict[cst.CSTNode, Replacement] = field(default_factory=dict)


def with_quotes(program: Program, pieces: Sequence[Piece], quotes: str) -> Unquoted:
    """Return the pieces where a name that holds a quoted value for this query only holds it bare."""
    result = Unquoted()
    inside = ""
    for piece in pieces:
        if isinstance(piece, Character):
            if piece.value in quotes and inside in ("", piece.value):
                inside = "" if inside else piece.value
            result.pieces.append(piece)
            continue
        definition = None if inside else _definition(program, piece)
        slot = None if definition is None else _slot(program, definition, quotes)
        at = next((each for each in reversed(result.pieces) if isinstance(each, Character)), None)
        if definition is None or slot is None or at is None:
            result.pieces.append(piece)
            continue
        mark = replace(at, value="'", source="'")
        result.pieces += [mark, Hole(piece.expression, "plus", is_ready=True), mark]
        result.replacements |= _bare(program, definition, slot)
    return result


def _definition(program: Program, hole: Hole) -> cst.Assign | None:
    """The one assignment that the name may come from, where nothing else uses what it assigns."""
    name = hole.expression
    body = body_around(program, name) if isinstance(name, cst.Name) and hole.is_plain_or_added else None
    # A name of the module could be imported with its quotes.
    if not isinstance(body, cst.FunctionDef) or not isinstance(name, cst.Name):
        return None
    flow = Flow(program, body, name.value)
    definitions = flow.seen.get(name, frozenset())
    if len(definitions) != 1 or flow.hidden:
        return None
    (definition,) = definitions
    served = [use for use, seen in flow.seen.items() if definition in seen]
    alone = isinstance(definition, cst.Assign) and len(definition.targets) == 1 and served == [name]
    return definition if alone and is_text(definition.value) else None  # type: ignore[union-attr,return-value]


def _slot(program: Program, definition: cst.Assign, quotes: str) -> Slot | None:
    """What stands between the quotes; None where they are not around one value."""
    pieces = take_apart(program, definition.value).pieces
    if len(pieces) < 3:
        return None
    first, *inner, last = pieces
    if not isinstance(first, Character) or not isinstance(last, Character) or first.value != last.value:
        return None
    said = [each.value for each in inner if isinstance(each, Character)]
    fits = first.value in quotes and len(said) < len(inner) and not any(each in "'\"\\" for each in said)
    return Slot(inner, True, first) if fits else None


def _named(value: cst.BaseExpression) -> cst.BaseExpression:
    """The value without the str() around it."""
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "str":
        return value.args[0].value if len(value.args) == 1 else value
    return value


def _bare(program: Program, definition: cst.Assign, slot: Slot) -> dict[cst.CSTNode, Replacement]:
    name = definition.targets[0].target
    body = body_around(program, definition)
    assert isinstance(name, cst.Name) and body is not None
    flow = Flow(program, body, name.value)
    # The name's own value from before has no quotes where it is a parameter, or comes from none that has.
    ready = [
        replace(each, is_ready=True)
        if isinstance(each, Hole) and flow.seen.get(_named(each.expression)) == {body}
        else each
        for each in slot.pieces
    ]
    value = Parameters(program, definition.value).parameter(replace(slot, pieces=ready))
    line = program.parent(definition)
    if not isinstance(value, cst.Name) or value.value != name.value:
        return {definition.value: value}
    block = program.parent(line) if line is not None else None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1 or has_comment(line):
        raise Refusal("A comment stands beside the quotes that are put around a value.")
    if isinstance(block, cst.IndentedBlock) and len(block.body) > 1:
        return {line: cst.RemovalSentinel.REMOVE}
    return {definition.value: value}
