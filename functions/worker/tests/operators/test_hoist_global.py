import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.operators.apply import Applied, apply_edits
from sgcode_worker.source import read_source
from tests.operators.planning import edit_at, edit_in_line, plan

REWRITTEN = {
    "used before": (
        "def f():\n    print(x)\n    global x\n    x = 1\n",
        "def f():\n    global x\n    print(x)\n    x = 1\n",
    ),
    "assigned before": (
        "def f():\n    x = 1\n    global x\n",
        "def f():\n    global x\n    x = 1\n",
    ),
    "after the docstring": (
        'def f():\n    """Doc."""\n\n    x = 1\n    global x\n',
        'def f():\n    """Doc."""\n    global x\n\n    x = 1\n',
    ),
    "comments stay where they explain": (
        "def f():\n    # first\n    if x: return\n\n    # the new one\n    global x  # shared\n    x = 2\n",
        "def f():\n    global x  # shared\n    # first\n    if x: return\n\n    # the new one\n    x = 2\n",
    ),
    "one blank line stays one": (
        "def f():\n    a = x\n\n    global x\n\n    x = 2\n",
        "def f():\n    global x\n    a = x\n\n    x = 2\n",
    ),
    "a comment with nothing below": (
        "def f():\n    x = 1\n    # at last\n    global x\n",
        "def f():\n    global x\n    x = 1\n    # at last\n    pass\n",
    ),
    "a block of its own is left empty": (
        "def f():\n    if x:\n        global x\n    elif y: global x\n    else:\n        x = 2\n",
        "def f():\n    global x\n    if x:\n        pass\n    elif y: pass\n    else:\n        x = 2\n",
    ),
    "in a with block": (
        "def f():\n    with x as y:\n        global x\n        x = y\n",
        "def f():\n    global x\n    with x as y:\n        x = y\n",
    ),
    "several names in several statements": (
        "def f():\n    print(x)\n    global x, y\n    y = 1\n    global y, z\n    z = 2\n",
        "def f():\n    global x, y\n    global z\n    print(x)\n    y = 1\n    z = 2\n",
    ),
    "those in time stay": (
        "def f():\n    global a\n    a = x\n    global x\n    x = 1\n    global b\n    b = 1\n",
        "def f():\n    global x\n    global a\n    a = x\n    x = 1\n    global b\n    b = 1\n",
    ),
    "blocks that interleave": (
        "def f():\n    x, y, z\n    # 1\n    global x\n    if x:\n"
        "        global y\n    # 2\n    global z\n    z = 1\n",
        "def f():\n    global x\n    global y\n    global z\n    x, y, z\n    # 1\n    if x:\n        pass\n"
        "    # 2\n    z = 1\n",
    ),
    "in one line": (
        "def f(): x = 1; global x; x = 2\n",
        "def f(): global x; x = 1; x = 2\n",
    ),
    "last of its line": (
        "def f():\n    x = 1; global x\n    x = 2; global x;\n",
        "def f():\n    global x\n    x = 1; pass\n    x = 2; pass;\n",
    ),
    "nonlocal": (
        "def f():\n    x = 1\n    def g():\n        print(x)\n"
        "        nonlocal x\n        x = 2\n    return g\n",
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n"
        "        print(x)\n        x = 2\n    return g\n",
    ),
    "nested scopes": (
        "async def f():\n    x = 1\n    def g():\n        y = 1\n"
        "        global y\n    global x\n    class A:\n"
        "        x = 2\n        global x\n",
        "async def f():\n    global x\n    x = 1\n    def g():\n"
        "        global y\n        y = 1\n    class A:\n"
        "        global x\n        x = 2\n",
    ),
    "methods, by import, loop, handler and definition": (
        "class A:\n    def m(self):\n        import x\n"
        "        global x\n    def n(self):\n        for x in y: pass\n"
        "        global x\n    def o(self):\n        try: pass\n"
        "        except E as x: pass\n        global x\n"
        "    def p(self):\n        def x(): pass\n        global x\n",
        "class A:\n    def m(self):\n        global x\n        import x\n    def n(self):\n        global x\n"
        "        for x in y: pass\n    def o(self):\n        global x\n        try: pass\n"
        "        except E as x: pass\n    def p(self):\n        global x\n        def x(): pass\n",
    ),
    "of the module": (
        "from __future__ import annotations\nimport os\n\nx = 1\nglobal x\nx = 2\n",
        "from __future__ import annotations\nimport os\nglobal x\n\nx = 1\nx = 2\n",
    ),
    "tabs and CRLF": (
        "def f():\r\n\tx = 1\r\n\tglobal x # é\r\n",
        "def f():\r\n\tglobal x # é\r\n\tx = 1\r\n",
    ),
}
LEFT_ALONE = {
    "a parameter": ("def f(x):\n    print(x)\n    global x\n", "`x` is a parameter of `f` too"),
    "a starred parameter": ("def f(*x):\n    print(x)\n    global x\n", "`x` is a parameter of `f` too"),
    "a parameter by keyword": ("def f(*, x=1):\n    x\n    global x\n", "`x` is a parameter of `f` too"),
    "nothing of that name around": (
        "def f():\n    x = 1\n    nonlocal x\n",
        "is not enough. It does not compile: no binding for nonlocal 'x' found",
    ),
    "another error": (
        "def f():\n    x = 1\n    global x\nreturn 1\n",
        "is not enough. It does not compile: 'return' outside function",
    ),
    "an annotated name": (
        "def f():\n    print(x)\n    global x\n    x: int = 1\n",
        "annotated name 'x' can't be global",
    ),
    "declared in time": (
        "def f():\n    global x\n    x = 1\n",
        "No name is used before its global statement.",
    ),
    "the same name inside another function": (
        "def f():\n    def g(): return x\n    h = lambda: x\n    a.x(x=1)\n    global x\n    x = 1\n",
        "No name is used before its global statement.",
    ),
}


