"""Calls: what the program does through others. Dangerous families are judged by `honest`."""

from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.sinks import FAMILIES
from sgcode_worker.gates.surface.patterns import found_otherwise
from sgcode_worker.gates.surface.requests import newly_required

# Calls that only shape a value: a fix builds a list where there was a text, or binds where it formatted.
_SHAPING = frozenset(
    "str repr bytes bytearray unicode list dict tuple set frozenset range xrange enumerate zip map filter "
    "sorted iter next reversed type format format_map join strip lstrip rstrip split rsplit splitlines "
    "replace lower upper title capitalize encode decode ljust rjust zfill items iteritems keys iterkeys "
    "values itervalues copy text ascii max min sum any all super quote escape_string mogrify escape "
    "literal append extend insert getattr hasattr id print_function normpath abspath realpath dirname "
    "basename expanduser now compile locals".split()
)
_MUTATORS = frozenset(
    {"update", "append", "extend", "add", "setdefault", "insert", "__setitem__", "setattr", "pop", "remove"}
)


def check_calls(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every call that is gone and whose work nothing of its kind does."""
    for pair in comparison.pairs:
        before, after = count_calls(pair.before), count_calls(pair.after)
        gone = before - after
        if not gone:
            continue
        forgiven = _companions(pair)
        for name in gone:
            if name.removesuffix(", deferred") in forgiven or (name in _MUTATORS and _mutated(pair)):
                continue
            if _replaced(comparison, pair, name) >= gone[name]:
                continue
            if not comparison.allows("call", name, pair.name):
                yield Evidence(f"{pair.label} no longer calls `{name}`", pair.line)


def count_calls(definition: Definition) -> Counter[str]:
    """Return how often each name is called at once, that is not in a lambda, dangerous families left out."""
    found: Counter[str] = Counter()
    for call in definition.calls:
        name = call.name
        shaping = name in _SHAPING and not (call.effect and name in _MUTATORS)
        if name and name != "()" and not shaping and call.family is None:
            found[f"{name}, deferred" if call.deferred else name] += 1
    return found


def _companions(pair: Pair) -> set[str]:
    """The methods that may go because the calls on whose results they worked took another form."""
    before = Counter((call.key, call.family) for call in pair.before.calls)
    after = Counter((call.key, call.family) for call in pair.after.calls)
    changed = {family for _, family in after - before} & {family for _, family in before - after}
    return {name for family in FAMILIES if family in changed for name in family.companions}


def _replaced(comparison: Comparison, pair: Pair, name: str) -> int:
    """How many calls of this name another form does the work of."""
    if name == "search":
        return found_otherwise(comparison, pair)
    return len(newly_required(pair)) if name == "get" else 0


def _mutated(pair: Pair) -> bool:
    """Whether items are now written one by one where a method wrote them."""
    return len(pair.after.stores) > len(pair.before.stores)
