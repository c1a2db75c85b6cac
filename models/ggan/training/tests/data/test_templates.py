"""Templates say exactly what is weak, and the worker's operators agree."""

import ast
from random import Random

import pytest

pytest.importorskip("libcst")

from sgcode_worker.operators.registry import OPERATORS

from ggan_data.programs import LabelledProgram
from ggan_data.synthesis.forward import DeclinedError, mended
from ggan_data.synthesis.generate import Sources, attempted, generate, one
from ggan_data.synthesis.markers import read_marks, unmarked
from ggan_data.synthesis.template import Template
from ggan_data.synthesis.templates import TEMPLATES
from ggan_data.synthesis.unit import framed
from ggan_data.synthesis.words import HELD_OUT, TRAIN

SOURCES = Sources(TEMPLATES)
WEAK = [template for template in TEMPLATES if not template.safe]
SAFE = [template for template in TEMPLATES if template.safe and template.operator in OPERATORS]
PLENTY = {"parameterize-query", "argv-without-shell", "escape-html", "contain-path", "secret-from-env"}
PROPOSED = {"escape-html", "refuse-weak-hash", "quote-shell-word", "contain-path"}


def key(template: Template) -> str:
    return template.key


def drawn(template: Template, number: int = 0) -> LabelledProgram:
    program = one(template, SOURCES, f"test/{template.key}/{number}")
    assert program is not None, template.key
    return program


@pytest.mark.parametrize("template", WEAK, ids=key)
def test_a_weak_template_becomes_a_labelled_pair(template: Template) -> None:
    program = drawn(template)

    assert program.after is not None
    assert program.after != program.before
    assert program.labels
    assert {label.operator for label in program.labels} == {template.operator}
    ast.parse(program.before)
    compile(program.after, "after", "exec")


@pytest.mark.parametrize("template", SAFE, ids=key)
def test_an_operator_leaves_a_safe_template_alone(template: Template) -> None:
    unit, _ = framed(template, HELD_OUT if template.held_out else TRAIN, Random(key(template)))
    code, spans, _ = read_marks(unit.text())

    assert spans
    with pytest.raises(DeclinedError):
        mended(code, template.operator, spans)


@pytest.mark.parametrize("template", [each for each in TEMPLATES if each.safe], ids=key)
def test_a_safe_template_has_no_label_and_no_fix(template: Template) -> None:
    program = drawn(template)

    compile(program.before, "before", "exec")
    assert (program.after, program.labels, program.cuts) == (None, (), ())


def test_every_operator_has_enough_templates() -> None:
    for operator in {*OPERATORS, *PROPOSED}:
        own = [template for template in WEAK if template.operator == operator]
        learned = [template for template in own if not template.held_out]
        assert len(learned) >= 8, operator
        assert len(own) - len(learned) >= 2, operator
        assert len(own) >= (12 if operator in PLENTY else 8), operator


def test_no_two_templates_have_one_name() -> None:
    assert len({template.key for template in TEMPLATES}) == len(TEMPLATES)


def test_a_third_of_the_templates_is_safe() -> None:
    assert 0.25 <= sum(template.safe for template in TEMPLATES) / len(TEMPLATES) <= 0.4


def test_held_out_words_are_not_learned() -> None:
    learned = {word for words in TRAIN.values() for word in words}

    assert not learned & {word for words in HELD_OUT.values() for word in words}
    assert set(TRAIN) == set(HELD_OUT)


def test_held_out_templates_are_not_learned() -> None:
    programs = list(generate(Sources(TEMPLATES[:60]), seed=5))
    groups = {
        split: {each.group for each in programs if each.split == split} for split in ("train", "held-out")
    }

    assert groups["held-out"]
    assert not groups["train"] & groups["held-out"]


def test_the_seed_decides_everything() -> None:
    few = Sources(TEMPLATES[:8])
    first, again, other = (list(generate(few, seed)) for seed in (3, 3, 4))

    assert first == again
    assert first != other


def test_no_mark_is_left_in_a_program() -> None:
    for template in TEMPLATES[::5]:
        program = drawn(template, 1)
        assert unmarked(program.before) == program.before
        assert unmarked(program.after or "") == (program.after or "")


def test_a_cut_leads_from_a_name_to_the_same_name() -> None:
    programs = [drawn(template, 2) for template in WEAK if template.operator in PLENTY]
    cuts = [(program.before.split("\n"), cut) for program in programs for cut in program.cuts]

    assert len(cuts) > 20
    for lines, cut in cuts:
        source, target = (lines[line - 1][column:] for line, column in (cut.source, cut.target))
        name = source.split("=")[0].split(",")[0].split(")")[0].split(":")[0].strip()
        assert target.startswith(name)


def test_what_an_operator_declines_is_not_made() -> None:
    template = next(each for each in TEMPLATES if each.key == "safe-loader/load")
    wrong = Template(**{**vars(template), "body": ("return «$v.upper()»",)})

    with pytest.raises(DeclinedError):
        attempted(wrong, SOURCES, "x", Random("x"))
    assert one(wrong, SOURCES, "x") is None
