"""Clean code, and weaknesses put into it."""

import ast
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

pytest.importorskip("libcst")

from ggan_data.analysis.bandit_ties import tied
from ggan_data.analysis.silent import is_silent
from ggan_data.clean import Piece, chosen, clean_programs, halves, pieces
from ggan_data.families import families
from ggan_data.labelling.spans import Spans
from ggan_data.programs import LabelledProgram, read_programs, write_programs
from ggan_data.synthesis.backward.inject import inject_all, injections
from ggan_data.synthesis.backward.injection import injected
from ggan_data.synthesis.generate import Sources, generate
from ggan_data.synthesis.graft import grafts
from ggan_data.synthesis.templates import TEMPLATES

INJECTIONS = {
    'subprocess.run(["ls", "-l", path], check=True)': ("f'ls -l {path}', shell=True", "argv-without-shell"),
    "x = ast.literal_eval(text)": ("eval(text)", "literal-eval"),
    'x = "<b>" + html.escape(name)': ('"<b>" + name', "escape-html"),
    'x = "cat " + shlex.quote(name)': ('"cat " + name', "quote-shell-word"),
    "x = open(os.path.join(base, os.path.basename(name)))": ("os.path.join(base, name)", "contain-path"),
    "x = tempfile.mkdtemp()": ("tempfile.mktemp()", "private-temporary-file"),
    "os.chmod(path, 0o600)": ("os.chmod(path, 0o777)", "private-permissions"),
    "x = hashlib.sha256(data)": ("hashlib.md5(data)", "replace-weak-hash"),
    'if not name:\n    raise ValueError("empty")': ('assert name, ("empty")', "explicit-check"),
}


@pytest.mark.parametrize("code", INJECTIONS)
def test_clean_code_is_made_weak_at_a_known_place(code: str) -> None:
    text, operator = INJECTIONS[code]
    spans = Spans(code + "\n")

    found = [each for each in injections(spans) if each.operator == operator]

    assert len(found) == 1
    result = injected(spans, found[0])
    assert result is not None
    before, label = result
    assert text in before
    assert label.operator == operator
    place = before.split("\n")[label.line - 1][label.column : label.end_column]
    assert text in place or place in text


@pytest.mark.parametrize(
    "code",
    [
        'subprocess.run("ls", check=True)',
        "subprocess.run([name])",
        "x = assert_equal(os.path.basename(a), b)",
        "x = html.escape(name)",
        "if a:\n    pass\nelif not b:\n    raise ValueError('x')",
    ],
)
def test_what_is_like_it_is_left_alone(code: str) -> None:
    assert injections(Spans(code + "\n")) == []


@cache
def some_pieces() -> tuple[Piece, ...]:
    return tuple(islice(pieces(), 500))


def test_no_module_is_in_both_halves() -> None:
    learned, held_out = halves(some_pieces(), seed=1)

    assert learned
    assert held_out
    assert not {piece.module for piece in learned} & {piece.module for piece in held_out}
    assert halves(some_pieces(), seed=1) == (learned, held_out)


def test_pieces_are_programs_of_their_own() -> None:
    found = some_pieces()

    assert len({(piece.module, piece.name) for piece in found}) == len(found)
    for piece in found[::25]:
        ast.parse(piece.code)
        assert len(piece.lines) <= 150


def test_clean_programs_are_silent() -> None:
    learned, held_out = halves(some_pieces(), seed=2)
    programs = clean_programs(
        chosen(learned, "a", 5, is_silent),
        chosen(held_out, "a", 5, is_silent),
    )

    assert [program.split for program in programs] == ["train"] * 5 + ["held-out"] * 5
    assert all(program.after is None and program.labels == () for program in programs)
    assert all(is_silent(program.before) for program in programs)
    assert not is_silent("import hashlib\nhashlib.md5(b'')\n")


def test_injected_programs_are_labelled_and_have_the_clean_code_as_fix() -> None:
    programs = inject_all(some_pieces(), 1, 3, is_silent)

    assert len(programs) > 5
    for program in programs:
        assert program.after is not None
        assert len(program.labels) == 1
        ast.parse(program.before)


def test_templates_stand_in_real_functions_at_times() -> None:
    found = [piece for piece in some_pieces() if is_silent(piece.code)][:80]
    names = [f"def {piece.name}(" for piece in found]

    programs = list(generate(Sources(TEMPLATES[:12], grafts(found)), seed=1))

    assert any(name in program.before for program in programs for name in names)


def test_pairs_that_bandit_cannot_tell_apart_are_ties() -> None:
    bad, good = "import yaml\nyaml.load(x)\n", "import yaml\nyaml.safe_load(x)\n"
    same, imports = "import shlex\n", "import subprocess\n"

    def pair(id: str, before: str, after: str) -> LabelledProgram:
        return LabelledProgram(id, "pairs", "g", before, after)

    assert tied([pair("a", bad, good), pair("b", bad, bad), pair("c", same, imports)]) == ["b", "c"]


def test_tasks_in_other_words_are_one_family() -> None:
    codes = [
        "def f(a):\n    return a + 'x'\n",
        "def g(b):\n    return b + 'y'\n",
        "def h(c):\n    return c\n",
    ]
    programs = [LabelledProgram(str(number), "tune", "g", code, None) for number, code in enumerate(codes)]

    assert families(programs) == {"0": 0, "1": 0, "2": 1}


def test_programs_are_read_as_they_were_written(tmp_path: Path) -> None:
    programs = list(generate(Sources(TEMPLATES[:3]), seed=1))

    write_programs(tmp_path / "a.jsonl", programs)

    assert list(read_programs(tmp_path / "a.jsonl")) == programs
