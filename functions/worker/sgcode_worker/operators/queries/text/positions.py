"""Where in a query a value may become a parameter."""

from collections.abc import Callable, Sequence

from sgcode_worker.operators.queries.driver.drivers import Dialect
from sgcode_worker.operators.queries.refusal import Refusal
from sgcode_worker.operators.queries.text.hole import Hole
from sgcode_worker.operators.queries.text.sql import Slot, Token
from sgcode_worker.operators.visibility import dotted_name

_STATEMENTS = frozenset({"select", "insert", "update", "delete", "replace", "with"})
_PATTERNS = frozenset({"like", "ilike", "glob", "regexp", "rlike"})
_COMPARISONS = frozenset({"=", "==", "<", ">", "<=", ">=", "<>", "!=", "<=>"})
# What a value may follow.
_LEADS = _PATTERNS | frozenset(
    "where and or not between when then else select distinct escape is on having against values in".split()
)
_ENDS = frozenset(
    "and or order group limit where having union offset on returning then else end when escape as from "
    "for intersect except collate in is between like".split()
)
_NO_COLUMNS = (
    _LEADS | _ENDS | frozenset("set by into update join using case interval date time timestamp".split())
)
_CLAUSES = frozenset("select from into update where set values by having limit offset on using join".split())
_NAME_LISTS = frozenset({"by", "from", "into", "update", "join", "using"})
_COUNTS = frozenset({"limit", "offset"})
# Functions that take texts only, whatever the types of the columns are.
_OF_TEXTS = frozenset(
    "lower upper trim to_tsquery plainto_tsquery phraseto_tsquery websearch_to_tsquery to_tsvector".split()
)


def check_positions(tokens: Sequence[Token], is_number: Callable[[Slot], bool], dialect: Dialect) -> None:
    """Refuse the query where a value stands where no parameter can, or where one would compare otherwise.

    A value in quotes may stand wherever an expression may. A value without quotes was a number, or
    a piece of SQL: where it is certainly a number it may stand there too, and behind LIMIT and OFFSET.
    Any other is bound only where the database brings it to the column's own type, as it does for a text
    that came from a form: compared with a column, assigned to one, added to one, among VALUES, or as a
    number of rows.
    """
    ends = [index for index, token in enumerate(tokens) if token.text == ";"]
    if ends and ends[0] != len(tokens) - 1 and not dialect.several_statements:
        raise Refusal("The query is several statements, which this driver does not run with parameters.")
    for index, token in enumerate(tokens):
        if token.slot is not None:
            _Position(tokens, index).check(token.slot, is_number(token.slot), dialect)


def is_statement(tokens: Sequence[Token]) -> bool:
    """Whether the text is a statement that reads or changes rows, from its beginning on."""
    return bool(tokens) and tokens[0].text.lower() in _STATEMENTS


