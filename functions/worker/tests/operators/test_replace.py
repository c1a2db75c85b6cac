import libcst as cst
import pytest

from sgcode_worker.operators.operator import Replacement, Rewrite
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.replace import Replacements, changes_nothing

CODE = """\
import os


def f(a):
    b = g(h(a), 1)  # first
    return g(b, 2)


x = 1
"""


class Fixture:
    """One program with names for the nodes that the tests replace."""

    def __init__(self) -> None:
        self.program = Program(CODE)
        self.calls = {self.program.code(call): call for call in self.program.nodes(cst.Call)}
        self.inner, self.outer = self.calls["h(a)"], self.calls["g(h(a), 1)"]
        self.last = self.calls["g(b, 2)"]
        self.replacements = Replacements(self.program)

    def add(self, id: str, *replaced: tuple[cst.CSTNode, Replacement]) -> str | None:
        conflict = self.replacements.add(id, Rewrite("", dict(replaced)))
        return conflict and f"{'retry' if conflict.retry else 'never'}: {conflict.reason}"


@pytest.fixture
def given() -> Fixture:
    return Fixture()


def name(text: str) -> cst.Name:
    return cst.Name(text)


def test_replaces_by_identity_and_leaves_the_rest(given: Fixture) -> None:
    assert given.add("one", (given.inner, name("i")), (given.last, name("j"))) is None

    assert given.replacements.apply().code == CODE.replace("h(a)", "i").replace("g(b, 2)", "j")


def test_untouched_statements_are_the_same_objects(given: Fixture) -> None:
    given.add("one", (given.last, name("j")))

    before, after = given.program.module, given.replacements.apply()

    assert [old is new for old, new in zip(before.body, after.body, strict=True)] == [True, False, True]
    assert before.code == CODE


@pytest.mark.parametrize(("first", "second"), [("inner", "outer"), ("outer", "inner")])
def test_a_node_inside_or_around_another_is_tried_again_later(
    given: Fixture, first: str, second: str
) -> None:
    given.add("one", (getattr(given, first), name("i")))

    refused = given.add("two", (getattr(given, second), name("j")))

    assert refused == "retry: It touches the same code as edit one; it is tried again in the next iteration."


def test_the_same_node_with_another_replacement_is_tried_again_later(given: Fixture) -> None:
    given.add("one", (given.inner, name("i")))

    assert "same code as edit one" in (given.add("two", (given.inner, name("j"))) or "")
    assert "    b = g(i, 1)" in given.replacements.apply().code


@pytest.mark.parametrize(
    "make",
    [
        lambda: name("i"),
        lambda: cst.parse_expression("i(1)"),
        lambda: cst.FlattenSentinel([name("i"), name("j")]),
        cst.RemoveFromParent,
    ],
)
def test_an_equal_rewrite_counts_as_taken_in(given: Fixture, make) -> None:
    given.add("one", (given.inner, make()))

    assert given.add("two", (given.inner, make())) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (name("i"), name("j")),
        (name("i"), cst.FlattenSentinel([name("i")])),
        (cst.FlattenSentinel([name("i")]), cst.FlattenSentinel([name("i"), name("j")])),
        (cst.FlattenSentinel([name("i")]), cst.FlattenSentinel([name("j")])),
        (name("i"), cst.RemoveFromParent()),
    ],
)
def test_a_different_rewrite_of_one_node_does_not(
    given: Fixture, one: Replacement, other: Replacement
) -> None:
    given.add("one", (given.inner, one))

    assert given.add("two", (given.inner, other)) is not None


def test_a_rewrite_is_taken_in_whole_or_not_at_all(given: Fixture) -> None:
    given.add("one", (given.inner, name("i")))

    assert given.add("two", (given.last, name("j")), (given.outer, name("k"))) is not None
    assert given.replacements.apply().code == CODE.replace("h(a)", "i")


def test_a_rewrite_that_shares_an_equal_part_adds_the_rest(given: Fixture) -> None:
    given.add("one", (given.inner, name("i")))

    assert given.add("two", (given.inner, name("i")), (given.last, name("j"))) is None
    assert given.replacements.apply().code == CODE.replace("h(a)", "i").replace("g(b, 2)", "j")


@pytest.mark.parametrize("nodes", [(), ("inner", "outer")])
def test_refuses_a_rewrite_of_nothing_or_of_nested_nodes(given: Fixture, nodes: tuple[str, ...]) -> None:
    refused = given.add("one", *((getattr(given, each), name("i")) for each in nodes))

    assert refused == "never: The rewrite names no node of the program, or one inside another."


def test_a_copy_does_not_change_the_original(given: Fixture) -> None:
    given.add("one", (given.inner, name("i")))
    copy = given.replacements.copy()

    copy.add("two", Rewrite("", {given.last: name("j")}, [NeededImport("re")]))

    assert given.replacements.apply().code == CODE.replace("h(a)", "i")
    assert copy.apply().code == CODE.replace("h(a)", "i").replace("g(b, 2)", "j").replace(
        "import os\n", "import os\nimport re\n"
    )


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        (cst.RemoveFromParent(), "import re\n"),
        (cst.parse_statement("import sys\n"), "import sys\nimport re\n"),
        (
            cst.FlattenSentinel([cst.parse_statement("import a\n"), cst.parse_statement("import b\n")]),
            "import a\nimport b\nimport re\n",
        ),
    ],
)
def test_the_import_before_a_needed_one_may_itself_be_replaced(
    given: Fixture, replacement: Replacement, expected: str
) -> None:
    given.add("one", (given.program.module.body[0], replacement))
    # Only the use in `f` needs the import.
    given.replacements.add("two", Rewrite("", {given.last: name("j")}, [NeededImport("re")]))

    assert given.replacements.apply().code == CODE.replace("import os\n", expected).replace("g(b, 2)", "j")


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [
        (cst.RemoveFromParent(), "import re\ny = j\n"),
        (
            cst.FlattenSentinel([cst.parse_statement("a = 1\n"), cst.parse_statement("b = 2\n")]),
            "import re\n\na = 1\nb = 2\ny = j\n",
        ),
    ],
)
def test_the_statement_after_a_needed_import_may_itself_be_replaced(
    replacement: Replacement, expected: str
) -> None:
    program = Program("x = 1\ny = f(x)\n")
    first, second = program.module.body
    replacements = Replacements(program)

    replacements.add("one", Rewrite("", {first: replacement}))
    call = program.nodes(cst.Call)
    replacements.add("two", Rewrite("", {next(call): name("j")}, [NeededImport("re")]))

    assert replacements.apply().code == expected
    assert second is program.module.body[1]


@pytest.mark.parametrize(
    ("replacement", "expected"),
    [("h(a)", True), ("h( a)", False), ("i", False)],
)
def test_changes_nothing(given: Fixture, replacement: str, expected: bool) -> None:
    rewrite = Rewrite("", {given.inner: cst.parse_expression(replacement)})

    assert changes_nothing(rewrite) is expected


def test_no_replacement_is_not_called_a_change_of_nothing() -> None:
    assert not changes_nothing(Rewrite("", {}))
