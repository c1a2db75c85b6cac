"""Which tokens of two versions of a function differ: those that SafeCoder's losses look at.

From `safecoder/dataset.py` of github.com/eth-sri/SafeCoder, `_preprocess_safe` and `trim_safe_sample`.
"""

import difflib
from collections.abc import Sequence


def changed_tokens(before: Sequence[int], after: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return a mask for each version: 1 where the diff has the token on one side only.

    An unchanged token that stands alone between two changed ones is taken as changed.
    """
    masks = [0] * len(before), [0] * len(after)
    places = [0, 0]
    for line in difflib.ndiff([str(token) for token in before], [str(token) for token in after]):
        kind = line[:2]
        if kind == "  ":
            places = [places[0] + 1, places[1] + 1]
        elif kind in ("- ", "+ "):
            side = 0 if kind == "- " else 1
            masks[side][places[side]] = 1
            places[side] += 1
    return _closed(masks[0]), _closed(masks[1])


def trimmed(tokens: Sequence[int], mask: Sequence[int]) -> tuple[list[int], list[int]]:
    """Cut what comes after the last masked token, at which no loss looks. Without any, nothing is cut."""
    end = max((index for index, value in enumerate(mask) if value), default=len(mask) - 1) + 1
    return list(tokens[:end]), list(mask[:end])


def _closed(mask: Sequence[int]) -> list[int]:
    around = zip([0, *mask], mask, [*mask[1:], 0], strict=False)
    return [1 if before == 1 == after else own for before, own, after in around]
