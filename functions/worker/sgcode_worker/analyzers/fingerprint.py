"""What makes a finding the same finding after an edit elsewhere."""

import hashlib
import io
import json
import tokenize
from collections.abc import Iterable

from sgcode_worker.source import split_lines


def fingerprints(keys: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return one fingerprint for each (rule, definition, statement), which come in the order of the file.

    A fingerprint is the first 16 hex digits of the SHA-256 over the JSON text
    `[rule, definition, normalized statement, occurrence]`, in UTF-8 without spaces. `occurrence` counts
    from 0 the findings before it with the same rule, definition and normalized statement.
    """
    seen: dict[tuple[str, str, str], int] = {}
    result = []
    for rule, definition, statement in keys:
        key = (rule, definition, normalize(statement))
        occurrence = seen.get(key, 0)
        seen[key] = occurrence + 1
        text = json.dumps([*key, occurrence], ensure_ascii=False, separators=(",", ":"))
        result.append(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return result


def normalize(statement: str) -> str:
    """Return the statement without comments, line continuations and white space (inside strings too)."""
    lines = split_lines(statement)
    if "#" in statement:
        for row, column in _comments(lines):
            lines[row] = lines[row][:column]
    return "".join("".join(line.removesuffix("\\") for line in lines).split())


def _comments(lines: list[str]) -> list[tuple[int, int]]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [(token.start[0] - 1, token.start[1]) for token in tokens if token.type == tokenize.COMMENT]