def says_how_many(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token there stands behind LIMIT or OFFSET."""
    return _Position(tokens, index).counts()


def _name(slot: Slot) -> str:
    """How the program calls the value, where it is a name."""
    value = slot.pieces[0]
    name = dotted_name(value.expression) if isinstance(value, Hole) else None
    return f", `{name}`," if name else ""


class _Position:
    """One slot among its neighbors."""

    def __init__(self, tokens: Sequence[Token], index: int) -> None:
        self.tokens = tokens
        self.index = index

    def word(self, offset: int) -> str:
        """The neighbor in lower case; '' at the ends and for a slot."""
        position = self.index + offset
        inside = 0 <= position < len(self.tokens)
        return self.tokens[position].text.lower() if inside else ""

    def check(self, slot: Slot, number: bool, dialect: Dialect) -> None:
        clause = self.clause()
        if self.in_column_list() or (self.word(-1) == "," and clause in _NAME_LISTS):
            raise Refusal("A value is the name or the number of a column or table.")
        if clause == "select" and self.tokens[0].text.lower() == "select" and self.word(1) != "as":
            raise Refusal("A value is a column of the answer, which would get another name.")
        fits = self.compares() or self.adds() or self.is_listed(slot) or self.counts()
        bare = self.follows_up() and fits
        if slot.quoted and not self.leads():
            raise Refusal(f"A quoted value stands behind {self.before()}, where no parameter can.")
        if slot.quoted and dialect.needs_typed_positions and not (bare or self.is_typed()):
            raise Refusal(
                f"A quoted value stands behind {self.before()}, so the server cannot tell its type."
            )
        in_double_quotes = slot.quoted and slot.at is not None and slot.at.value == '"'
        if in_double_quotes and dialect.names_in_double_quotes and not bare:
            raise Refusal("A value in double quotes may be the name of a column.")
        if number and not (self.leads() or self.counts()):
            raise Refusal(f"A value stands behind {self.before()}, where no parameter can.")
        if not (slot.quoted or number or bare):
            raise Refusal(
                f"A value without quotes{_name(slot)} stands behind {self.before()}: it may be a piece of "
                "SQL, such as a name, a keyword or a list."
            )

    def counts(self) -> bool:
        """Whether the value says how many rows, which a database reads as a number only."""
        return self.word(-1) in _COUNTS or (self.word(-1) == "," and self.word(-3) == "limit")

    def is_typed(self) -> bool:
        """Whether a server that infers types does so from what stands around the value."""
        if self.word(1) == "::":
            return True
        opening = self.opening()
        function = "" if not opening else self.tokens[opening - 1].text.lower()
        compared = self.word(-1) in (_COMPARISONS | _PATTERNS) and self.word(-2) == ")"
        return self.follows_up() and (compared or function in _OF_TEXTS)

    def before(self) -> str:
        return f"`{self.word(-1)}`" if self.word(-1) else "nothing that tells what it is"

    def leads(self) -> bool:
        """Whether an expression may begin here."""
        if not self.index > 0:
            return False
        previous = self.tokens[self.index - 1]
        return previous.kind == "operator" or previous.text in ("(", ",") or self.word(-1) in _LEADS

    def follows_up(self) -> bool:
        """Whether the expression ends with the value."""
        at_end = self.index + 1 == len(self.tokens)
        return at_end or self.word(1) in (")", ",", ";") or self.word(1) in _ENDS

    def is_column(self, offset: int) -> bool:
        position = self.index + offset
        if position < 0:
            return False
        token = self.tokens[position]
        is_word = token.kind == "word" and not token.text[0].isdigit()
        return token.kind == "name" or (is_word and token.text.lower() not in _NO_COLUMNS)

    def compares(self) -> bool:
        """Whether the value is compared with a bare column, or assigned to one."""
        if self.word(-1) in _COMPARISONS:
            return self.is_column(-2)
        if self.word(-1) in _PATTERNS:
            return self.is_column(-3 if self.word(-2) == "not" else -2)
        if self.word(-1) == "between":
            return self.is_column(-3 if self.word(-2) == "not" else -2)
        return self.word(-1) == "and" and self.word(-3) == "between" and self.is_column(-4)

    def adds(self) -> bool:
        """Whether the value is added to a column, as in `SET votes = votes + 1`."""
        return self.word(-1) in ("+", "-", "*") and self.is_column(-2) and self.word(-3) in _COMPARISONS

    def is_listed(self, slot: Slot) -> bool:
        """Whether the value is one of VALUES, and certainly one only."""
        if self.word(-1) not in ("(", ",") or self.word(1) not in (")", ","):
            return False
        opening = self.opening()
        if opening is None or self.tokens[opening - 1].text.lower() not in ("values", "value"):
            return False
        count = self.elements(opening)
        columns = self.columns(opening - 1)
        return slot.quoted or (count == columns if columns is not None else count > 1)

    def opening(self) -> int | None:
        """The parenthesis that the value stands directly in."""
        depth = 0
        for index in range(self.index - 1, -1, -1):
            text = self.tokens[index].text
            if text == "(" and depth == 0:
                return index
            depth += (text == ")") - (text == "(")
        return None

    def clause(self) -> str:
        """The word that begins the part of the statement that the value is in; '' inside parentheses."""
        start = (self.opening() or -1) + 1
        depth = 0
        for token in reversed(self.tokens[start : self.index]):
            depth += (token.text == ")") - (token.text == "(")
            if depth == 0 and token.text.lower() in _CLAUSES:
                return token.text.lower()
        return ""

    def elements(self, opening: int) -> int:
        depth, count = 0, 1
        for token in self.tokens[opening:]:
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0:
                return count
            count += token.text == "," and depth == 1
        return 0

    def columns(self, values: int) -> int | None:
        """How many columns `INSERT INTO name (...)` lists before VALUES; None where it lists none."""
        if values == 0 or self.tokens[values - 1].text != ")":
            return None
        opening = next((i for i in range(values, -1, -1) if self.tokens[i].text == "("), None)
        return None if opening is None else self.elements(opening)

    def in_column_list(self) -> bool:
        opening = self.opening()
        if opening is None or opening < 2:
            return False
        return self.tokens[opening - 2].text.lower() == "into"
