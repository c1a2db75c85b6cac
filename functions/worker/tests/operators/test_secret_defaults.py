import os

import pytest

from tests.operators.outcomes import check_left_alone, check_rewritten

RULES = {"B107"}
REWRITTEN = {
    "a function": (
        "def f(user, password='hunter2x'):\n    return g(user, password)",
        "def f(user, password=None):\n    if password is None:\n"
        "        password = os.environ['F_PASSWORD']\n    return g(user, password)",
    ),
    "a docstring and a comment": (
        'def f(\n    password="hunter2x",  # why\n):\n    """Says."""\n\n    # first\n    return password',
        'def f(\n    password=None,  # why\n):\n    """Says."""\n    if password is None:\n'
        '        password = os.environ["F_PASSWORD"]\n\n    # first\n    return password',
    ),
    "a constructor": (
        "class A:\n  def __init__(self, db_password: str = 'hunter2x', *b):\n    self.x = db_password\nA()",
        "class A:\n  def __init__(self, db_password: str = None, *b):\n    if db_password is None:\n"
        "      db_password = os.environ['DB_PASSWORD']\n    self.x = db_password\nA()",
    ),
    "static": (
        "class A:\n    @staticmethod\n    def f(token='a1b2c3d4'):\n        if token: return g()",
        "class A:\n    @staticmethod\n    def f(token=None):\n        if token is None:\n"
        "            token = os.environ['F_TOKEN']\n        if token: return g()",
    ),
    "nested": (
        "def f():\n    def g(pwd='hunter2x'):\n        yield pwd\n    return g",
        "def f():\n    def g(pwd=None):\n        if pwd is None:\n"
        "            pwd = os.environ['G_PASSWORD']\n        yield pwd\n    return g",
    ),
    "two of one function": (
        "def f(password='hunter2x', token='a1b2c3d4'):\n    return password, token",
        "def f(password=None, token=None):\n    if token is None:\n"
        "        token = os.environ['F_TOKEN']\n    if password is None:\n"
        "        password = os.environ['F_PASSWORD']\n    return password, token",
    ),
}
LEFT_ALONE = {
    "no secret": ("def f(token_url='', password=''):\n    return password", "empty text"),
    "an ordinary word": ("def f(token='string'):\n    return token", "ordinary word"),
    "one line": ("def f(password='hunter2x'): return password", "stands on one line"),
    "a framework's function": (
        "@app.get('/')\ndef f(password: str = 'hunter2x'):\n    return password",
        "A decorator may read the default",
    ),
    "no body": (
        "class A:\n    def f(self, password='hunter2x'):\n        'Says.'\n        ...",
        "no body yet",
    ),
    "an abstract one": ("def f(password='hunter2x'):\n    raise NotImplementedError()", "no body yet"),
    "None means something": (
        "def f(password='hunter2x'):\n    if password is None:\n        return 1\n    return password",
        "is compared with None",
    ),
    "called with None": (
        "def f(password='hunter2x'):\n    return password\nx = f(password=None)",
        "`f` is called with None",
    ),
    "made with None": (
        "class A:\n    def __init__(self, password='hunter2x'):\n        self.x = password\na = A(None)",
        "is called with None",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_reads_the_secret_when_called(name: str) -> None:
    before, after = (f"import os\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("secret-from-env", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("secret-from-env", RULES, f"import os\n{code}\n", reason)


def test_a_call_gets_its_own_value_or_else_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    before = "def f(password='hunter2x'):\n    return password\n"
    after = (
        "import os\n\ndef f(password=None):\n    if password is None:\n"
        "        password = os.environ['F_PASSWORD']\n    return password\n"
    )
    check_rewritten("secret-from-env", RULES, before, after)
    monkeypatch.setitem(os.environ, "F_PASSWORD", "hunter2x")
    scopes: list[dict[str, object]] = [{}, {}]

    for code, scope in zip((before, after), scopes, strict=True):
        exec(f"{code}\nanswers = f(), f('a'), f(password='')\n", scope)

    assert scopes[0]["answers"] == scopes[1]["answers"]
