"""Names of temporary files: one in a folder of its own stands for one made directly."""

import re
from collections.abc import Iterator

# As the box names them: the program's prefix, `file` and a number, its suffix; then what lies inside.
_NAME = re.compile(r"/tmp/([^\s/'\"]*?)file(\d+)([^\s/'\"\\,:;)\]}]*)(?:/([^\s/'\"\\,:;)\]}]+))?")
_OWN = "file"


def temporary_names() -> Iterator[str]:
    """Return the varying part of temporary names, the same in each run."""
    return (f"{_OWN}{number}" for number in range(1, 1_000_000))


def without_places(text: str) -> str:
    """Return the text with a word for each temporary name, whether the name's folder is `/tmp` or a new one.

    In a new folder that holds for a file named after the prefix, or `file`; any other keeps its name.
    """
    return _NAME.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    prefix, number, suffix, inside = found.groups()
    mark = f"<temporary {number}>"
    if inside is None:
        return f"{mark}{suffix}"
    known = next((each for each in (prefix, _OWN) if each and inside.startswith(each)), None)
    return f"{mark}{suffix}/{inside}" if known is None or suffix else f"{mark}{inside.removeprefix(known)}"
