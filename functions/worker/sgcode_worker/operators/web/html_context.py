"""Where in an HTML text a value stands: escaping protects in text and in quoted attributes, nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_OPEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_RAW = frozenset({"script", "style"})
_NO_END = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CODE = re.compile(r"on\w+|style|srcdoc", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*=\s*$")
_COMMON = (
    "a abbr article aside audio b big blockquote body br button caption center code dd div dl dt em "
    "fieldset font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input label legend li "
    "link main meta nav ol option p pre script section select small span strong style sub sup svg table "
    "tbody td textarea tfoot th thead title tr u ul video"
)
_TAGS = frozenset(_COMMON.split())
# A tag of these alone makes a text HTML; others may be a placeholder, as in `usage: copy <a> <b>`.
_TELLING = frozenset(
    "body br div form h1 h2 h3 h4 h5 h6 head hr html img input li meta ol option select span table tbody "
    "td th thead tr ul".split()
)


@dataclass(frozen=True)
class Place:
    """Where one value stands. `fault` says why escaping does not protect there."""

    element: str
    """The innermost element around it that the text opens, '' for none."""
    fault: str | None = None
    in_tag: bool = False


def is_html(texts: Iterable[str]) -> bool:
    """Whether the fixed parts of a text have tags of HTML."""
    for text in texts:
        if "<!doctype" in text.lower():
            return True
        for end, name in _OPEN.findall(text):
            if (end and name.lower() in _TAGS) or name in _TELLING:
                return True
    return False


class Reader:
    """Reads the text piece by piece and knows where it has come to."""

    def __init__(self) -> None:
        self._elements: list[str] = []
        self._tag = ""
        self._quote = ""
        self._attribute = ""
        self._seen = ""
        self._raw = ""
        self.broken = False

    def place(self) -> Place:
        """Return where a value stands that comes next, and take it as read."""
        element = self._elements[-1] if self._elements else ""
        seen, self._seen = self._seen, f"{self._seen}\0"
        if self._raw:
            return Place(element, f"It stands in <{self._raw}>, where escaping for HTML does not protect.")
        if not self._tag:
            return Place(element)
        if not self._quote:
            if _ATTRIBUTE.search(seen):
                return Place(element, "It is an attribute without quotes, where escaping does not protect.")
            return Place(element, "It is a part of a tag, where escaping does not protect.")
        if _CODE.fullmatch(self._attribute):
            return Place(element, f"It stands in the attribute {self._attribute}, which is read as code.")
        return Place(element, in_tag=True)

    def read(self, text: str) -> None:
        """Read a fixed part of the text."""
        index = 0
        while index < len(text):
            if self._raw:
                end = text.lower().find(f"</{self._raw}", index)
                if end < 0:
                    return
                self._raw, index = "", end
            elif self._tag:
                self._in_tag(text[index])
                index += 1
            else:
                index = self._in_text(text, index)

    def _in_text(self, text: str, index: int) -> int:
        start = text.find("<", index)
        between = text[index : start if start >= 0 else len(text)]
        if not self._elements and re.search(r"[\"'/]>", between):
            self.broken = True
        found = _OPEN.match(text, start) if start >= 0 else None
        if found is None:
            return start + 1 if start >= 0 else len(text)
        self._tag, self._quote, self._seen = found[1] + found[2].lower(), "", ""
        return found.end()

    def _in_tag(self, character: str) -> None:
        if self._quote:
            self._quote = "" if character == self._quote else self._quote
            self._seen = "" if not self._quote else self._seen
        elif character in "\"'":
            named = _ATTRIBUTE.search(self._seen)
            self._attribute = named[1].lower() if named else ""
            self._quote = character
        elif character == ">":
            self._close_tag()
        else:
            self._seen += character

    def _close_tag(self) -> None:
        name, ended = self._tag.lstrip("/"), self._tag.startswith("/")
        itself = self._seen.rstrip().endswith("/") or name in _NO_END
        self._tag = ""
        if ended and name in self._elements:
            while self._elements.pop() != name:
                pass
        elif not ended and not itself:
            self._elements.append(name)
            self._raw = name if name in _RAW else ""
