"""Loops and functions newly cut short: an early exit that refuses nothing and says nothing."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.honest.swallowing import admits_error
from sgcode_worker.gates.pairing import Comparison, Pair
from sgcode_worker.gates.source_text import source_text
from sgcode_worker.gates.surface.returns import is_fixed
from sgcode_worker.gates.texts import fold

Loop = ast.For | ast.AsyncFor | ast.While
_ENDLESS = frozenset({"True", "1"})
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_TELLING = frozenset(
    "abort error warning exception critical fatal flash fail print_error print_warning".split()
)


@dataclass(frozen=True)
class Exit:
    """A statement that leaves a loop or a function before its end, in so many loops."""

    text: str
    depth: int
    line: int
    loop: str
    silent: bool


@dataclass
class _Reader:
    """Collects the exits of one definition; `results` are the values whose return may cut it short."""

    results: set[str]
    working: set[int]
    found: list[Exit] = field(default_factory=list)

    def block(self, body: list[ast.stmt], loops: tuple[Loop, ...], *, conditional: bool) -> None:
        silent = not any(_tells(each) or self.works(each) for each in body)
        always = bool(loops) and body is loops[-1].body
        for statement in body:
            if isinstance(statement, (ast.Break, ast.Continue)):
                if loops:
                    text, header = type(statement).__name__.lower(), _header(loops[-1])
                    self.found.append(Exit(text, len(loops), statement.lineno, header, silent or always))
            elif isinstance(statement, ast.Return):
                value = None if statement.value is None else source_text(statement.value)
                if value is None or value in self.results:
                    text = "return" if value is None else f"return {value}"
                    cuts = always or (silent and conditional)
                    self.found.append(Exit(text, len(loops), statement.lineno, "", cuts))
            elif not isinstance(statement, _NESTED):
                self.inside(statement, loops, conditional=conditional)

    def inside(self, statement: ast.stmt, loops: tuple[Loop, ...], *, conditional: bool) -> None:
        """Read the blocks of a statement; those of handlers are for the gate on swallowed exceptions."""
        if isinstance(statement, Loop):
            self.block(statement.body, (*loops, statement), conditional=True)
            self.block(statement.orelse, loops, conditional=True)
            return
        branches = conditional or isinstance(statement, (ast.If, ast.Match))
        for name in ("body", "orelse", "finalbody"):
            self.block(getattr(statement, name, []), loops, conditional=branches)
        for case in getattr(statement, "cases", ()):
            self.block(case.body, loops, conditional=True)

    def works(self, statement: ast.stmt) -> bool:
        return any(id(each) in self.working for each in ast.walk(statement))


def check_exits(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every new silent exit, unless it leaves a loop that is new as well."""
    for pair in comparison.pairs:
        if pair.before.kind == "class":
            continue
        loops = _new_loops(pair)
        known = Counter((each.text, each.depth) for each in _exits(pair.before, pair.before))
        found = [each for each in _exits(pair.own, pair.before) if each.loop not in loops]
        more = Counter((each.text, each.depth) for each in found) - known
        for each in found:
            if each.silent and more[each.text, each.depth] > 0:
                more[each.text, each.depth] -= 1
                yield Evidence(
                    f"{pair.label} now ends early by `{each.text[:80]}` and says nothing", each.line
                )


def _new_loops(pair: Pair) -> set[str]:
    """The loops beside those of the original; of changed ones only the endless, which have to be left."""
    before, after = (Counter(map(_header, _loops(each.node))) for each in (pair.before, pair.own))
    return {header for header in after - before if not before - after or header in _ENDLESS}


def _exits(definition: Definition, original: Definition) -> list[Exit]:
    values = [each.value for each in original.returns if each.value is not None]
    results = {source_text(each) for each in values if _is_result(each, original)}
    working = {id(each.node) for each in definition.calls if each.family is not None or each.own}
    reader = _Reader(results, working)
    reader.block(definition.node.body, (), conditional=False)
    return reader.found


def _is_result(value: ast.expr, definition: Definition) -> bool:
    """Whether a value is worked out in the definition: refusals are fixed, or say the same to everybody."""
    names = (each.id for each in ast.walk(value) if isinstance(each, ast.Name))
    return not is_fixed(definition, value) and any(name in definition.bindings for name in names)


def _loops(node: ast.AST) -> Iterator[Loop]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, _NESTED):
            if isinstance(child, Loop):
                yield child
            yield from _loops(child)


def _header(loop: Loop) -> str:
    if isinstance(loop, ast.While):
        return source_text(loop.test)
    return f"{source_text(loop.target)} in {source_text(loop.iter)}"


def _tells(statement: ast.stmt) -> bool:
    """Whether a statement says that something is wrong: by a message, or by what it calls."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _TELLING or any(admits_error(fold(each) or "") for each in node.args):
                return True
    return False
