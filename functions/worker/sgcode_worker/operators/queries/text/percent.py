"""Fills the holes of a `%` template."""

import re
from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.hole import Hole, Piece
from sgcode_worker.operators.queries.text.mappings import item_of, value_named

_SPEC = re.compile(
    r"%(?P<key>\([^()]*\))?(?P<format>[-#0 +]*(?:\*|\d+)?(?:\.(?:\*|\d*))?)[hlL]?(?P<type>[a-zA-Z%])",
    re.DOTALL,
)


def fill(program: Program, template: Sequence[Character], values: cst.BaseExpression) -> list[Piece]:
    """Return what `template % values` says. Refuses what would fail, or depends on the kind of the value."""
    text = "".join(character.value for character in template)
    found = list(_SPEC.finditer(text))
    specs = [spec for spec in found if spec["type"] != "%"]
    if text.count("%") != sum(spec[0].count("%") for spec in found) or any("*" in spec[0] for spec in specs):
        raise Refusal("The query's % template cannot be read.")
    expressions = iter(_values(program, specs, values))
    pieces: list[Piece] = []
    end = 0
    for spec in found:
        pieces.extend(template[end : spec.start()])
        end = spec.end()
        if spec["type"] == "%":
            if spec[0] != "%%":
                raise Refusal("The query's % template cannot be read.")
            pieces.append(template[spec.start()])
        else:
            pieces.append(Hole(next(expressions), "percent", f"%{spec['format']}{spec['type']}"))
    return [*pieces, *template[end:]]


def _values(
    program: Program, specs: Sequence[re.Match[str]], values: cst.BaseExpression
) -> list[cst.BaseExpression]:
    if any(spec["key"] is not None for spec in specs):
        if not all(spec["key"] is not None for spec in specs):
            raise Refusal("The query's % template mixes names and positions.")
        return [value_named(program, values, spec["key"][1:-1]) for spec in specs]
    if isinstance(values, cst.Tuple):
        if any(isinstance(each, cst.StarredElement) for each in values.elements):
            raise Refusal("The query's values are unpacked with *, so they cannot be counted.")
        if len(values.elements) != len(specs):
            raise Refusal("The query has more or fewer holes than values.")
        return [each.value for each in values.elements]
    if isinstance(values, cst.Dict) or not specs:
        raise Refusal("The query's % template cannot be read.")
    if len(specs) == 1:
        return [values]
    if not isinstance(values, cst.Name):
        raise Refusal("The query's values come from an expression, so they cannot be told apart.")
    return [item_of(values, cst.Integer(str(index))) for index in range(len(specs))]
