"""The synthetic programs, all drawn from one seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from ggan_data.programs import Label, LabelledProgram, Split
from ggan_data.synthesis import filler
from ggan_data.synthesis.fill import Filling
from ggan_data.synthesis.forward import DeclinedError, mended
from ggan_data.synthesis.frames import Frame
from ggan_data.synthesis.markers import read_marks
from ggan_data.synthesis.template import Template
from ggan_data.synthesis.unit import Unit, framed, joined, parted
from ggan_data.synthesis.words import HELD_OUT, TRAIN, Words

_TRIES = 4
_EACH, _MORE = 6, 9
# What real programs get wrong most.
_WIDE = {
    "parameterize-query",
    "argv-without-shell",
    "quote-shell-word",
    "escape-html",
    "contain-path",
    "secret-from-env",
}


@dataclass(frozen=True)
class Sources:
    """What programs are drawn from: templates, and real functions to put them into, by split."""

    templates: Sequence[Template]
    learned: Sequence[Frame] = ()
    held_out: Sequence[Frame] = ()

    def words(self, template: Template) -> Words:
        """The words of the template's split."""
        return HELD_OUT if template.held_out else TRAIN

    def real(self, template: Template) -> Sequence[Frame]:
        """The real functions of the template's split."""
        return self.held_out if template.held_out else self.learned


def generate(sources: Sources, seed: int) -> Iterator[LabelledProgram]:
    """Yield programs of every template; a template whose operator declines too often yields fewer.

    Templates that are held out use words and functions that are held out, so that none of them occurs in what
    is learned.
    """
    for template in sources.templates:
        for number in range(_MORE if template.operator in _WIDE else _EACH):
            program = one(template, sources, f"{seed}/{template.key}/{number}")
            if program is not None:
                yield program


def one(template: Template, sources: Sources, name: str) -> LabelledProgram | None:
    """Return one program of a template, drawn by its name alone; None where no try of several comes out."""
    for attempt in range(_TRIES):
        try:
            return attempted(template, sources, name, Random(f"{name}/{attempt}"))
        except (DeclinedError, SyntaxError):
            continue
    return None


def attempted(template: Template, sources: Sources, name: str, chance: Random) -> LabelledProgram:
    """Return one program of a template. Raises DeclinedError or SyntaxError where this draw fails."""
    words = sources.words(template)
    weak, fixed = framed(template, words, chance, sources.real(template))
    beside = [] if template.module else _beside(template, sources, chance)
    harmless, imports = filler.definitions(Filling(chance, words), chance.choice([0, 0, 1, 2]))
    units = [weak, *beside] if chance.random() < 0.5 else [*beside, weak]
    before, spans, cuts = read_marks(joined(units, harmless, imports))
    split: Split = "held-out" if template.held_out else "train"
    identity = f"synthetic-{name.replace('/', '-')}"
    if template.safe:
        return LabelledProgram(identity, "synthetic", template.key, before, None, split)
    after = (
        mended(before, template.operator, spans)
        if fixed is None
        else read_marks(joined([fixed if each is weak else each for each in units], harmless, imports))[0]
    )
    labels = tuple(Label(*start, *end, template.cwe, template.operator) for start, end in spans)
    return LabelledProgram(identity, "synthetic", template.key, before, after, split, labels, cuts)


def _beside(template: Template, sources: Sources, chance: Random) -> list[Unit]:
    """At times a safe definition to stand beside: a safe template, or the fixed form of a weak one."""
    if chance.random() < 0.55:
        return []
    like = [
        each
        for each in sources.templates
        if each.held_out == template.held_out and not each.module and each is not template
    ]
    near = [each for each in like if each.operator == template.operator]
    other = chance.choice(near if near and chance.random() < 0.5 else like)
    unit, fixed = framed(other, sources.words(template), chance)
    code, spans, _ = read_marks((fixed or unit).text())
    if other.safe or fixed is not None:
        return [parted(code)]
    try:
        return [parted(mended(code, other.operator, spans))]
    except DeclinedError:
        return []
