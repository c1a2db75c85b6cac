"""Templates of weak and of safe programs, and the notation that they are written in.

A block begins with `## name: head; head` and holds the body of a function. Heads are imports and
statements that go before it; `@module.name` imports a name in one of the usual ways, and `$name` then calls
it. A name that begins with `safe ` makes a program to be left alone, one with `module ` stands outside of
functions. `«...»` is what is weak (in a safe program: what looks so). `$word` draws a word of that list,
`$v`, `$f`, `$h` and `$u` are values from outside. `⟪a¦b⟫` is one of several spellings. After a line
`--> head; head` follows the fixed body, where the operator is not run to make it.
"""

import re
from dataclasses import dataclass

_HEAD = re.compile(r"^## (safe )?(module )?([\w-]+):? ?(.*)$")


@dataclass(frozen=True)
class Template:
    """One program to be filled in. `fixed` is None where the operator makes the fixed form."""

    operator: str
    cwe: str | None
    name: str
    safe: bool
    module: bool
    heads: tuple[str, ...]
    body: tuple[str, ...]
    fixed_heads: tuple[str, ...]
    fixed: tuple[str, ...] | None
    held_out: bool

    @property
    def key(self) -> str:
        """The template's name among all."""
        return f"{self.operator}/{'safe-' if self.safe else ''}{self.name}"


def templates(operator: str, cwe: str | None, text: str, *, held_out: str = "") -> tuple[Template, ...]:
    """Return the templates of a text in the notation above. Raises ValueError for what it is not."""
    kept_back = held_out.split()
    blocks = [
        _template(operator, cwe, block, kept_back) for block in re.split(r"^(?=## )", text, flags=re.M)[1:]
    ]
    missing = set(kept_back) - {block.name for block in blocks}
    if missing:
        raise ValueError(f"No template of {operator} is named {missing}.")
    return tuple(blocks)


def _template(operator: str, cwe: str | None, block: str, held_out: list[str]) -> Template:
    first, *lines = block.rstrip().split("\n")
    match = _HEAD.match(first)
    if match is None:
        raise ValueError(f"Not the head of a template: {first}")
    arrow = next((index for index, line in enumerate(lines) if line.startswith("-->")), None)
    return Template(
        operator=operator,
        cwe=cwe,
        name=match[3],
        safe=bool(match[1]),
        module=bool(match[2]),
        heads=_heads(match[4]),
        body=tuple(lines[:arrow]),
        fixed_heads=() if arrow is None else _heads(lines[arrow].removeprefix("-->")),
        fixed=None if arrow is None else tuple(lines[arrow + 1 :]),
        held_out=match[3] in held_out,
    )


def _heads(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("; ") if part.strip())
