import ast

import pytest

from sgcode_worker.analyzers.places import Places, Reported
from sgcode_worker.source import read_source

PROGRAM = """\
import os


@route("/a", eval("x"))
@route(
    eval("y"),
)
class Shop:
    names = [eval(n) for n in "ab"]

    def sell(self, book=eval("z"), *, price: eval("int") = 1):
        with open(eval("f")) as file, lock:
            return run(
                lambda: eval("g"),
                shell=True,
            )


match eval("m"):
    case {"k": [first, *_]} if eval("n"):
        pass
"""


@pytest.mark.parametrize("line", range(1, PROGRAM.count("\n") + 1))
def test_looking_at_one_line_finds_what_looking_at_all_finds(line: int) -> None:
    source = read_source(PROGRAM.encode())
    everything, only = Places(source), Places(source, [line])

    nodes = [node for node in ast.walk(source.tree) if getattr(node, "lineno", 0) == line]
    for node in nodes:
        reported = Reported(line, node.col_offset, node.end_col_offset, node.end_lineno)
        assert only.at_node(reported) == everything.at_node(reported)
    assert only.at_line(line) == everything.at_line(line)
