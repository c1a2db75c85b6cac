import libcst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libcst import metadata

from sgcode_worker.source import read_source, split_lines
from tests.bad_inputs import ANALYZABLE, UNANALYZABLE


@pytest.mark.parametrize("name", UNANALYZABLE)
def test_says_in_one_sentence_why_a_program_cannot_be_analyzed(name: str) -> None:
    data, expected = UNANALYZABLE[name]

    source = read_source(data)

    assert source.tree is None
    assert source.data == data
    assert not source.compiles
    assert source.reason is not None
    assert expected in source.reason
    assert source.reason.endswith(".")
    assert "\n" not in source.reason
    assert len(source.reason) < 300


@pytest.mark.parametrize("name", ANALYZABLE)
def test_reads_every_ordinary_program(name: str) -> None:
    source = read_source(ANALYZABLE[name])

    assert source.reason is None
    assert source.tree is not None
    assert source.compiles


@pytest.mark.parametrize("name", ANALYZABLE)
def test_what_it_lets_through_survives_libcst(name: str) -> None:
    source = read_source(ANALYZABLE[name])

    wrapper = metadata.MetadataWrapper(libcst.parse_module(source.text))

    assert wrapper.module.deep_clone().code == wrapper.module.code
    assert len(wrapper.resolve(metadata.ParentNodeProvider)) >= len(wrapper.module.body)


@pytest.mark.parametrize(
    "chain",
    [
        b"x = " + b"+".join([b"a"] * 298),
        b"x = " + b"+".join([b"1"] * 298),
        b"x = " + b" and ".join([b"a"] * 298),
        b"x = a" + b".b" * 297,
        b"x = a" + b"()" * 297,
        b"x = " + b"lambda: " * 290 + b"1",
        b"import a" + b".b" * 297,
        b"match x:\n case " + b"{1:" * 8 + b"1" + b"}" * 8 + b": pass",
        b"x = " + b"f(" * 190 + b")" * 190,
    ],
)
def test_the_deepest_it_lets_through_survives_libcst(chain: bytes) -> None:
    source = read_source(chain)
    assert source.reason is None

    wrapper = metadata.MetadataWrapper(libcst.parse_module(source.text), unsafe_skip_copy=True)
    wrapper.resolve(metadata.ScopeProvider)
    wrapper.resolve(metadata.PositionProvider)

    assert wrapper.module.visit(libcst.CSTTransformer()).deep_clone().code == source.text


@pytest.mark.parametrize(
    "chain",
    [
        b"x = " + b"+".join([b"a"] * 299),
        b"x = " + b"+".join([b"1"] * 299),
        b"x = " + b" and ".join([b"a"] * 299),
        b"x = a" + b".b" * 298,
        b"x = a" + b"()" * 298,
        b"x = " + b"-" * 298 + b"a",
        b"import a" + b".b" * 298,
    ],
)
def test_one_level_more_is_too_deep(chain: bytes) -> None:
    assert read_source(chain).reason == "Its code nests too deep (the limit is 300 levels)."


@pytest.mark.parametrize(
    ("code", "expected", "late_line"),
    [
        (b"return 1\n", "'return' outside function (line 1)", None),
        (b"def f():\n    x = 1\n    global x\n", "global declaration (line 3)", 3),
        (b"def f():\n    print(x)\n    global x\n", "global declaration (line 3)", 3),
        (b"def f(x):\n  def g():\n    x\n    nonlocal x\n", "nonlocal declaration (line 4)", 4),
        (b"def f(x):\n    global x\n", "is parameter and global", None),
        (b"def f(a, a): pass\n", "duplicate argument 'a'", None),
    ],
)
def test_tells_code_that_parses_from_code_that_compiles(
    code: bytes, expected: str, late_line: int | None
) -> None:
    source = read_source(code)

    assert source.tree is not None
    assert source.reason is None
    assert not source.compiles
    assert source.compile_error is not None
    assert expected in source.compile_error.message
    assert (source.compile_error.line if source.compile_error.late_global else None) == late_line


def test_keeps_line_ends_and_drops_the_byte_order_mark() -> None:
    source = read_source(b"\xef\xbb\xbfif x:\r\n\ty = 1\r\n")

    assert source.text == "if x:\r\n\ty = 1\r\n"


def test_decodes_by_the_declared_encoding() -> None:
    assert read_source(b"# coding: cp1252\nx = '\x80'\n").text.endswith("x = '\N{EURO SIGN}'\n")


def test_warnings_of_the_compiler_are_not_printed(recwarn: pytest.WarningsRecorder) -> None:
    assert read_source(b"x = 'a\\d' is 1\n").compiles
    assert not recwarn.list


def test_does_not_run_the_program(tmp_path) -> None:
    marker = tmp_path / "ran"

    source = read_source(f"open({str(marker)!r}, 'w')\nimport antigravity\n".encode())

    assert source.compiles
    assert not marker.exists()


@given(st.binary(max_size=200))
def test_never_raises_for_bytes(data: bytes) -> None:
    source = read_source(data)

    assert (source.tree is None) == (source.reason is not None)


@given(st.text(alphabet="()[]{}:=\"'\\#\n\r\t\x0cf xandif-+.,@é\u202e", max_size=80))
def test_never_raises_for_text(text: str) -> None:
    source = read_source(text.encode())

    assert (source.tree is None) == (source.reason is not None)


def test_counts_lines_as_python_does() -> None:
    assert split_lines("a\nb\r\nc\rd\x0ce\u2028f\n") == ["a", "b", "c", "d\x0ce\u2028f", ""]
