"""Patterns for file names in fixed commands, where the name of a file can be read as an option."""

import posixpath
import re

from sgcode_worker.operators.commands.pieces import UnreadableError

# Programs with options that run something or change whom a file belongs to (Bandit's B609).
_NAMED = frozenset({"chown", "chmod", "rsync"})
_UNREAD = frozenset("'\"\\`$()<{")


def guarded(text: str) -> str:
    """Return a fixed command with `./` before the patterns that can match a name with a dash in front.

    For tar, which keeps the names as they are given, `--` ends the options instead. Raises
    UnreadableError where the command cannot be read.
    """
    if _UNREAD & set(text):
        raise UnreadableError(
            "A file's name can be read as an option of the command, and its words cannot be told here. "
            "Put `./` before the pattern."
        )
    return "".join(each if re.fullmatch(r"[|;&\n]+", each) else _guarded(each) for each in _parts(text))


def _parts(text: str) -> list[str]:
    return re.split(r"([|;&\n]+)", text)


def _guarded(command: str) -> str:
    words = re.findall(r"\S+", command)
    programs = [posixpath.basename(each) for each in words]
    if _NAMED.intersection(programs):
        return re.sub(r"(?<!\S)(?=[*?\[])", "./", command)
    first = next((place for place, each in enumerate(words) if each[0] in "*?["), None)
    if "tar" not in programs or first is None:
        return command
    if first < programs.index("tar") + 3 or any(each[0] not in "*?[" for each in words[first:]):
        raise UnreadableError(
            "A file's name can be read as an option of tar: a person must decide which files it is to take."
        )
    return command.replace(f" {words[first]}", f" -- {words[first]}", 1)
