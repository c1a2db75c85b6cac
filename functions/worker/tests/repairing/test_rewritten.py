"""What an operator would write, as lines that a prompt can show."""

import pytest

from sgcode_worker.repairing.rewritten import rewritten_lines


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("a\nb\nc", "a\nB\nc", [("b", "B")]),
        ("a\nb\nc", "a\nc", [("b", "")]),
        ("def f():\n    x()", "def f():\n    global y\n    x()", [("def f():", "def f():\n    global y")]),
        ("import a\nx()", "import a\nimport os\n\ny()", [("x()", "y()")]),
        ("x()", "import os\nfrom a import (\n    b,\n)\nx()", []),
        ("import pickle\nx()", "import json as pickle\nx()", [("import pickle", "import json as pickle")]),
        ("x()\r\ny()\rz()", "x()\r\nY()\rz()", [("y()", "Y()")]),
        ("s = '\x0c'\nx()", "s = '\x0c'\ny()", [("x()", "y()")]),
        ("same", "same", []),
    ],
)
def test_shows_changed_lines_and_no_imports(before: str, after: str, places: list[tuple[str, str]]) -> None:
    assert [(each["before"], each["after"]) for each in rewritten_lines(before, after)] == places


def test_says_where_the_lines_begin() -> None:
    assert [each["line"] for each in rewritten_lines("a\nb\nc\nd", "a\nB\nc\nd\ne")] == [2, 4]


@pytest.mark.parametrize(
    "after",
    ["x" * 601, "\n".join("abcdefghi"), "A\nb\nC\nd\nE\nf\nG\nh\nI"],
    ids=["long", "many lines", "many places"],
)
def test_shows_nothing_of_what_is_large(after: str) -> None:
    assert rewritten_lines("a\nb\nc\nd\ne\nf\ng\nh\ni" if after[0] == "A" else "a", after) == []
