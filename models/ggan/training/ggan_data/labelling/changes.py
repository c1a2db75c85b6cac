"""What a fix changed, token by token."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ggan_data.labelling.tokens import Line, Token, logical_lines, words

_CLOSING = frozenset(")]}")


@dataclass(frozen=True)
class Hunk:
    """Statements of `before` in a row and what stands in their place in `after`.

    Of `before`, `removed` are the tokens that the fix took away or replaced; each of `gaps` is a place inside
    a statement where it put something in, as the tokens on both sides. With no statement of `before` in it,
    `following` is the first token after the place where statements were added.
    """

    before: tuple[Line, ...]
    after: tuple[Line, ...]
    removed: tuple[Token, ...]
    added: tuple[Token, ...]
    gaps: tuple[tuple[Token, Token], ...]
    following: Token | None


def hunks(before: str, after: str) -> list[Hunk]:
    """Return what differs between two programs. Raises as `logical_lines` does."""
    old, new = logical_lines(before), logical_lines(after)
    matcher = SequenceMatcher(
        None, [words(line) for line in old], [words(line) for line in new], autojunk=False
    )
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            following = old[i2][0] if i2 < len(old) else None
            found.append(_hunk(old[i1:i2], new[j1:j2], following))
    return found


def _hunk(old: Sequence[Line], new: Sequence[Line], following: Token | None) -> Hunk:
    ours = [each for line in old for each in line]
    theirs = [each for line in new for each in line]
    matcher = SequenceMatcher(
        None, [each.text for each in ours], [each.text for each in theirs], autojunk=False
    )
    removed: list[Token] = []
    added: list[Token] = []
    gaps: list[tuple[Token, Token]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        removed += ours[i1:i2]
        added += theirs[j1:j2]
        place = _settled(ours, theirs, i1, j1, j2) if tag == "insert" else 0
        if 0 < place < len(ours):
            gaps.append((ours[place - 1], ours[place]))
    return Hunk(tuple(old), tuple(new), tuple(removed), tuple(added), tuple(gaps), following)


def _settled(ours: Sequence[Token], theirs: Sequence[Token], place: int, first: int, end: int) -> int:
    """Where added tokens best begin, of all places that give the same text.

    What only closes goes up, all else down, so that `f(x)` turns into `f(g(x))` around the x.
    """
    closes = all(token.text in _CLOSING for token in theirs[first:end])
    while closes and place > 0 and ours[place - 1].text == theirs[end - 1].text:
        place, end = place - 1, end - 1
    while not closes and place < len(ours) and ours[place].text == theirs[first].text:
        place, first = place + 1, first + 1
    return place
