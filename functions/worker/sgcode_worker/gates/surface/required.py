"""Items fetched with `get` and taken apart at once: they had to be there already."""

import ast
from collections import Counter

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.pairing import Pair
from sgcode_worker.gates.source_text import source_text


def newly_plain(pair: Pair) -> list[ast.Call]:
    """Return the calls `x.get(k)` of `x.get(k)[i]` where the candidate has `x[k][i]`.

    Both fail without the item, with another exception, so no handler may tell these apart. The
    other way round is no such case: a framework answers a missing item by itself.
    """
    if pair.before.handlers or pair.after.handlers:
        return []
    fetched = _fetched(pair.before)
    if not fetched:
        return []
    now = _fetched(pair.after)
    items = _items(pair.after) - _items(pair.before)
    return [
        call
        for item, calls in fetched.items()
        for call in calls[: max(0, min(len(calls) - len(now.get(item, ())), items[item]))]
    ]


def _fetched(definition: Definition) -> dict[str, list[ast.Call]]:
    """The calls of `get` without a default that are taken apart, by the same item written plainly."""
    found: dict[str, list[ast.Call]] = {}
    for subscript in definition.subscripts:
        call = subscript.value
        if (
            isinstance(subscript.ctx, ast.Load)
            and isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "get"
            and len(call.args) == 1
            and isinstance(call.args[0], ast.Constant)
            and not call.keywords
        ):
            plain = ast.Subscript(ast.Subscript(call.func.value, call.args[0]), subscript.slice)
            found.setdefault(source_text(plain), []).append(call)
    return found


def _items(definition: Definition) -> Counter[str]:
    return Counter(source_text(each) for each in definition.subscripts if isinstance(each.ctx, ast.Load))
