"""Checks that a program makes itself before it uses a path, as far as names and comparisons tell."""

from collections.abc import Iterable, Iterator, Sequence

import libcst as cst

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.words import name_words
from sgcode_worker.operators.tree.children import children
from sgcode_worker.operators.visibility import dotted_name

_CHECKING = frozenset(
    "basename realpath abspath normpath commonpath commonprefix relpath isabs relative_to is_relative_to "
    "resolve expanduser expandvars isalnum isdigit isidentifier isnumeric isalpha isdecimal match fullmatch "
    "sub search startswith slugify".split()
)
_WORDS = frozenset(
    "safe safely secure sanitize sanitized sanitise clean cleaned valid validate validated check verify "
    "ensure within inside normalize normalise contained forbid".split()
)
_TAKING_APART = frozenset("replace split rsplit partition rpartition count find translate".split())
_TRAVERSAL = ("..", "/", "\\")


def check_of(program: Program, names: frozenset[str], node: cst.CSTNode) -> str | None:
    """Return what the function around the node checks or changes one of the names with; None if nothing does.

    It may do so anywhere in the function: which of its ways leads to the path is not followed.
    """
    around = program.enclosing(node, cst.FunctionDef)
    for each in _walk(around if around is not None else program.module):
        if isinstance(each, cst.Call):
            last = _last_part(each.func)
            if last is not None and _checks(each, last) and names & variables_in(program, [each]):
                return last
        elif isinstance(each, cst.Comparison) and _compares(program, each, names):
            return program.code(each)
    return None


def _checks(call: cst.Call, last: str) -> bool:
    if last in _CHECKING or _WORDS & set(name_words(last)):
        return True
    texts = [text_of(argument.value) or "" for argument in call.args]
    return last in _TAKING_APART and (not texts or any(mark in text for text in texts for mark in _TRAVERSAL))


def _compares(program: Program, test: cst.Comparison, names: frozenset[str]) -> bool:
    """Whether the test asks for one of the names in a list, or for what leaves a folder in one of them."""
    left = test.left
    for target in test.comparisons:
        right = target.comparator
        if isinstance(target.operator, (cst.In, cst.NotIn)):
            if names & variables_in(program, [left]):
                return True
            if any(mark in (text_of(left) or "") for mark in _TRAVERSAL) and names & variables_in(
                program, [right]
            ):
                return True
            if dotted_name(left) in {"os.sep", "os.pardir", "os.path.sep", "os.path.pardir"}:
                return True
        left = right
    return False


def leaving_call(program: Program, node: cst.CSTNode) -> str | None:
    """Return a call in the file that gives the function around the node a path that leaves any folder."""
    function = program.enclosing(node, cst.FunctionDef)
    for call in program.nodes(cst.Call) if function is not None else ():
        if _last_part(call.func) == function.name.value:
            texts = [text_of(argument.value) or "" for argument in call.args]
            if any(text.startswith(("/", "~")) or ".." in text for text in texts):
                return program.code(call)
    return None


def names_behind(program: Program, nodes: Sequence[cst.BaseExpression]) -> frozenset[str]:
    """Return the variables that the values are made of, and those that these are made of in turn."""
    found = set(variables_in(program, nodes))
    function = program.enclosing(nodes[0], cst.FunctionDef) if nodes else None
    given = [
        (variables_in(program, [target]), variables_in(program, [value]))
        for target, value in _assignments(program)
        if program.enclosing(target, cst.FunctionDef) is function
    ]
    for _ in range(len(given)):
        new = {name for targets, names in given if targets & found for name in names} - found
        if not new:
            break
        found |= new
    return frozenset(found)


def _assignments(program: Program) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    for node in program.nodes(cst.Assign, cst.AnnAssign, cst.NamedExpr, cst.For):
        if isinstance(node, cst.Assign):
            yield from ((each.target, node.value) for each in node.targets)
        elif isinstance(node, cst.For):
            yield node.target, node.iter
        elif node.value is not None:
            yield node.target, node.value


def variables_in(program: Program, nodes: Iterable[cst.CSTNode]) -> frozenset[str]:
    """Return the names of the variables in the nodes: no called functions, modules, members or keywords."""
    found: set[str] = set()
    for root in nodes:
        for each in _walk(root):
            if isinstance(each, cst.Name) and each.value not in {"self", "cls"}:
                holder = program.parent(each)
                called = isinstance(holder, cst.Call) and holder.func is each
                member = isinstance(holder, cst.Attribute) and holder.attr is each
                keyword = isinstance(holder, cst.Arg) and holder.keyword is each
                if not (called or member or keyword or program.imported_names(each)):
                    found.add(each.value)
    return frozenset(found)


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def _last_part(node: cst.BaseExpression) -> str | None:
    return node.attr.value if isinstance(node, cst.Attribute) else dotted_name(node)
