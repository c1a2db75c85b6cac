"""Whether a value was made ready for the inside of a query, so that binding it would do that twice."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import bindings_of, function_named

_SQL_ESCAPES = ("escape", "quote", "sanitize", "sanitise", "literal", "adapt", "mogrify", "addslashes")
_OTHER_ESCAPES = frozenset("html markupsafe flask jinja2 werkzeug urllib cgi xml bleach re".split())
_EXECUTES = frozenset({"execute", "executemany"})
# What these are asked for goes out of the text, or is only looked for in it.
_SEARCHES = frozenset(
    "split rsplit splitlines partition rpartition strip lstrip rstrip removeprefix removesuffix "
    "find rfind index rindex count startswith endswith".split()
)


def may_be_escaped(program: Program, node: cst.CSTNode) -> bool:
    """Whether the value may already be quoted or escaped for SQL, where it is computed or bound to a name."""
    waiting, seen = [node], set[cst.CSTNode]()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for each in _inside(current):
            if _quotes(each) or (isinstance(each, cst.Call) and _escapes(program, each)):
                return True
            if isinstance(each, cst.Name) and not _is_attribute(program, each):
                waiting.extend(value for value in bindings_of(program, each) if value is not None)
    return False


def _quotes(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.SimpleString):
        text = node.evaluated_value
    elif isinstance(node, cst.FormattedStringText):
        text = node.value
    else:
        return False
    return isinstance(text, str) and ("'" in text or '"' in text or (bool(text) and not text.strip("\\")))


def _escapes(program: Program, call: cst.Call) -> bool:
    name = call.func.attr.value if isinstance(call.func, cst.Attribute) else getattr(call.func, "value", "")
    if isinstance(name, str) and any(mark in name.lower() for mark in _SQL_ESCAPES):
        roots = {found.split(".")[0] for found in program.imported_names(call.func)}
        return not (roots and roots <= _OTHER_ESCAPES)
    function = function_named(program, call.func)
    return function is not None and any(_quotes(each) for each in _inside(function))


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and what is in it, but for queries that are run to get a value."""
    method = (
        node.func.attr.value if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) else ""
    )
    if method in _EXECUTES:
        return
    yield node
    for child in [node.func] if method in _SEARCHES and isinstance(node, cst.Call) else node.children:
        yield from _inside(child)


def _is_attribute(program: Program, name: cst.Name) -> bool:
    holder = program.parent(name)
    return isinstance(holder, cst.Attribute) and holder.attr is name
