"""The parameter that takes the place of a value in a query."""

from functools import cached_property

import libcst as cst
from libcst.metadata import BuiltinAssignment

from sgcode_worker.operators.literals import literal
from sgcode_worker.operators.nodes import unparenthesized
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import is_builtin
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.certain import (
    is_certainly_text,
    is_certainly_whole,
    may_be_row,
    may_be_sql,
)
from sgcode_worker.operators.queries.text.characters import Character
from sgcode_worker.operators.queries.text.escaped import may_be_escaped
from sgcode_worker.operators.queries.text.fallible import may_be_no_text
from sgcode_worker.operators.queries.text.hole import Hole, Piece
from sgcode_worker.operators.queries.text.sql import Slot

_SIMPLE = (cst.Name, cst.Attribute, cst.Subscript, cst.Call, cst.SimpleString, cst.Integer)


class Parameters:
    """Turns slots into parameters."""

    def __init__(self, program: Program, query: cst.BaseExpression) -> None:
        self.program = program
        self.query = query

    @cached_property
    def _knows_enums(self) -> bool:
        """Whether a value may be of an Enum, which str() and format() show differently up to Python 3.11."""
        modules = [each.module for each in self.program.nodes(cst.ImportFrom)]
        modules += [each.name for each in self.program.nodes(cst.ImportAlias)]
        return any(isinstance(each, cst.Name) and each.value == "enum" for each in modules)

    def is_whole(self, slot: Slot) -> bool:
        """Whether the slot is a value without quotes that is certainly a whole number."""
        if slot.quoted:
            return False
        hole = slot.pieces[0]
        assert isinstance(hole, Hole)
        if hole.spec in ("%d", "%i", "d"):
            return True
        return hole.is_plain_or_added and is_certainly_whole(self.program, self._shown(hole))

    def parameter(self, slot: Slot) -> cst.BaseExpression:
        """Return what is to be bound. Refuses a value of which that is not certain."""
        for hole in slot.pieces:
            if isinstance(hole, Hole):
                self._check(hole)
        return self._text(slot) if slot.quoted else self._bare(slot)

    def count(self, slot: Slot) -> cst.BaseExpression:
        """Return what is to be bound where the database takes a whole number only."""
        value = self.parameter(slot)
        return value if self.is_whole(slot) else self._call("int", value)

    def _check(self, hole: Hole) -> None:
        value = hole.expression
        if any(isinstance(each, (cst.Await, cst.Yield, cst.NamedExpr)) for each in _walk(value)):
            raise Refusal("A value of the query awaits, yields or binds a name.")
        if not hole.is_ready and may_be_escaped(self.program, value):
            raise Refusal("A value may already be quoted or escaped for SQL.")
        alone = hole.kind == "percent" and not isinstance(self.program.parent(value), cst.Element)
        if alone and isinstance(self.program.parent(value), cst.BinaryOperation):
            plain = cst.ensure_type(unparenthesized(value), cst.BaseExpression)
            if may_be_row(self.program, value if isinstance(value, cst.Name) else plain):
                raise Refusal("The value of the query may be a row, which % would unpack.")

    def _bare(self, slot: Slot) -> cst.BaseExpression:
        """A value without quotes is bound as it is: str() of a number is how SQL writes it."""
        hole = slot.pieces[0]
        assert isinstance(hole, Hole)
        value = self._shown(hole)
        if hole.spec in ("%d", "%i", "d"):
            whole = is_certainly_whole(self.program, value) or hole.spec == "d"
            return _plain(value) if whole else self._call("int", value)
        if not hole.is_plain_or_added:
            raise Refusal("A number of the query is formatted in a way that a parameter cannot repeat.")
        if may_be_sql(self.program, value):
            raise Refusal("A value without quotes may be a piece of SQL that the program wrote itself.")
        return self._failing(hole, _plain(value)) if value is hole.expression else _plain(value)

    def _shown(self, hole: Hole) -> cst.BaseExpression:
        """The value that is put in, without the str() around it."""
        value = hole.expression
        if (
            isinstance(value, cst.Call)
            and is_builtin(self.program, value.func, "str")
            and len(value.args) == 1
        ):
            argument = value.args[0]
            return value if argument.star or argument.keyword else argument.value
        return value

    def _text(self, slot: Slot) -> cst.BaseExpression:
        """A quoted value is bound as the text that stood between the quotes."""
        parts: list[cst.BaseExpression] = []
        pending = ""
        for piece in slot.pieces:
            if isinstance(piece, Character):
                pending += piece.value
                continue
            if pending:
                parts.append(self._fixed(pending, slot))
            parts.append(self._as_text(piece))
            pending = ""
        if pending:
            parts.append(self._fixed(pending, slot))
        if len(parts) == 1:
            return self._failing(slot.pieces[0], parts[0])
        result = _operand(parts[0])
        for part in parts[1:]:
            result = cst.BinaryOperation(result, cst.Add(), _operand(part))
        return result

    def _failing(self, piece: Piece, value: cst.BaseExpression) -> cst.BaseExpression:
        """The value, added to a text as before where that may fail: NULL would go to the database instead."""
        added = isinstance(piece, Hole) and piece.kind == "plus" and not piece.is_ready
        if added and may_be_no_text(self.program, value):
            return cst.BinaryOperation(cst.SimpleString('""'), cst.Add(), _operand(value))
        return value

    def _fixed(self, text: str, slot: Slot) -> cst.SimpleString:
        quote = slot.at.literal.style.quote[0] if slot.at is not None else '"'
        return literal(text, quote)

    def _as_text(self, hole: Hole) -> cst.BaseExpression:
        value = hole.expression
        if hole.kind == "plus" or (hole.is_plain and is_certainly_text(self.program, value)):
            return _plain(value)
        if hole.is_plain:
            formats = hole.kind == "braces" and self._knows_enums
            return self._call("format" if formats else "str", value)
        if hole.kind == "percent":
            return cst.BinaryOperation(literal(hole.spec), cst.Modulo(), _tuple([value]))
        if hole.conversion:
            if hole.spec or hole.conversion != "r":
                raise Refusal("A value of the query is formatted in a way that a parameter cannot repeat.")
            return self._call("repr", value)
        return self._call("format", value, literal(hole.spec))

    def _call(self, name: str, *values: cst.BaseExpression) -> cst.Call:
        scope = self.program.scope(self.query)
        if scope is None or any(not isinstance(each, BuiltinAssignment) for each in scope[name]):
            raise Refusal(f"`{name}` is not Python's own function there.")
        return cst.Call(cst.Name(name), [cst.Arg(_plain(value)) for value in values])


def parameter_tuple(values: list[cst.BaseExpression]) -> cst.Tuple:
    """Return the parameters as a tuple."""
    return _tuple(values)


def _tuple(values: list[cst.BaseExpression]) -> cst.Tuple:
    elements = [
        value.with_changes(comma=_comma())
        if isinstance(value, cst.StarredElement)
        else cst.Element(_plain(value), comma=_comma())
        for value in values
    ]
    if len(elements) == 1:
        elements[0] = elements[0].with_changes(comma=cst.Comma())
    elif elements:
        elements[-1] = elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return cst.Tuple(elements)


def _comma() -> cst.Comma:
    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def _plain(value: cst.BaseExpression) -> cst.BaseExpression:
    """The value without parentheses, unless it needs them inside a tuple or spans lines."""
    node = unparenthesized(value)
    assert isinstance(node, cst.BaseExpression)
    return value if isinstance(node, (cst.GeneratorExp, cst.Tuple, cst.NamedExpr)) else node


def _operand(value: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(value, _SIMPLE) or getattr(value, "lpar", ()):
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _walk(node: cst.CSTNode) -> list[cst.CSTNode]:
    found = [node]
    for child in node.children:
        found.extend(_walk(child))
    return found
