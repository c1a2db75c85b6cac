"""Lines of a program with their ends."""

import re
from collections.abc import Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def split_keeping_ends(text: str) -> list[str]:
    """Return the lines with their ends, as many as `source.split_lines` gives: the last may be empty."""
    lines = _LINE.findall(text)
    # At the end of the text the pattern matches once more behind a last line without an end.
    return lines[:-1] if lines[-1:] == [""] and text and text[-1] not in "\r\n" else lines


def line_end_of(text: str) -> str:
    """Return the line end that a program has most often; `\\n` where it has none."""
    counts = {end: len(re.findall(pattern, text)) for end, pattern in _ENDS}
    return max(counts, key=lambda end: counts[end])


def joined(lines: Sequence[str], line_end: str) -> str:
    """Return the lines as one text; what texts over several lines hold has the line end as well."""
    return line_end.join(lines)


_ENDS = (("\n", r"(?<!\r)\n"), ("\r\n", r"\r\n"), ("\r", r"\r(?!\n)"))
