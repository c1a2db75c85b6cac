"""Fills a template in: words, spellings and imports, all drawn from one source of chance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from ggan_data.synthesis.markers import SOURCE, TARGET, WEAK_END, WEAK_START
from ggan_data.synthesis.template import Template
from ggan_data.synthesis.words import SPECIAL, Words

_CHOICE = re.compile(r"⟪([^⟪⟫]*)⟫")
_WORD = re.compile(r"\$([A-Za-z_]\w*)")
_IMPORT = re.compile(r"^@([\w.]+)\.(\w+)$")
OUTSIDE = ("v", "f", "h", "u")


@dataclass
class Filling:
    """What one program's placeholders stand for; a placeholder means the same wherever it occurs."""

    chance: Random
    words: Words
    meanings: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """The text with everything filled in."""
        while _CHOICE.search(text):
            text = _CHOICE.sub(self._choose, text)
        return _WORD.sub(lambda match: self.meaning(match[1]), text)

    def meaning(self, placeholder: str) -> str:
        """What a placeholder stands for, drawn when it is first met."""
        if placeholder not in self.meanings:
            self.meanings[placeholder] = self._draw(placeholder.rstrip("0123456789"))
        return self.meanings[placeholder]

    def imported(self, head: str) -> str:
        """The statement that a head stands for."""
        match = _IMPORT.match(head)
        if match is None:
            return self.text(head)
        module, name = match[1], match[2]
        style = self.styles.setdefault(module, self.chance.choice(["plain", "plain", "plain", "from", "as"]))
        last = module.rpartition(".")[2]
        if style == "from":
            self.meanings[name] = name
            return f"from {module} import {name}"
        if style == "as":
            alias = self.meanings.setdefault(
                f"as {module}", self.chance.choice([f"{last[0]}{last[-1]}", f"_{last}", f"{last}_lib"])
            )
            self.meanings[name] = f"{alias}.{name}"
            return f"import {module} as {alias}"
        self.meanings[name] = f"{module}.{name}"
        return f"import {module}"

    def _choose(self, match: re.Match[str]) -> str:
        """One of several spellings, the same one for the same list of them."""
        return self.choices.setdefault(match[1], self.chance.choice(match[1].split("¦")))

    def _draw(self, base: str) -> str:
        taken = set(self.meanings.values())
        if base in SPECIAL:
            return SPECIAL[base](self.chance)
        free = [word for word in self.words[base] if word not in taken]
        return self.chance.choice(free or list(self.words[base]))


@dataclass(frozen=True)
class Filled:
    """A template's text with everything filled in, marked. `outside` names its values from outside."""

    imports: tuple[str, ...]
    setup: tuple[str, ...]
    body: tuple[str, ...]
    fixed_imports: tuple[str, ...]
    fixed_setup: tuple[str, ...]
    fixed: tuple[str, ...] | None
    outside: tuple[str, ...]


def fill(template: Template, filling: Filling) -> Filled:
    """Return the template filled in. Values from outside are marked where the weak span uses them."""
    heads = [filling.imported(head) for head in template.heads]
    fixed_heads = [filling.imported(head) for head in template.fixed_heads]
    outside = tuple(
        dict.fromkeys(name for name in _WORD.findall("\n".join(template.body)) if _is_outside(name))
    )
    body = _marked("\n".join(template.body))
    return Filled(
        *_parted(heads),
        tuple(filling.text(body).split("\n")),
        *_parted(fixed_heads),
        None if template.fixed is None else tuple(filling.text("\n".join(template.fixed)).split("\n")),
        tuple(filling.meaning(name) for name in outside),
    )


def _is_outside(placeholder: str) -> bool:
    return placeholder.rstrip("0123456789") in OUTSIDE


def _marked(body: str) -> str:
    """The body with a mark before each use of a value from outside within what is weak."""

    def mark(span: re.Match[str]) -> str:
        return re.sub(r"\$(?=[vfhu]\d*\b(?!=))", f"{TARGET}$", span[0])

    return re.sub(f"{WEAK_START}.*?{WEAK_END}", mark, body, flags=re.S)


def _parted(heads: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    imports = [head for head in heads if head.startswith(("import ", "from "))]
    return tuple(imports), tuple(head for head in heads if head not in imports)


def as_source(name: str) -> str:
    """The name, marked as where a value from outside gets it."""
    return f"{SOURCE}{name}"
