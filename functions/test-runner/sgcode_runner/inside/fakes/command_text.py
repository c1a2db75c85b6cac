"""One written form for commands: a shell's text is the argument list that it splits into."""

import re
import shlex
from collections.abc import Sequence
from typing import Any

_FEATURES = re.compile(r"[|&;<>$`*?~(){}\[\]!#\n\\]")
_SHELLS = frozenset("sh bash dash zsh ksh".split())


def commands_of(command: Any, *, shell: bool) -> list[str]:
    """Return the commands that are run, in order, each as text that a person can read."""
    if isinstance(command, bytes):
        command = command.decode("utf-8", "replace")
    if isinstance(command, str) or (shell and not isinstance(command, Sequence)):
        return _of_text(str(command)) if shell else [_of_list([str(command)])]
    words = [word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in command]
    if shell:
        return _of_text(words[0]) if words else []
    if len(words) > 2 and words[0].rsplit("/", 1)[-1] in _SHELLS and words[1] in {"-c", "-lc"}:
        return _of_text(words[2])
    return [_of_list(words)]


def _of_list(words: list[str]) -> str:
    return shlex.join(words)


def _of_text(text: str) -> list[str]:
    """Split at the signs that only put one command after another; keep whole what means more to a shell."""
    found: list[str] = []
    for part in _parts(text):
        plain = part.replace("2>&1", "").strip()
        if not plain:
            continue
        if _FEATURES.search(_without_quoted(plain)) or re.match(r"\w+=", plain) or "$" in plain:
            found.append("shell: " + " ".join(part.split()))
            continue
        try:
            found.append(_of_list(shlex.split(plain)))
        except ValueError:
            found.append("shell: " + " ".join(part.split()))
    return found


def _parts(text: str) -> list[str]:
    parts, current, quote = [], "", ""
    index = 0
    while index < len(text):
        character = text[index]
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif text.startswith(("&&", "||"), index) or character in "|;\n":
            parts.append(current)
            current = ""
            index += 2 if text.startswith(("&&", "||"), index) else 1
            continue
        current += character
        index += 1
    return [*parts, current]


def _without_quoted(text: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"$`]*\"", "", text)
