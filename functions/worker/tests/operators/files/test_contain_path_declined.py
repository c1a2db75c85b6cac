"""Paths that are left alone: no file is meant, no folder is fixed, or the program checks them itself."""

import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at

OPERATOR = "contain-path"
HEAD = (
    "import os\nimport re\nfrom pathlib import Path\nfrom werkzeug.utils import secure_filename\n"
    "BASE = 'data'\n"
)
NO_FILE = "No path is put together there"
NOTHING_OUTSIDE = "Nothing from outside"
FROM_OUTSIDE = "The folder comes from outside as well"
ANYWHERE = "The path begins with the working folder"
CHECKED = "has a check or change of its own"
JOIN = "os.path.join(BASE, name)"

LEFT_ALONE = {
    "a name of the program": (f"def f():\n    name = 'a.txt'\n    return open({JOIN})", NOTHING_OUTSIDE),
    "entries of a folder": (
        "def f():\n    for name in sorted(os.listdir(BASE)):\n        open(os.path.join(BASE, name))",
        NOTHING_OUTSIDE,
    ),
    "a number": ("def f(name: int):\n    return open(f'{BASE}/{name}.txt')", NOTHING_OUTSIDE),
    "made a number": ("def f(name):\n    return open(f'{BASE}/{int(name)}.txt')", NOTHING_OUTSIDE),
    "written as one": ("def f(name):\n    return open(f'{BASE}/{name:04d}.txt')", NOTHING_OUTSIDE),
    "a digest": (
        "def f(given):\n    name = hash_of(given).hexdigest()\n    return open(os.path.join(BASE, name))",
        NOTHING_OUTSIDE,
    ),
    "basename": (
        "def f(name):\n    return open(os.path.join(BASE, os.path.basename(name)))",
        NOTHING_OUTSIDE,
    ),
    "secure_filename": (f"def f(name):\n    name = secure_filename(name)\n    return open({JOIN})", CHECKED),
    "no folder": ("def f(name):\n    return open(f'{name}.txt')", NOTHING_OUTSIDE),
    "only a beginning": ("def f(name):\n    return open('page_' + name)", NOTHING_OUTSIDE),
    "the root": ("def f(name):\n    return open('/' + name)", NOTHING_OUTSIDE),
    "a folder from outside": ("def f(base, name):\n    return open(os.path.join(base, name))", FROM_OUTSIDE),
    "a folder without a default": (
        "def f(name, base=None):\n    return open(os.path.join(base, name))",
        FROM_OUTSIDE,
    ),
    "the working folder": ("def f(name):\n    return open(os.path.join(os.getcwd(), name))", ANYWHERE),
    "a home": ("def f(name):\n    p = Path.home() / name\n    return p.read_text()", ANYWHERE),
    "a dot": ("def f(name):\n    return open('./' + name)", ANYWHERE),
    "a folder made there": (
        "def f(name):\n    return open(os.path.join(make_folder(), name))",
        "The folder is computed",
    ),
    "two dots looked for": (
        f"def f(name):\n    if '..' in name:\n        raise KeyError\n    return open({JOIN})",
        CHECKED,
    ),
    "in a list": (
        f"def f(name):\n    if name not in NAMES:\n        return None\n    return open({JOIN})",
        CHECKED,
    ),
    "resolved": (
        "def f(name):\n    path = os.path.join(BASE, name)\n"
        "    if not os.path.realpath(path).startswith(BASE): raise KeyError\n    return open(path)",
        CHECKED,
    ),
    "relative": (
        "def f(name):\n    path = Path(BASE, name)\n    path.resolve().relative_to(BASE)\n"
        "    return path.read_text()",
        CHECKED,
    ),
    "a pattern": (
        f"def f(name):\n    if not re.fullmatch('[a-z]+', name): raise KeyError\n    return open({JOIN})",
        CHECKED,
    ),
    "by a function": (f"def f(name):\n    validate_name(name)\n    return open({JOIN})", CHECKED),
    "slashes taken out": (
        f"def f(given):\n    name = given.replace('/', '_')\n    return open({JOIN})",
        CHECKED,
    ),
    "absolute is meant": (
        f"def f(name):\n    if os.path.isabs(name): return open(name)\n    return open({JOIN})",
        CHECKED,
    ),
    "the file itself leaves the folder": (
        f"def f(name):\n    return open({JOIN})\nf('../README.md')",
        CHECKED,
    ),
    "an address": ("def f(name):\n    return fetch(f'{BASE}/{name}')", NO_FILE),
    "only looked for": (f"def f(name):\n    return os.path.exists({JOIN})", NO_FILE),
    "returned as an address": (f"def url_of_file(name):\n    return {JOIN}", NO_FILE),
    "a division": ("def f(a, b):\n    c = a / b\n    print(open(BASE), c)", NO_FILE),
    "a message": ("def f(name):\n    print(f'{BASE}/{name}')", NO_FILE),
    "its own open": ("def open(name): pass\ndef f(name):\n    return open(f'data/{name}')", NO_FILE),
}


@pytest.mark.parametrize(("code", "reason"), LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_leaves_alone_and_says_why(code: str, reason: str) -> None:
    program = HEAD + code
    paths = [JOIN, "os.path.join(", "f'{", " + name", "BASE, name", "Path.home()", " / "]
    marks = [text for text in paths if text in code] or [code.splitlines()[-1].strip()]

    results = [apply_edits(program.encode(), [edit_at(program, text, OPERATOR)]) for text in marks]

    assert [result.candidate for result in results if result.candidate] == []
    assert any(reason in declined.reason for result in results for declined in result.declined), results


def test_takes_no_choice_between_two_paths() -> None:
    code = "import os\ndef f(a, b):\n    os.rename('x/' + a, 'x/' + b)\n"

    result = apply_edits(code.encode(), [edit_at(code, code.splitlines()[2].strip() + "\n", OPERATOR)])

    assert result.candidate is None
    assert [each.reason for each in result.declined if NO_FILE not in each.reason] == []
