"""Options of processes and requests that a fix has no need of: another environment, another way out."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.sinks import Family
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.texts import fold

# By family of calls, what a call is given beside its command or its address.
_OPTIONS = {
    "process": frozenset(
        "preexec_fn executable pass_fds close_fds startupinfo user group extra_groups umask".split()
    ),
    "network": frozenset("proxies auth cert hooks cookies data json files".split()),
}
_LOADING = re.compile(
    r"LD_(?:PRELOAD|LIBRARY_PATH|AUDIT)|DYLD_\w+|PYTHON(?:PATH|HOME|STARTUP|INSPECT)|PERL5(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)"
    r"|NODE_(?:OPTIONS|PATH)|GIT_(?:SSH|SSH_COMMAND|EXEC_PATH|PAGER|EDITOR)|PATH|IFS|ENV|BASH_ENV|SHELLOPTS"
)


def check_options(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every option that no call of its family had."""
    before, after = _given(comparison.original), _given(comparison.candidate)
    handed = _handed(comparison.original)
    for (family, option), values in after.items():
        new = [each for each in values if (family, source_text(each)) not in handed]
        if len(new) > len(before.get((family, option), ())):
            yield Evidence(f"a call that {family} is newly given `{option}`", new[-1].lineno)
    for name in _loads(comparison.candidate) - _loads(comparison.original):
        yield Evidence(f"the variable `{name}`, by which programs find other code, is newly named")


def _loads(program: Outline) -> set[str]:
    """The texts that name variables by which a program loads, or finds, other code."""
    texts = (fold(node) or "" for each in program.definitions.values() for node in each.texts)
    return set(filter(_LOADING.fullmatch, texts))


def _given(program: Outline) -> dict[tuple[str, str], list[ast.expr]]:
    found: dict[tuple[str, str], list[ast.expr]] = {}
    for family, call in _calls(program):
        for keyword in call.node.keywords:
            if keyword.arg in _OPTIONS.get(family.name, ()):
                found.setdefault((family.what, keyword.arg), []).append(keyword.value)
    return found


def _handed(program: Outline) -> set[tuple[str, str]]:
    """What calls get by position, which may be given by name as well."""
    return {(family.what, source_text(each)) for family, call in _calls(program) for each in call.node.args}


def _calls(program: Outline) -> Iterator[tuple[Family, Call]]:
    for definition in program.definitions.values():
        yield from ((call.family, call) for call in definition.calls if call.family is not None)
