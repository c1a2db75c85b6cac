"""What is in reach of a hash: what it is made of, and where its digest goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import libcst as cst

from sgcode_worker.operators.crypto.hash_calls import WeakHash
from sgcode_worker.operators.literals import constant_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.secrets_env.words import name_words

_MAX_UNITS = 200
_MAX_TEXT = 300
_MAX_STEPS = 10


@dataclass
class Reach:
    """The words around a hash, by what they say of it, and the code that they come from."""

    hashed: set[str] = field(default_factory=set)
    """Of what goes into the hash."""
    targets: set[str] = field(default_factory=set)
    """Of what the digest is put into or passed as."""
    compared: set[str] = field(default_factory=set)
    """Of what the digest is compared with."""
    function: set[str] = field(default_factory=set)
    """Of the name of the function and class around it."""
    units: list[cst.CSTNode] = field(default_factory=list)
    """The statements, or headers of compound ones, that use the hash or its digest."""
    names: set[str] = field(default_factory=set)
    """The variables that hold the hash or its digest."""
    outer: cst.FunctionDef | None = None


def reach_of(program: Program, weak: WeakHash) -> Reach:
    """Return what is in reach of the hash within the function, or the module, around it."""
    found = Reach(outer=program.enclosing(weak.call, cst.FunctionDef))
    for outer in program.ancestors(weak.call):
        if isinstance(outer, (cst.FunctionDef, cst.ClassDef)):
            found.function.update(name_words(outer.name.value))
    _follow(program, weak.call, found)
    hashed = [*weak.data, *_updates(found)]
    for node in hashed:
        found.hashed |= words_in([node])
    names = {each.value for node in hashed for each in walk(node) if isinstance(each, cst.Name)}
    for assign in program.nodes(cst.Assign):
        bound = {each.target.value for each in assign.targets if isinstance(each.target, cst.Name)}
        inside = bound & names and program.enclosing(assign, cst.FunctionDef) is found.outer
        if inside and all(node is not weak.call for node in walk(assign.value)):
            found.hashed |= words_in([assign.value])
    return found


def _follow(program: Program, start: cst.CSTNode, found: Reach) -> None:
    _add(program, start, found)
    followed: set[str] = set()
    for _ in range(_MAX_STEPS):
        wanted = found.names - followed
        if not wanted:
            return
        followed |= wanted
        for name in program.nodes(cst.Name):
            if name.value not in wanted or len(found.units) > _MAX_UNITS:
                continue
            parent = program.parent(name)
            if isinstance(parent, (cst.AssignTarget, cst.Param)) or _is_member(parent, name):
                continue
            if program.enclosing(name, cst.FunctionDef) is found.outer:
                _add(program, name, found)


def _is_member(parent: cst.CSTNode | None, name: cst.Name) -> bool:
    return (isinstance(parent, cst.Attribute) and parent.attr is name) or (
        isinstance(parent, cst.Arg) and parent.keyword is name
    )


def _add(program: Program, node: cst.CSTNode, found: Reach) -> None:
    """Take in the statement around a use of the hash, and where it puts the digest."""
    inner = node
    for outer in program.ancestors(node):
        if isinstance(outer, cst.Arg) and outer.keyword is not None:
            found.targets.update(name_words(outer.keyword.value))
        elif isinstance(outer, cst.DictElement) and inner is outer.value:
            found.targets |= words_in([outer.key])
        elif isinstance(outer, cst.Comparison):
            found.compared |= words_in([outer])
        elif isinstance(outer, (cst.Assign, cst.AnnAssign, cst.NamedExpr)):
            targets = (
                [each.target for each in outer.targets] if isinstance(outer, cst.Assign) else [outer.target]
            )
            found.targets |= words_in(targets)
            found.names.update(each.value for each in targets if isinstance(each, cst.Name))
        if isinstance(outer, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            unit = outer if isinstance(outer, cst.BaseSmallStatement) else inner
            if not isinstance(unit, cst.BaseSuite) and unit not in found.units:
                found.units.append(unit)
            return
        inner = outer


def _updates(found: Reach) -> Iterator[cst.BaseExpression]:
    for unit in found.units:
        for node in walk(unit):
            if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
                owner = node.func.value
                if (
                    node.func.attr.value == "update"
                    and isinstance(owner, cst.Name)
                    and owner.value in found.names
                ):
                    yield from (each.value for each in node.args)


def words_in(nodes: Iterable[cst.CSTNode]) -> set[str]:
    """Return the words of the names and short texts in the nodes."""
    words: set[str] = set()
    for root in nodes:
        for node in walk(root):
            if isinstance(node, cst.Name):
                words.update(_words(node.value))
            elif isinstance(node, (cst.SimpleString, cst.FormattedStringText)):
                text = node.value if isinstance(node, cst.FormattedStringText) else constant_of(node)
                if isinstance(text, bytes):
                    text = text.decode("latin-1")
                if text and len(text) <= _MAX_TEXT:
                    words.update(_words(text))
    return words


def _words(text: str) -> set[str]:
    """The words of a name, and the name as one: `ETag` is one word to those who read it."""
    return {*name_words(text), text.lower()}


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the node and everything in it."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(current.children)
