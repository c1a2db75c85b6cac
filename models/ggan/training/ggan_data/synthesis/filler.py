"""Harmless statements and definitions to stand around what is weak."""

from ggan_data.synthesis.fill import Filling

_STATEMENTS = (
    "logging.info('{msg} {word}')",
    "started = time.monotonic()",
    "{setting_lower} = {num}",
    "labels = ['{word}', '{noun}']",
    "counts = {{'{word}': {num}}}",
    "total = sum(range({num}))",
    "today = datetime.date.today().isoformat()",
    "if {num} > {big}:\n    return None",
    "print('{msg}')",
    "options = dict(limit={num}, offset=0)",
    "attempts = {num}",
)
_MODULES = {"logging.": "logging", "time.": "time", "datetime.": "datetime"}
_DEFINITIONS = (
    "def {fn}_{word}(values):\n    total = 0\n    for value in values:\n        total += len(value)\n"
    "    return total",
    "def {fn}_{noun}(first, second):\n    merged = dict(first)\n    merged.update(second)\n    return merged",
    "class {cls}Error(Exception):\n    pass",
    "def {fn}_limit(count):\n    if count > {big}:\n        raise ValueError('too many')\n"
    "    return min(count, {num})",
    "def is_{word}(value):\n    return isinstance(value, str) and value.startswith('{word}-')",
    "def {fn}_lines(text):\n    return [line.strip() for line in text.splitlines() if line]",
    "@dataclasses.dataclass\nclass {cls}Info:\n    name: str\n    size: int = {num}",
    "def average(values):\n    return sum(values) / len(values) if values else 0.0",
    "{setting} = {num}",
    "{setting}S = ('{word}', '{noun}', '{msg}')",
)


def statements(filling: Filling, count: int) -> tuple[list[str], list[str]]:
    """Return so many harmless statements and the imports that they need."""
    lines = "\n".join(_draw(filling, _STATEMENTS, count)).split("\n") if count else []
    return lines, [
        f"import {module}" for start, module in _MODULES.items() if any(start in line for line in lines)
    ]


def definitions(filling: Filling, count: int) -> tuple[list[str], list[str]]:
    """Return so many harmless definitions and the imports that they need."""
    texts = _draw(filling, _DEFINITIONS, count)
    return texts, ["import dataclasses"] if any("dataclasses." in text for text in texts) else []


def _draw(filling: Filling, texts: tuple[str, ...], count: int) -> list[str]:
    names = ("msg", "word", "noun", "num", "big", "setting", "fn", "cls")
    meanings = {name: filling.meaning(name) for name in names}
    meanings["setting_lower"] = meanings["setting"].lower()
    return [text.format(**meanings) for text in filling.chance.sample(texts, min(count, len(texts)))]
