"""What holds for every program, every choice of its parts, and every way to answer."""

import ast
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgcode_worker.repairing.lines import split_keeping_ends
from sgcode_worker.source import read_source
from tests.repairing.asking import Asking, in_its_class, target

SNIPPETS = """\
def one(a): return eval(a)  # kept
----
@first
@second(
  1)
async def two(a,
        b=''):
    '''a
  b'''
    # in
    return await a(
  b)
----
def three(a):
    def one(b):
        return b
    class In:
        def two(self): pass
    return one
----
class A:
    '''doc'''
    KEY = 'a'; SALT = 'b'

    def m(self):
        if self:
            return 1
        # behind
    @property
    def p(self):
        return 2
    @p.setter
    def p(self, x):
        self.x = x
----
class B(object):
  class C:
    @staticmethod
    def m(x):
      return {
  1: x}
    KEY = [
1]
----
if True:
    def four(): return 1
    top = 1
else:
    def four():
        return 2
----
try:
    import fast
except ImportError:
    def five():
        x = '''
'''
        return x
----
x = 1; y = '''
  a'''; z = eval('2')
----
call(1)
call(2)
----
a['b'] = f'''{1}
  {2}'''
----
for each in range(3):
    print(each)
else:
    print()
----
with open('a') as f, open('b'): pass
----
while True: break
----
# comment
# another

----
import os, sys
----
from os import (path as p,
    sep)
----
print(\\
  1)
----
@overload
def six(a: int): ...
@overload
def six(a: str): ...
def six(a):
    return a
----
x: int = 1
----
x += 1
----
del x
----

""".removesuffix("\n").split("\n----\n")
HEADS = ("", '"""doc"""\n', "#!/bin/sh\n# coding: utf-8\n", "from __future__ import annotations\n")


@st.composite
def programs(draw: st.DrawFn) -> bytes:
    """A program of snippets, in any layout, that may also not be kept by LibCST."""
    text = draw(st.sampled_from(HEADS))
    text += "\n".join(draw(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=8, unique=True)))
    if draw(st.booleans()):
        text = text.replace("    ", draw(st.sampled_from(["\t", "  ", "     "])))
    text += draw(st.sampled_from(["", "\n", "\n\n", "\n# end"]))
    line_end, encoding = (
        draw(st.sampled_from(["\n", "\r\n", "\r"])),
        draw(st.sampled_from(["utf-8", "utf-8-sig"])),
    )
    return text.replace("\n", line_end).encode(encoding)


def asked(folder: str, data: bytes, lines: list[int]) -> Asking:
    return Asking(Path(folder), data, *(target(line, str(index)) for index, line in enumerate(lines)))


LINES = st.lists(st.integers(1, 40), min_size=1, max_size=6)
CHECKED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@CHECKED
@given(data=programs(), lines=LINES)
def test_the_code_of_the_parts_changes_nothing(data: bytes, lines: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asking = asked(folder, data, lines)
        if not asking.parts:
            return

        whole = read_source(data).text
        for answer in ("\n\n".join(map(in_its_class, asking.parts)), whole):
            assert asking.answer(answer).outcome == "unchanged", answer
        assert asking.answer(whole, "whole").outcome == "unchanged"


@CHECKED
@given(data=programs(), lines=LINES, chosen=st.integers(0, 5))
def test_only_the_lines_of_a_changed_part_change(data: bytes, lines: list[int], chosen: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asking = asked(folder, data, lines)
        functions = [part for part in asking.parts if part["kind"] != "statement"]
        if not functions:
            return
        part = functions[chosen % len(functions)]
        begin, end = part["line"], part["endLine"]
        new = [*part["code"].split("\n"), ""]
        last = new[-2]
        # A one-line function gets one statement more, another one a last line like that before.
        new[-2] = f"{last.partition('#')[0].rstrip()}; changed = 1" if begin == end else f"{last};changed = 1"
        answered = "\n".join(new[:-1])
        others = [part_ for part_ in asking.parts if part_ is not part]
        answer = "\n\n".join(in_its_class(each, answered if each is part else None) for each in asking.parts)
        if not compiles(answer):
            return

        result = asking.answer(answer)
        alone = asking.answer(in_its_class(part, answered))
        before = split_keeping_ends(data.decode())
        whole = "".join([*before[: begin - 1], answered + "\n", *before[end:]])

        assert result.candidate is not None, result
        after = split_keeping_ends(result.candidate.decode())
        assert after[: begin - 1] == before[: begin - 1]
        assert after[len(after) - len(before) + end :] == before[end:]
        assert "changed" in "".join(after)
        assert [each["name"] for each in result.edits["repaired"]] == [part["name"]]
        if "#" not in part["name"] and not any(
            each["name"].startswith(f"{part['name']}#") for each in others
        ):
            assert alone.candidate == result.candidate or alone.outcome == "malformed"
        assert asking.answer(whole).candidate == result.candidate
        assert asking.answer(whole, "whole").outcome == "changed"


def compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


@settings(max_examples=300, deadline=None)
@given(
    answer=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from([*SNIPPETS, "    ", "(", "'''", "\\", "\0", "\x0c", "\r", "\ud800"]), max_size=8
        ).map("\n".join),
    ),
    form=st.sampled_from(["parts", "whole"]),
    data=programs(),
)
def test_no_answer_is_too_much(answer: str, form: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asking = asked(folder, data, [2, 5, 9])

        result = asking.answer(answer, form)

        if result.candidate is not None:
            after = read_source(result.candidate)
            assert after.tree is not None
            assert after.compiles or not read_source(data).compiles
