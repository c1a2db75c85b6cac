"""How much memory a box holds, read from outside: each process alone has a limit, all together have not."""

import re
from pathlib import Path

_RESIDENT = re.compile(rb"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)
_MAX_PROCESSES = 4096


def resident_bytes(process: int) -> int:
    """Return the resident bytes, files not counted, of a process and all below it; 0 where nothing tells."""
    total = 0
    waiting = [process]
    for _ in range(_MAX_PROCESSES):
        if not waiting:
            break
        folder = Path(f"/proc/{waiting.pop()}")
        try:
            total += sum(int(size) for size in _RESIDENT.findall((folder / "status").read_bytes())) * 1024
            for children in folder.glob("task/*/children"):
                waiting += map(int, children.read_bytes().split())
        except OSError:
            # It ended meanwhile.
            continue
    return total
