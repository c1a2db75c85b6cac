"""A filled template in its frame, and programs made of several of them."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from ggan_data.synthesis import filler
from ggan_data.synthesis.fill import Filled, Filling, fill
from ggan_data.synthesis.frames import FRAMES, Frame, Framed
from ggan_data.synthesis.template import Template
from ggan_data.synthesis.words import Words


@dataclass(frozen=True)
class Unit:
    """Imports, setup statements and definitions, in the text of which marks may stand."""

    imports: tuple[str, ...]
    setup: tuple[str, ...]
    code: tuple[str, ...]

    def text(self) -> str:
        """The unit as a program of its own."""
        parts = ["\n".join(self.imports), "\n".join(self.setup), *self.code]
        return "\n\n\n".join(part for part in parts if part) + "\n"


_GRAFTED = 0.3


def framed(
    template: Template, words: Words, chance: Random, real: Sequence[Frame] = ()
) -> tuple[Unit, Unit | None]:
    """Return the template's unit and its fixed form where the template itself gives one."""
    filling = Filling(chance, words)
    filled = fill(template, filling)
    name = f"{filling.meaning('verb')}_{filling.meaning('noun')}"
    around = _around(filling, chance)
    frame = chance.choice(real) if real and chance.random() < _GRAFTED else chance.choice(FRAMES)
    state = chance.getstate()

    def build(body: Sequence[str], imports: tuple[str, ...], setup: tuple[str, ...]) -> Unit:
        chance.setstate(state)
        lines = [*around.before, *body] if _ends(body) else [*around.before, *body, *around.after]
        result = (
            Framed((), (), tuple(body)) if template.module else frame(filling, name, filled.outside, lines)
        )
        wanted = imports if template.module else (*imports, *around.imports, *result.imports)
        return Unit(_once(wanted), _once((*setup, *result.setup)), ("\n".join(result.code),))

    weak = build(filled.body, filled.imports, filled.setup)
    if filled.fixed is None:
        return weak, None
    imports, setup = _fixed_heads(filled)
    return weak, build(filled.fixed, imports, setup)


def joined(units: Sequence[Unit], extra: Sequence[str], imports: Sequence[str]) -> str:
    """One program of several units and harmless definitions, in the order given."""
    merged = Unit(
        _once([*(each for unit in units for each in unit.imports), *imports]),
        _once([each for unit in units for each in unit.setup]),
        (*extra, *(part for unit in units for part in unit.code)),
    )
    return merged.text()


def parted(code: str) -> Unit:
    """A program as a unit: its imports, its plain assignments before any definition, and the rest."""
    lines = code.split("\n")
    imports: list[str] = []
    setup: list[str] = []
    kept = set(range(1, len(lines) + 1))
    for statement in ast.parse(code).body:
        place = range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            break
        if isinstance(statement, ast.Import | ast.ImportFrom) or (
            len(place) == 1 and isinstance(statement, ast.Assign)
        ):
            group = setup if isinstance(statement, ast.Assign) else imports
            group.append("\n".join(lines[number - 1] for number in place))
            kept -= set(place)
    rest = "\n".join(line for number, line in enumerate(lines, 1) if number in kept).strip("\n")
    return Unit(tuple(imports), tuple(setup), (rest,))


@dataclass(frozen=True)
class _Around:
    before: list[str]
    after: list[str]
    imports: tuple[str, ...]


def _around(filling: Filling, chance: Random) -> _Around:
    before, first = filler.statements(filling, chance.choice([0, 0, 1, 2]))
    after, second = filler.statements(filling, chance.choice([0, 0, 1]))
    return _Around(
        [line for line in before if "return" not in line and not line.startswith("if ")],
        after,
        _once([*first, *second]),
    )


def _fixed_heads(filled: Filled) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (*filled.imports, *filled.fixed_imports), (*filled.setup, *filled.fixed_setup)


def _ends(body: Sequence[str]) -> bool:
    return bool(body) and body[-1].lstrip().startswith(("return", "raise"))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
