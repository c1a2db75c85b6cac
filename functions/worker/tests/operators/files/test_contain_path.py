"""A path with a name from outside is kept in its folder, however the two are put together."""

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, proposals

OPERATOR = "contain-path"
HEAD = (
    "import http.server\nimport os\nimport shutil\nfrom pathlib import Path\n"
    "from flask import request, send_file\n"
    "BASE = 'data'\nUPLOADS = 'uploads/'\nROOT = Path('data')\n"
)
HELPER = '''\
def _path_within(folder, path):
    """Return the path; raise ValueError where it is outside the folder."""
    folder = os.path.abspath(folder)
    if os.path.commonpath([folder, os.path.abspath(path)]) != folder:
        raise ValueError("The path is outside its folder")
    return path
'''
# «...» is the path, and beside it the folder that it is kept in.
REWRITTEN = {
    "opened": ("BASE", "def f(name):\n    with open(«os.path.join(BASE, name)») as g: return g.read()"),
    "below a folder": (
        "os.path.join(BASE, 'sub')",
        "def f(name):\n    p = «os.path.join(BASE, 'sub', name + '.txt')»\n    if not os.path.exists(p):\n"
        "        return None\n    return open(p).read()",
    ),
    "over several lines": (
        "BASE",
        "def f(*, name):\n    os.remove(\n        «os.path.join(\n            BASE,  # why\n"
        "            name,\n        )»\n    )",
    ),
    "pathlib": ("ROOT / 'a'", "def f(name):\n    return («ROOT / 'a' / name»).read_text()"),
    "joinpath": ("ROOT", "def f(name: str):\n    p = «ROOT.joinpath(name)»\n    p.unlink()"),
    "Path": ("BASE", "def f(name):\n    return open(«Path(BASE, name)»)"),
    "made a Path": ("BASE", "def f(name):\n    return Path(«os.path.join(BASE, name)»).read_bytes()"),
    "f-string": ("f'{BASE}/sub'", "def f(name):\n    return open(«f'{BASE}/sub/a_{name}.txt'»)"),
    "plus": ("UPLOADS", "def f(name):\n    return open(«UPLOADS + name», 'w')"),
    "percent": ('"a/b"', 'def f(name):\n    return open(«"a/b/%s.txt" % name»)'),
    "format": ("BASE", "async def f(name):\n    shutil.rmtree(«'{}/{}'.format(BASE, name)»)"),
    "requested": (
        "BASE",
        "def f():\n    name = request.args.get('f') or 'a'\n    return send_file(«os.path.join(BASE, name)»)",
    ),
    "uploaded": (
        "BASE",
        "def f():\n    u = request.files['f']\n    u.save(«os.path.join(BASE, u.filename)»)",
    ),
    "a member of an archive": (
        "target",
        "def f(z, target=BASE):\n    for m in z.infolist():\n"
        "        with open(«os.path.join(target, m.filename)», 'wb') as o: o.write(z.read(m))",
    ),
    "a field and a default": (
        "self.base",
        "class A:\n    def f(self, name='a'):\n        def g():\n"
        "            return os.listdir(«os.path.join(self.base, name)»)\n        return g()",
    ),
    "a setting": (
        "app.config['UP']",
        "def f(name):\n    return send_file(«os.path.join(app.config['UP'], name)»)",
    ),
    "typed in": ("'data'", "print([open(«'data/' + e») for e in input().split()])"),
    "an argument": (
        "'data'",
        "def f(parser):\n    args = parser.parse_args()\n    return open(«f'data/{args.name}'»)",
    ),
    "a request handler": (
        "'www'",
        "class A(http.server.BaseHTTPRequestHandler):\n    def do_GET(self):\n"
        "        return open(«'www/' + self.path», 'rb')",
    ),
    "returned": ("BASE", "def file_of(name):\n    return «os.path.join(BASE, name)»"),
}


def unmarked(marked: str) -> str:
    return marked.replace("«", "").replace("»", "")


