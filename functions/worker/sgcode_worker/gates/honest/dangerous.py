"""Dangerous calls: dropped instead of replaced, fed a constant, or their result ignored."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.sinks import FAMILIES, Family
from sgcode_worker.gates.surface.commands import read_commands
from sgcode_worker.gates.surface.native_calls import NATIVE
from sgcode_worker.gates.surface.returns import is_fixed

# What may do a family's work besides the family itself, by the last part of what is called.
_SUBSTITUTES = {
    name: frozenset(calls.split())
    for name, calls in {
        "evaluate": "loads parse",
        "temporary": "NamedTemporaryFile TemporaryFile open mkdir makedirs urandom token_hex",
        "directory": "mkdtemp TemporaryDirectory",
        "unlink": "TemporaryDirectory NamedTemporaryFile TemporaryFile",
        "file": "mkstemp safe_join fdopen",
        "archive": "open copyfileobj extract write",
        "xml": "fromstring parse",
        "random": "token_bytes token_hex token_urlsafe",
    }.items()
}
_RESULT_MAY_GO = frozenset({"sql", "temporary", "unlink", "copy", "directory", "tls", "cipher", "serialize"})

_NEVER_MORE = ("process", "evaluate", "network")
_HARMLESS = frozenset({"parse", "literal_eval", "safe_eval", "quote"})


def check_dangerous(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every dangerous call that nothing of its family replaces, and new danger."""
    yield from _added(comparison)
    yield from _fixed_evaluators(comparison)
    for pair in comparison.pairs:
        before, after = _count(pair.before), _count(pair.after)
        for family in FAMILIES:
            name = family.name
            missing = before[name, "called"] - after[name, "called"]
            if missing > 0 and missing > _substitutes(comparison, pair, family):
                if not comparison.declares("call", pair.name):
                    yield Evidence(
                        f"a call in {pair.label} that {family.what} was dropped, "
                        "and nothing of its kind replaces it",
                        pair.line,
                    )
            elif (
                missing <= 0 and before[name, "fed"] > after[name, "fed"] and not _makes_its_name(pair, name)
            ):
                yield Evidence(
                    f"a call in {pair.label} that {family.what} is now given fixed values only", pair.line
                )
            elif missing <= 0 and name not in _RESULT_MAY_GO and before[name, "used"] > after[name, "used"]:
                yield Evidence(
                    f"the result of a call in {pair.label} that {family.what} is no longer used", pair.line
                )


def _makes_its_name(pair: Pair, family: str) -> bool:
    """Whether a temporary file gets its name when it is opened, where it was made up before."""
    before, after = ({call.name for call in each.calls} for each in (pair.before, pair.after))
    return family == "file" and "mktemp" in before - after and "NamedTemporaryFile" in after - before


def _added(comparison: Comparison) -> Iterator[Evidence]:
    """A fix takes danger away: no more processes, evaluations or connections than the program had."""
    for name in _NEVER_MORE:
        before, after = (
            [
                call
                for each in program.definitions.values()
                for call in each.calls
                if call.family is not None and call.family.name == name and call.name not in _HARMLESS
            ]
            for program in (comparison.original, comparison.candidate)
        )
        known = Counter(call.key for call in before)
        new = [call for call in after if not known[call.key]]
        if len(after) > len(before) and new and not comparison.declares("call", ""):
            family = new[0].family
            assert family is not None
            yield Evidence(f"a new call that {family.what}: `{new[0].key.lstrip('.')}`", new[0].node.lineno)


def _fixed_evaluators(comparison: Comparison) -> Iterator[Evidence]:
    """A new function that reads code where it was evaluated before, and answers the same whatever it read."""
    if _evaluations(comparison.candidate) >= _evaluations(comparison.original):
        return
    for name, helper in comparison.candidate.definitions.items():
        answers = [each.value for each in helper.returns]
        if name in comparison.original.definitions or not any(map(_evaluates, helper.calls)):
            continue
        if answers and all(each is None or is_fixed(helper, each) for each in answers):
            yield Evidence(f"{helper.label} reads code and gives a fixed value for it", helper.line)


def _evaluations(program: Outline) -> int:
    calls = (call for each in program.definitions.values() for call in each.calls)
    return sum(_evaluates(call) and call.name not in _HARMLESS for call in calls)


def _evaluates(call: Call) -> bool:
    return call.family is not None and call.family.name == "evaluate"


def _count(definition: Definition) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for call in definition.calls:
        family = call.family
        if family is None or call.deferred:
            continue
        found[family.name, "called"] += 1
        found[family.name, "used"] += not call.effect
        values = _given(call.node, family)
        # A query's text is fixed once its values are handed over apart; the surface counts those.
        found[family.name, "fed"] += family.name == "sql" or any(
            not is_fixed(definition, value) for value in values
        )
    return found


def _given(node: ast.Call, family: Family) -> list[ast.expr]:
    """What the call is given; of a temporary name, where it is to be: the rest may stand beside it."""
    if family.name == "temporary":
        return [
            *node.args[2:],
            *(each.value for each in node.keywords if each.arg not in {"prefix", "suffix"}),
        ]
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def _substitutes(comparison: Comparison, pair: Pair, family: Family) -> int:
    accepted = _SUBSTITUTES.get(family.name, frozenset())
    if family.name == "process":
        programs = {each.program for each in read_commands(pair.before, comparison.original)}
        accepted = frozenset(name for program in programs for name in NATIVE.get(program or "", "").split())
    names = Counter(call.name for call in pair.after.calls if not call.deferred and not call.own)
    names.subtract(call.name for call in pair.before.calls if not call.own)
    return sum(max(0, count) for name, count in names.items() if name in accepted)
