"""Weak programs made of pieces of clean code."""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from random import Random

from ggan_data.clean import Piece
from ggan_data.labelling.spans import Spans
from ggan_data.programs import LabelledProgram
from ggan_data.synthesis.backward.calls import open_permissions, renamed_call, shell_text, unwrapped_value
from ggan_data.synthesis.backward.injection import Injection, Injector, injected
from ggan_data.synthesis.backward.statements import assertion, swallowed

_INJECTORS: tuple[Injector, ...] = (
    renamed_call,
    unwrapped_value,
    shell_text,
    open_permissions,
    assertion,
    swallowed,
)
# A piece without any of these has no place for an injection, and need not be parsed.
_HINTS = re.compile(
    r"raise|except|hashlib|literal_eval|tempfile|ssl|secrets|safe_load|escape|quote|basename|chmod|subprocess"
)


def inject_all(
    pieces: Sequence[Piece], seed: int, each: int, accepts: Callable[[str], bool]
) -> list[LabelledProgram]:
    """Return at most `each` weak programs for every operator, with one weakness each.

    They are drawn from the pieces whose code is accepted.
    """
    chance = Random(f"{seed}/backward")
    found: dict[str, list[tuple[Piece, Spans, Injection]]] = {}
    for piece in pieces:
        if not _HINTS.search(piece.code):
            continue
        spans = Spans(piece.code)
        for injection in injections(spans):
            found.setdefault(injection.operator, []).append((piece, spans, injection))
    programs: list[LabelledProgram] = []
    for operator, places in sorted(found.items()):
        drawn = chance.sample(places, len(places))
        weak = (
            _program(f"{seed}-{operator}-{number}", piece, spans, injection)
            for number, (piece, spans, injection) in enumerate(drawn)
            if accepts(piece.code)
        )
        programs += list(islice((program for program in weak if program is not None), each))
    return programs


def injections(spans: Spans) -> list[Injection]:
    """Return every weakness that could be put into a program."""
    return [each for node in spans.nodes for injector in _INJECTORS for each in injector(spans, node)]


def _program(name: str, piece: Piece, spans: Spans, injection: Injection) -> LabelledProgram | None:
    result = injected(spans, injection)
    if result is None:
        return None
    before, label = result
    return LabelledProgram(
        id=f"injected-{name}",
        set="synthetic",
        group=f"injected/{piece.module}",
        before=before,
        after=piece.code,
        labels=(label,),
    )
