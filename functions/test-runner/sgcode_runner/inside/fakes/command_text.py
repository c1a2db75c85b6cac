"""One written form for commands: a shell's text is the argument list that it splits into."""

import re
import shlex
from collections.abc import Sequence
from typing import Any

_FEATURES = re.compile(r"[|&;<>$`*?~(){}\[\]!#\n\\]")
_PARAMETER = re.compile(r"\$(?:\{(\d+)\}|(\d)|@)")
_SEGMENT = re.compile(r"'([^']*)'|\"([^\"$`\\]*)\"|\"(?:\\[\s\S]|[^\"\\])*\"|[\s\S]")
_ESCAPED = re.compile(r'["$`\\]')
# What keeps the name of a file that a pattern matches from being read as an option.
_GUARDED = re.compile(r"(?<!\S)(?:\./|-- )(?=\*)")
_SAFE = re.compile(r"[\w@%+=:,./-]+")
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
        return _of_text(_filled(words[2], words[3:]))
    return [_of_list(words)]


def _filled(script: str, values: list[str]) -> str:
    """A script that is handed values, with each as the one word that it is; outside of quotes, as several."""
    found: list[str] = []
    quote, at = "", 0
    while at < len(script):
        character = script[at]
        parameter = _PARAMETER.match(script, at) if quote != "'" else None
        if parameter is not None:
            number = parameter[1] or parameter[2]
            texts = values[1:] if number is None else values[int(number) : int(number) + 1]
            inside = '" "'.join(_ESCAPED.sub(r"\\\g<0>", each) for each in texts)
            found.append(inside if quote else " ".join(texts))
            at = parameter.end()
            continue
        if character in "'\"" and quote in {"", character}:
            quote = "" if quote else character
        length = 2 if character == "\\" and quote != "'" else 1
        found.append(script[at : at + length])
        at += length
    return "".join(found)


def _one_quoting(text: str) -> str:
    """A shell's text with single quotes around what it takes as it is, and none where none are needed."""
    found: list[tuple[bool, str]] = []
    for match in _SEGMENT.finditer(text):
        kept = next((each for each in match.groups() if each is not None), None)
        said = match[0] if kept is None else kept
        if found and found[-1][0] == (kept is not None):
            found[-1] = (found[-1][0], found[-1][1] + said)
        else:
            found.append((kept is not None, said))
    text = "".join(f"'{said}'" if kept and not _SAFE.fullmatch(said) else said for kept, said in found)
    return _GUARDED.sub("", text)


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
            found.append("shell: " + _one_quoting(" ".join(part.split())))
            continue
        try:
            found.append(_of_list(shlex.split(plain)))
        except ValueError:
            found.append("shell: " + _one_quoting(" ".join(part.split())))
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
