"""Files: which are opened, and for what."""

import ast
from collections import Counter
from collections.abc import Iterator

from sgcode_worker.gates.definition import Call, Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.texts import HOLE, Lookup, fold, plain

# These open a file themselves and give a descriptor, so no mode is written beside them.
_DESCRIPTORS = frozenset({"tempfile.mkstemp", "mkstemp", "os.open"})


def check_files(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every file whose name is lost and every way of opening that is lost."""
    for pair in comparison.pairs:
        before = list(opened_files(pair.before))
        if not before:
            continue
        names = Counter(
            name for call in before for name in file_names(call, lookup_in(pair.before, comparison.original))
        )
        pool = "\n".join(filter(None, (*map(fold, pair.after.texts), *_handed_on(comparison, pair))))
        for name in names:
            if name not in pool and not comparison.allows("setting", f"/{name}", pair.name):
                yield Evidence(f"{pair.label} no longer opens a file named with `{name}`", pair.line)
        modes = Counter(filter(None, map(_mode, before)))
        now = Counter(filter(None, map(_mode, opened_files(pair.after))))
        descriptors = any(call.key in _DESCRIPTORS for call in pair.after.calls)
        for mode in () if descriptors else modes - now:
            yield Evidence(f"{pair.label} no longer opens a file to {mode}", pair.line)


def _handed_on(comparison: Comparison, pair: Pair) -> Iterator[str | None]:
    """The names of files that are given to a new function first, such as one that checks them."""
    lookup = lookup_in(pair.own, comparison.candidate)
    for call in pair.own.calls:
        if call.own and call.name not in comparison.original.definitions:
            yield from (fold(argument, lookup) for argument in call.node.args)


def opened_files(definition: Definition) -> Iterator[Call]:
    """The calls of a definition that open a file when it runs."""
    for call in definition.calls:
        if call.family is not None and call.family.name == "file" and not call.deferred:
            yield call


def file_names(call: Call, lookup: Lookup) -> Iterator[str]:
    """The fixed stretches of the name of the file that a call opens."""
    if call.node.args:
        text = fold(call.node.args[0], lookup)
        for piece in plain(text or "").split(HOLE):
            if len(piece.strip("/. ")) > 1:
                yield piece.strip("/")


def _mode(call: Call) -> str | None:
    """`read`, `write`, `append` or `update`; None where the mode is a value."""
    name = call.name
    if name.startswith(("read_", "send_", "static_", "FileResponse")):
        return "read"
    if name.startswith("write_") or name.endswith("TemporaryFile"):
        return "write"
    if call.key == "os.open":
        return None
    mode: ast.expr | None = call.node.args[1] if len(call.node.args) > 1 and name != "ZipFile" else None
    for keyword in call.node.keywords:
        mode = keyword.value if keyword.arg == "mode" else mode
    if mode is None:
        return "read"
    if not (isinstance(mode, ast.Constant) and isinstance(mode.value, str)):
        return None
    if mode.value[:1] == "a":
        return "append"
    return "write" if mode.value[:1] in {"w", "x"} else "update" if "+" in mode.value else "read"
