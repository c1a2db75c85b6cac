"""Fills the holes of a `str.format` template."""

import re
from collections.abc import Sequence

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.expressions import is_simple
from sgcode_worker.operators.queries.text.hole import Hole, Piece
from sgcode_worker.operators.queries.text.mappings import value_named

_FIELD = re.compile(
    r"\{\{|\}\}|\{(?P<name>\w*)(?P<parts>(?:\.[^\W\d]\w*|\[\w+\])*)(?:!(?P<conversion>[rsa]))?(?::(?P<spec>[^{}]*))?\}"
)

_PART = re.compile(r"\.(?P<attribute>\w+)|\[(?P<key>\w+)\]")


def fill(program: Program, template: Sequence[Character], arguments: Sequence[cst.Arg]) -> list[Piece]:
    """Return what `template.format(arguments)` says. Refuses what would fail, or needs another order."""
    text = "".join(character.value for character in template)
    found = list(_FIELD.finditer(text))
    if text.count("{") + text.count("}") != sum(field[0].count("{") + field[0].count("}") for field in found):
        raise Refusal("The query's format template cannot be read.")
    values = _Values(program, arguments)
    pieces: list[Piece] = []
    end = 0
    for field in found:
        pieces.extend(template[end : field.start()])
        end = field.end()
        if field[0] in ("{{", "}}"):
            pieces.append(template[field.start()])
        else:
            value = _part(values.take(field["name"]), field["parts"])
            pieces.append(Hole(value, "braces", field["spec"] or "", field["conversion"] or ""))
    values.check_order()
    return [*pieces, *template[end:]]


class _Values:
    """The arguments of the call, and which of them the template asked for."""

    def __init__(self, program: Program, arguments: Sequence[cst.Arg]) -> None:
        mappings = [argument for argument in arguments if argument.star == "**"]
        if len(mappings) > 1 or any(argument.star == "*" for argument in arguments):
            raise Refusal("The query's values are unpacked with *, so they cannot be told apart.")
        self.program = program
        self.mapping = mappings[0].value if mappings else None
        self.arguments = [argument for argument in arguments if argument.star == ""]
        self.positional = [argument.value for argument in self.arguments if argument.keyword is None]
        self.named = {argument.keyword.value: argument.value for argument in arguments if argument.keyword}
        self.taken: list[cst.BaseExpression] = []
        self.automatic: bool | None = None
        self.count = 0

    def take(self, name: str) -> cst.BaseExpression:
        if name == "" or name.isdigit():
            if self.automatic not in (None, name == ""):
                raise Refusal("The query's format template mixes automatic and given numbers.")
            self.automatic = name == ""
            index = self.count if name == "" else int(name)
            self.count += 1
            if index >= len(self.positional):
                raise Refusal("The query has more holes than values.")
            self.taken.append(self.positional[index])
        elif name in self.named:
            self.taken.append(self.named[name])
        elif self.mapping is not None:
            return value_named(self.program, self.mapping, name)
        else:
            raise Refusal("The query has more holes than values.")
        return self.taken[-1]

    def check_order(self) -> None:
        """Refuse where a value would be computed in another order, more often or no longer."""
        in_order = [argument.value for argument in self.arguments]
        same = len(in_order) == len(self.taken) and all(
            map(lambda one, two: one is two, in_order, self.taken)
        )
        if not same and not all(is_simple(value) for value in in_order):
            raise Refusal("The query's values are not computed in the order in which the text uses them.")


def _part(value: cst.BaseExpression, parts: str) -> cst.BaseExpression:
    """What `.name` and `[key]` in a field ask of the value."""
    for part in _PART.finditer(parts):
        if not is_simple(value):
            raise Refusal("The query's format template asks for a part of a computed value.")
        if part["attribute"]:
            value = cst.Attribute(value, cst.Name(part["attribute"]))
        else:
            key = part["key"]
            index = (
                cst.Integer(key) if key.isdecimal() and str(int(key)) == key else cst.SimpleString(repr(key))
            )
            value = cst.Subscript(value, [cst.SubscriptElement(cst.Index(index))])
    return value