def checked(marked: str, folder: str) -> str:
    """The code with the check; parentheses around the path go, as those of the call take their place."""
    bare = (
        marked.replace("(«ROOT / ", "«ROOT / ").replace("name»)", "name»") if "(«ROOT" in marked else marked
    )
    return bare.replace("«", f"_path_within({folder}, ").replace("»", ")")


def applied(code: str) -> Applied:
    return apply_edits(code.encode(), proposals(code.encode(), OPERATOR))


def check_gates(code: str, result: Applied) -> None:
    gates = verify_candidate(code.encode(), result.candidate or b"", result.document()["applied"])
    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []


@pytest.mark.parametrize(("folder", "marked"), REWRITTEN.values(), ids=REWRITTEN)
def test_refuses_what_leaves_the_folder(folder: str, marked: str) -> None:
    code = f"{HEAD}\n\n{unmarked(marked)}\n"

    result = applied(code)

    after = (result.candidate or b"").decode()
    assert checked(marked, folder) in after, after or result.declined
    assert HELPER in after
    check_gates(code, result)
    assert applied(after).candidate is None


@pytest.mark.parametrize(
    "planned", ["os.path.join(BASE, name)", ", name", "open(p)", "p = os.path.join(BASE, name)\n"]
)
def test_is_found_by_a_part_a_use_and_all_around(planned: str) -> None:
    code = f"{HEAD}\ndef f(name):\n    p = os.path.join(BASE, name)\n    return open(p)\n"

    result = apply_edits(code.encode(), [edit_at(code, planned, OPERATOR)])

    assert b"p = _path_within(BASE, os.path.join(BASE, name))\n" in (result.candidate or b"")


def test_keeps_the_folder_in_its_folder_as_well() -> None:
    code = (
        "import os\ndef f(user, name):\n    d = os.path.join('data', user)\n    os.makedirs(d)\n"
        "    with open(f'{d}/{name}', 'w') as f: f.write(user)\n"
    )

    result = apply_edits(code.encode(), [edit_at(code, "open(f'{d}/{name}', 'w')", OPERATOR)])

    after = (result.candidate or b"").decode()
    assert "    d = _path_within('data', os.path.join('data', user))\n" in after
    assert "    with open(_path_within(d, f'{d}/{name}'), 'w') as f" in after
    check_gates(code, result)


def test_puts_one_function_before_the_first_use_and_uses_it_again() -> None:
    code = (
        "import os\n\n\nclass A:\n    def f(self, a): return open(os.path.join(self.d, a))\n\n\n"
        "def g(b): return open('x/' + b)\n"
    )

    first = apply_edits(code.encode(), [edit_at(code, "os.path.join(self.d, a)", OPERATOR)])
    between = (first.candidate or b"").decode()
    second = apply_edits(between.encode(), [edit_at(between, "'x/' + b", OPERATOR)])

    assert second.candidate == applied(code).candidate
    assert (second.candidate or b"").decode() == (
        f"import os\n\n\n{HELPER}\n\nclass A:\n"
        "    def f(self, a): return open(_path_within(self.d, os.path.join(self.d, a)))\n\n\n"
        "def g(b): return open(_path_within('x', 'x/' + b))\n"
    )


def test_imports_os_and_hides_no_name() -> None:
    code = "os = 'linux'\ndef _path_within(a): return a\ndef f(name):\n    return open(f'data/{name}')\n"

    result = applied(code)

    after = (result.candidate or b"").decode()
    assert "import os as _os\n" in after
    assert "folder = _os.path.abspath(folder)\n" in after
    assert "    return open(__path_within('data', f'data/{name}'))\n" in after
    check_gates(code, result)


def test_declares_the_exception() -> None:
    code = "class A:\n    def f(self, name):\n        return open(f'data/{name}')\n"

    (applied_edit,) = applied(code).document()["applied"]

    (declared,) = applied_edit["declared"]
    assert (declared["kind"], declared["name"], declared["definition"]) == ("exception", "ValueError", "A.f")