def hoisted(code: str) -> Applied:
    return apply_edits(code.encode(), [edit_in_line(1, "hoist-global")])


@pytest.mark.parametrize("name", REWRITTEN)
def test_moves_late_declarations_up(name: str) -> None:
    code, expected = REWRITTEN[name]

    result = apply_edits(code.encode(), plan(code.encode(), "hoist-global", ()))

    assert result.declined == []
    assert result.candidate is not None
    assert result.candidate.decode() == expected
    assert read_source(result.candidate).compiles
    assert hoisted(expected).candidate is None


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone_what_would_not_compile_either(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    result = hoisted(code)

    assert result.candidate is None
    assert reason in result.declined[0].reason


def test_what_touches_the_same_statement_waits_for_it() -> None:
    code = "import yaml\ndef f(a):\n    b = yaml.load(x)\n    c = yaml.load(x)\n    global x\n    x = a\n"
    edits = [
        edit_in_line(5, "hoist-global"),
        edit_at(code, "yaml.load(x)", "safe-loader"),
        edit_at(code, "yaml.load(x)", "safe-loader", number=1),
    ]

    result = apply_edits(code.encode(), edits)

    assert [each.retry for each in result.declined] == [True]
    assert result.candidate is not None
    assert result.candidate.decode() == (
        "import yaml\ndef f(a):\n    global x\n    b = yaml.load(x)\n    c = yaml.safe_load(x)\n    x = a\n"
    )


LINES = (
    "seen.append(x)",
    "x = y",
    "y = 2; x = 3; seen.append(y)",
    "for x in (4, 5):\n    y = x",
    "if x:\n    {}\nelse:\n    y = 6",
    "if y == 2: {}",
    "{}",
    "{}; y = 7",
    "y = x; {}",
    "with again(x) as y:\n    # {}\n    {}",
    "class x:\n    z = y",
    "seen.append([x for y in (8, 9)])",
)


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["x", "x, y", "y, x"])), max_size=6))
def test_does_what_the_statement_at_the_top_would_do(lines: list[tuple[str, str]]) -> None:
    late = "\n".join(line.replace("{}", f"global {names}") for line, names in lines)
    declared = {name for line, names in lines if "{}" in line for name in names.split(", ")}
    early = "\n".join([*(f"global {name}" for name in declared), *(line for line, _ in lines)])
    code = function_of(late)
    result = hoisted(code)
    moved = code if result.candidate is None else result.candidate.decode()

    assert read_source(moved.encode()).compiles
    assert outcome(moved) == outcome(function_of(early.replace("{}", "pass")))


def function_of(body: str) -> str:
    return f"def f():\n{textwrap.indent(body, '    ')}\n    return 0\n"


def outcome(code: str) -> tuple[object, ...]:
    """What the function of this file's own programs does: what it raises, has seen, and leaves behind."""

    class Again:
        def __init__(self, value: object) -> None:
            self.value = value

        def __enter__(self) -> object:
            return self.value

        def __exit__(self, *_: object) -> None: ...

    space: dict[str, object] = {"x": 0, "y": 1, "seen": [], "again": Again}
    exec(compile(code, "here", "exec"), space)
    try:
        space["f"]()  # type: ignore[operator]
    except NameError as error:
        return (str(error).split("'")[1],)
    return tuple(repr(space[name]) for name in ("x", "y", "seen"))
