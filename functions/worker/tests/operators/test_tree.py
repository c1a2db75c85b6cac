"""What the engine knows of a tree is what LibCST's own providers say of it."""

from pathlib import Path

import libcst as cst
import pytest
from libcst import metadata

from sgcode_worker.operators.program import Program

ODD = '''# first
"""Doc."""
from __future__ import annotations
import a.b, c.d as e
from typing import TypeVar, cast, Literal
from f import (g as h, i)
T = TypeVar("T", bound="a.b")
global j
j: "a.b.C" = cast("T", 1)
k = l = lambda m, *n, o=j, **p: (m, q)
async def r(s: int = j, /, t: Literal["u"] = 1, *, v=2) -> "h":
    """Inside."""
    global j, w
    j, (w, *x), y.z, aa[bb] = s
    async with cc() as (dd, ee), ff: pass
    async for gg in hh: ii += gg
    else: del ii, jj.kk
    def ll():
        nonlocal x
        return [mm for mm in x if (nn := mm) for oo in mm], {pp: qq async for pp, qq in x}
    try:
        import rr
    except (ss, tt) as uu:
        raise vv from uu
    finally:
        yield f"{w!r:>{x}} {{}} {aa['b']}" "more"
@xx.yy
class Zz(h, metaclass=e.f):
    a1: int; a2 = a1; a3 = [a1 for _ in a2]
    def m(self, d=a1): return super().m(a1)(k).n[0:1, ...]
match b1:
    case {"k": b2, **b3} | [b4, *b5] if b2: print(b6)
    case Zz(m=b7) as b8: exec
if b1: c1 = (yield)
elif not (c1 and  c2 < 3 <= c4): assert c1, c2
'''
PROGRAMS = {
    "odd": ODD,
    "tabs and CRLF": ODD.replace("\n", "\r\n").replace("    ", "\t"),
    "no line end": "x = 1\nif x: y = 2",
    "nothing": "",
    "comments only": "# a\n\n# b\n",
    **{path.name: path.read_text() for path in sorted(Path(__file__).parent.glob("*.py"))},
}


def everything(program: Program) -> list[cst.CSTNode]:
    return [program.module, *program.nodes(cst.CSTNode)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_places_and_text_are_those_of_libcst(name: str) -> None:
    program = Program(PROGRAMS[name])
    wrapper = metadata.MetadataWrapper(program.module, unsafe_skip_copy=True)
    expected = wrapper.resolve(metadata.PositionProvider)

    assert program.text == program.module.code == PROGRAMS[name]
    for node in everything(program):
        assert program.span(node) == expected[node], node


@pytest.mark.parametrize("name", PROGRAMS)
def test_scopes_are_those_of_libcst(name: str) -> None:
    program = Program(PROGRAMS[name])
    wrapper = metadata.MetadataWrapper(program.module, unsafe_skip_copy=True)
    expected = wrapper.resolve(metadata.ScopeProvider)
    same: dict[metadata.Scope, metadata.Scope] = {}

    for node in everything(program):
        scope, theirs = program.scope(node), expected.get(node)
        if isinstance(node, (cst.BaseExpression, cst.BaseStatement, cst.BaseSmallStatement)) and theirs:
            assert scope is not None
            assert same.setdefault(theirs, scope) is scope
            assert scope.get_qualified_names_for(node) == theirs.get_qualified_names_for(node)
    for theirs, scope in same.items():
        assert type(scope) is type(theirs)
        assert assignments(scope) == assignments(theirs)


def assignments(scope: metadata.Scope) -> list[tuple[object, ...]]:
    return sorted(
        (each.name, id(getattr(each, "node", None)), sorted(id(access.node) for access in each.references))
        for each in scope.assignments
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_nodes_come_outer_before_inner_by_kind(name: str) -> None:
    program = Program(PROGRAMS[name])
    kinds = (cst.BaseExpression, cst.FunctionDef)

    found = list(program.nodes(*kinds))

    assert found == [each for each in program.nodes(cst.CSTNode) if isinstance(each, kinds)]
    for each in found:
        outer = next((outer for outer in program.ancestors(each) if isinstance(outer, kinds)), None)
        assert program.enclosing(each, *kinds) is outer
        assert program.code(each) == program.module.code_for_node(each)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_changed_module_is_written_as_libcst_would(name: str) -> None:
    program = Program(PROGRAMS[name])
    body = list(program.module.body)
    added = cst.parse_statement("if added:\n    # why\n    f(\n        x)\n")
    for changed in (
        program.module,
        program.module.with_changes(body=[added, *body]),
        program.module.with_changes(body=[*body[1:], added], header=[], has_trailing_newline=False),
        program.module.with_changes(body=[], footer=[]),
    ):
        assert program.written.changed(changed) == changed.code
