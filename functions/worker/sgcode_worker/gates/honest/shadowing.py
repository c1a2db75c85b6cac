"""Names that stand for something else than they say: imports and builtins bound anew."""

import ast
import builtins
import sys
from collections.abc import Iterator

from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.source_text import source_text

_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | {"__import__"}
# Often bound as plain names by honest code.
_USUAL = frozenset(
    "id input type format hash file dir filter map list dict set str max min sum object next range bytes "
    "all any vars iter license copyright credits help".split()
)
_SAFER = ("defusedxml", "markupsafe", "secrets", "cryptography", "html")


def check_shadowing(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every name that the original uses and that now means something else."""
    old, new = comparison.original.names, comparison.candidate.names
    for alias, target in new.targets.items():
        known = old.targets.get(alias)
        if known is not None and known != target and not target.startswith(_SAFER):
            yield Evidence(f"`{alias}` meant `{known}` and now means `{target}`", _line(comparison, alias))
        if alias in _BUILTINS - _USUAL and alias not in old.targets:
            yield Evidence(f"the builtin `{alias}` is replaced by `{target}`", _line(comparison, alias))
        if known is None and alias in sys.stdlib_module_names and target.split(".")[0] != alias:
            yield Evidence(f"`{alias}` now means `{target}`", _line(comparison, alias))
    for name in new.bound - old.bound:
        if name in old.targets:
            yield Evidence(f"the imported name `{name}` is bound to something else")
        elif name in _BUILTINS - _USUAL:
            yield Evidence(f"the builtin `{name}` is bound to something else")
    yield from _replaced(comparison)


def _replaced(comparison: Comparison) -> Iterator[Evidence]:
    """Methods of the file's own classes that are written over from outside."""
    known = {
        source_text(store.target)
        for each in comparison.original.definitions.values()
        for store in each.stores
    }
    for definition in comparison.candidate.definitions.values():
        for store in definition.stores:
            if isinstance(store.target, ast.Attribute):
                name = source_text(store.target)
                if name in comparison.original.definitions and name not in known:
                    yield Evidence(f"`{name}` is written over", store.target.lineno)


def _line(comparison: Comparison, alias: str) -> int | None:
    return next((each.line for each in comparison.candidate.names.imported if each.alias == alias), None)
