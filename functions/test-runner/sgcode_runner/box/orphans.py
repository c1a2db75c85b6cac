"""Ends what outlived a driver that had no process namespace to end with."""

import contextlib
import os
import signal
from pathlib import Path

_MOST_ROUNDS = 1000


def end_orphans() -> None:
    """Kill every child of this process, and theirs as they are handed over, until there is none.

    Expects that this process adopts orphans, and has no child that it wants to keep.
    """
    for _ in range(_MOST_ROUNDS):
        children = _children()
        if not children:
            return
        for child in children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        for child in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)


def _children() -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                # The command, in parentheses, may hold anything.
                after_command = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(after_command[1]) == os.getpid():
                    found.append(int(folder.name))
    return found
