"""String literals: what they say, and how to write one."""

import ast

import libcst as cst


def text_of(node: cst.CSTNode) -> str | None:
    """Return the text of a plain literal, adjacent ones joined; None for bytes, f-strings and all else."""
    value = constant_of(node)
    return value if isinstance(value, str) else None


def constant_of(node: cst.CSTNode) -> str | bytes | None:
    """Return the value of a string or bytes literal; None for all else."""
    if isinstance(node, cst.SimpleString):
        value = node.evaluated_value
        return value if isinstance(value, (str, bytes)) else None
    if isinstance(node, cst.ConcatenatedString):
        left, right = constant_of(node.left), constant_of(node.right)
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        if isinstance(left, bytes) and isinstance(right, bytes):
            return left + right
    return None


def fstring_text(part: cst.FormattedStringText, start: str) -> str | None:
    """Return what a text part of an f-string says; `start` is the string's prefix and opening quote."""
    quote = start.lstrip("fFrRbBuU")
    prefix = "r" if "r" in start.lower() else ""
    raw = part.value.replace("{{", "{").replace("}}", "}")
    try:
        # The blank parts a quote at the end of the text from those that end the literal.
        value = ast.literal_eval(f"{prefix}{quote}{raw} {quote}")
    except (SyntaxError, ValueError):
        return None
    return value[:-1] if isinstance(value, str) else None


def preferred_quote(node: cst.CSTNode) -> str:
    """Return the quote character that the expression's first string literal uses."""
    if isinstance(node, cst.SimpleString):
        return node.quote[0]
    if isinstance(node, cst.FormattedString):
        return node.end[0]
    for child in node.children:
        found = preferred_quote(child)
        if found:
            return found
    return ""


def literal(text: str, quote: str = '"') -> cst.SimpleString:
    """Return a literal that says `text`, with the given quote unless the other needs no backslash."""
    if quote in text and _other(quote) not in text:
        quote = _other(quote)
    return cst.SimpleString(f"{quote}{escape(text, quote)}{quote}")


def escape(text: str, quote: str) -> str:
    """Return `text` as it is written between these quotes."""
    pieces = []
    for character in text:
        if character in ("\\", quote):
            pieces.append(f"\\{character}")
        elif character.isprintable():
            pieces.append(character)
        else:
            pieces.append(repr(character)[1:-1])
    return "".join(pieces)


def _other(quote: str) -> str:
    return "'" if quote == '"' else '"'
