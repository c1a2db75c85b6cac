"""What the operators for files are sure to rewrite."""

from tests.operators.snippets.form import Snippets

FILES: dict[str, Snippets] = {
    "private-temporary-file": Snippets(
        rules=("B306",),
        head="import os, tempfile\n",
        positive=(
            "d = tempfile.mktemp()",
            "d = tempfile.mktemp('.txt')\nwith open(d, 'w') as f: f.write(a)",
            "d = tempfile.mktemp(prefix=a)  # why\nos.mkdir(d)\na(d)",
            "a(\n    tempfile.mktemp(suffix=b),  # kept\n)",
            "from tempfile import mktemp as m\nd = [m() for _ in c]",
            "d = tempfile.mktemp('.txt', 'x')\na(d)\nos.remove(d)",
        ),
    ),
    "temporary-path": Snippets(
        rules=("B108",),
        head="import os\n",
        positive=(
            "def x(a, b):\n    d = '/tmp/x'  # why\n    with open(d, 'w') as e: b(e)\n"
            "    b(d)\n    os.remove(d)",
            "def y(a):\n    d = '/tmp/y.z'\n    e = open(\n        d, 'w'\n    )\n    if a:\n"
            "        os.unlink(d)",
        ),
    ),
    "private-permissions": Snippets(
        rules=("B103",),
        head="import os\n",
        positive=(
            "os.chmod(a, 0o777)",
            "os.chmod(\n    a,\n    438,  # why\n)",
            "from os import chmod as m\nm(a, 0x1B6)",
            "for d in a: os.chmod(d, 0o1777)",
        ),
    ),
    "safe-extract": Snippets(
        rules=("B202",),
        head="import tarfile\n",
        positive=(
            "with tarfile.open(a) as d: d.extractall()",
            "tarfile.open(a).extractall(b, members=c)  # why",
            "d = tarfile.TarFile(a)\nd.extractall(\n    path=b,\n)",
            "from tarfile import open as o\ne = o(a)\ne.extractall(filter=None)",
        ),
    ),
    "contain-path": Snippets(
        rules=(),
        head="import os\nfrom pathlib import Path\n",
        positive=(
            "def x(a):\n    with open(os.path.join('data', a)) as d: return d.read()  # why",
            "def x(a, *, b='data'):\n    d = f'{b}/sub/{a}.txt'\n    if os.path.exists(d):\n"
            "        os.remove(\n            d,\n        )",
            "from os.path import join as j\ndef x(a):\n    def y(b): return open(j(\n        'data',  # why\n"
            "        b,\n    ))\n    return y",
            "d = Path('data')\ndef x(a): return (d / 'sub' / a.strip()).read_text()",
            "async def x(a, b):\n    d = os.path.join('data', a)\n    e = d + '/' + b\n    os.makedirs(d)\n"
            "    open(e, 'w').close()",
            "d = [open('data/%s.txt' % e) for e in input().split()]",
        ),
    ),
}
