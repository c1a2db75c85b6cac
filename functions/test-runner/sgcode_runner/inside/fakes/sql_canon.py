"""One written form for every statement that means the same to a database."""

import re

from sgcode_runner.inside.fakes.sql_tokens import Token

_NUMERIC = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_NO_SPACE_BEFORE = frozenset(") , . ;".split())
_NO_SPACE_AFTER = frozenset("( .".split())


def canonical_tokens(tokens: list[Token]) -> list[Token]:
    """Return the tokens in lower case, joined texts folded, and numbers in quotes as numbers.

    A number in quotes and a bare one are the same value to a column whose type nobody knows,
    and a text that says None is what a missing value looks like where it is written into the statement.
    """
    tokens = _folded([_plain(token) for token in tokens])
    while tokens and tokens[-1] == Token("sign", ";"):
        tokens.pop()
    return tokens


def _plain(token: Token) -> Token:
    if token.kind in {"word", "name"}:
        lowered = token.value.lower()
        return Token("word", "null") if lowered == "none" else Token("word", lowered)
    if token.kind == "text":
        if token.value == "None":
            return Token("word", "null")
        if _NUMERIC.fullmatch(token.value):
            return Token("number", token.value)
    if token.kind == "sign" and token.value == "!=":
        return Token("sign", "<>")
    return token


def _folded(tokens: list[Token]) -> list[Token]:
    """Join texts that the statement itself joins: 'a' || 'b' and concat('a', 'b')."""
    done: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token == Token("word", "concat") and (end := _end_of_literals(tokens, index + 1)):
            done.append(_plain(Token("text", "".join(each.value for each in tokens[index + 2 : end : 2]))))
            index = end + 1
            continue
        if token.kind == "number" and _is_negated(done):
            done.pop()
            token = Token("number", f"-{token.value}")
        if _is_literal(token) and len(done) > 1 and done[-1].value == "||" and _is_literal(done[-2]):
            done.pop()
            done.append(_plain(Token("text", done.pop().value + token.value)))
        else:
            done.append(token)
        index += 1
    return done


def _is_negated(before: list[Token]) -> bool:
    """Whether the last token is a minus that belongs to the number after it and subtracts nothing."""
    if not before or before[-1].value != "-":
        return False
    return len(before) == 1 or (before[-2].kind == "sign" and before[-2].value != ")")


def _is_literal(token: Token) -> bool:
    return token.kind in {"text", "number"}


def _end_of_literals(tokens: list[Token], start: int) -> int:
    """Return the index of the bracket that ends a list of literals, or 0 where it holds anything else."""
    if start >= len(tokens) or tokens[start].value != "(":
        return 0
    index = start + 1
    while index + 1 < len(tokens) and _is_literal(tokens[index]):
        if tokens[index + 1].value == ")":
            return index + 1
        if tokens[index + 1].value != ",":
            return 0
        index += 2
    return 0


def written(tokens: list[Token]) -> str:
    """Return the statement as text that SQLite can run and people can read."""
    parts: list[str] = []
    for token in tokens:
        text = quoted(token.value) if token.kind == "text" else token.value
        if token.kind == "bytes":
            text = f"x'{token.value}'"
        space = parts and text not in _NO_SPACE_BEFORE and parts[-1] not in _NO_SPACE_AFTER
        parts.append(" " if space else "")
        parts.append(text)
    return "".join(parts)


def quoted(text: str) -> str:
    """Return the text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
