"""Values that nobody from outside chooses freely: numbers, the program's own texts, and what is quoted."""

from collections.abc import Iterator

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.commands.quoting.names import said
from sgcode_worker.operators.commands.texts import bound_value, builtin_visible
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.tree.children import children

_NUMBERS = frozenset({"int", "float", "len", "round", "abs", "ord", "bool"})
_NUMBER_FUNCTIONS = frozenset({"os.getpid", "os.getuid", "os.getppid", "time.time", "random.randint"})
_QUOTING = frozenset({"shlex.quote", "pipes.quote", "shlex.join", "subprocess.list2cmdline"})
_SAFE = frozenset("quote quoted escape escaped safe sanitized sanitised".split())
_NUMERIC = frozenset("dxXobeEfFgGn%,")
_DEEPEST = 3


def is_settled(program: Program, node: cst.BaseExpression, depth: int = _DEEPEST) -> bool:
    """Return whether the value is a number, fixed by the program, or quoted for a shell already."""
    if text_of(node) is not None or isinstance(node, (cst.Integer, cst.Float)):
        return True
    if not _SAFE.isdisjoint(name_words(said(node))) or _is_shown_number(program, node):
        return True
    parts = _parts(program, node)
    if parts is not None:
        return depth > 0 and all(is_settled(program, each, depth - 1) for each in parts)
    if isinstance(node, cst.Call):
        return _gives_settled(program, node)
    if isinstance(node, (cst.Name, cst.Attribute)) and said(node).isupper():
        return True
    return isinstance(node, cst.Name) and _is_bound_settled(program, node, depth)


def is_annotated(program: Program, node: cst.BaseExpression, names: set[str]) -> bool:
    """Return whether the value is a parameter annotated as one of these, and nothing else is bound to it."""
    bound = bindings(program, node)
    parameter = getattr(bound[0], "node", None) if len(bound) == 1 else None
    if not isinstance(parameter, cst.Param) or parameter.annotation is None:
        return False
    annotation = parameter.annotation.annotation
    optional = isinstance(parameter.default, cst.Name) and parameter.default.value == "None"
    return isinstance(annotation, cst.Name) and annotation.value in names and not optional


def bindings(program: Program, node: cst.BaseExpression) -> list[metadata.BaseAssignment]:
    """Return every way in which a name is bound; nothing for what is no name."""
    scope = program.scope(node) if isinstance(node, cst.Name) else None
    return list(scope[node.value]) if scope is not None and isinstance(node, cst.Name) else []


def _parts(program: Program, node: cst.BaseExpression) -> list[cst.BaseExpression] | None:
    """What the value is made of; None where that is not told by its form."""
    if isinstance(node, cst.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, cst.BinaryOperation):
        return [node.left, node.right]
    if isinstance(node, cst.FormattedString):
        return [each.expression for each in node.parts if isinstance(each, cst.FormattedStringExpression)]
    known = isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "str"
    if known and len(node.args) == 1 and builtin_visible(program, node, "str"):
        return [node.args[0].value]
    return None


def _is_shown_number(program: Program, node: cst.BaseExpression) -> bool:
    """Whether the value is put in with the form of a number, such as `%d` or `{x:.2f}`."""
    if program.parent(node) is not None:
        return False
    if isinstance(node, cst.BinaryOperation):
        return True
    part = node.parts[0] if isinstance(node, cst.FormattedString) and len(node.parts) == 1 else None
    spec = part.format_spec if isinstance(part, cst.FormattedStringExpression) else None
    texts = [each.value for each in spec or () if isinstance(each, cst.FormattedStringText)]
    return bool(texts) and texts[-1][-1:] in _NUMERIC


def _gives_settled(program: Program, call: cst.Call) -> bool:
    name = call.func.value if isinstance(call.func, cst.Name) else ""
    if name in _NUMBERS:
        return builtin_visible(program, call, name)
    return bool(program.imported_names(call.func) & (_NUMBER_FUNCTIONS | _QUOTING))


def _is_bound_settled(program: Program, name: cst.Name, depth: int) -> bool:
    """Whether all that is bound to a name is settled, or any of it quoted: nothing is quoted twice."""
    if is_annotated(program, name, {"int", "float", "bool"}):
        return True
    sources = [_source(program, each) for each in bindings(program, name)]
    if any(source is not None and _quotes(program, source) for source in sources):
        return True
    return (
        bool(sources)
        and depth > 0
        and all(each is not None and _is_source_settled(program, each, depth - 1) for each in sources)
    )


def _is_source_settled(program: Program, source: cst.BaseExpression, depth: int) -> bool:
    if isinstance(source, (cst.List, cst.Tuple, cst.Set)):
        return all(text_of(each.value) is not None for each in source.elements)
    return is_settled(program, source, depth)


def _source(program: Program, assignment: metadata.BaseAssignment) -> cst.BaseExpression | None:
    """What an assignment gives a name, or what a loop goes through; None for every other binding."""
    node = getattr(assignment, "node", None)
    holder = program.parent(node) if isinstance(node, cst.Name) else None
    if isinstance(holder, (cst.For, cst.CompFor)):
        return holder.iter
    return bound_value(program, assignment)


def _quotes(program: Program, node: cst.CSTNode) -> bool:
    return any(
        bool(program.imported_names(each) & _QUOTING)
        for each in _inside(node)
        if isinstance(each, (cst.Name, cst.Attribute))
    )


def _inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in children(node):
        yield from _inside(child)
