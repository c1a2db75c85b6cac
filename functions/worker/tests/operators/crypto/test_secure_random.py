"""What must not be guessed is drawn from the system; simulations, games and seeded programs are left."""

import random
import secrets

import pytest

from tests.operators.crypto.rewriting import check_left, check_rewritten, declared

OPERATOR, RULES = "secure-random", ("B311",)
HEAD = "import random, secrets\n"

REWRITTEN = {
    "a choice": (
        "token = ''.join(random.choice(letters) for _ in range(9))",
        "token = ''.join(secrets.choice(letters) for _ in range(9))",
    ),
    "named by the function": (
        "def make_password(n):\n    return ''.join(random.choices(letters, k=n))",
        "def make_password(n):\n    return ''.join(random.SystemRandom().choices(letters, k=n))",
    ),
    "put together": (
        "def f(password=''):\n    for _ in 'ab':\n        password += random.choice(x)\n    return password",
        "def f(password=''):\n    for _ in 'ab':\n        password += secrets.choice(x)\n    return password",
    ),
    "into a session": (
        "def f(session):\n    code = random.randint(1000, 9999)\n    session['otp'] = code",
        "def f(session):\n    code = random.SystemRandom().randint(1000, 9999)\n    session['otp'] = code",
    ),
    "passed by keyword": (
        "async def f():\n    x = random.getrandbits(64)\n    await send(reset_token=x)",
        "async def f():\n    x = random.SystemRandom().getrandbits(64)\n    await send(reset_token=x)",
    ),
    "by another name": (
        "from random import choice as c\napi_key = [c(letters)]",
        "from random import choice as c\napi_key = [secrets.choice(letters)]",
    ),
    "another function by another name": (
        "from random import sample as s\nself.secret = s(\n    letters,  # kept\n    8,\n)",
        "from random import sample as s\n"
        "self.secret = random.SystemRandom().sample(\n    letters,  # kept\n    8,\n)",
    ),
}
LEFT_ALONE = {
    "no purpose": ("x = random.choice(items)", "cannot be told"),
    "a game": ("class Game:\n    def token(self):\n        return random.randint(1, 6)", "a game"),
    "a simulation": ("def simulate_sessions(n):\n    return random.random() * n", "a simulation"),
    "a test": ("def test_token():\n    token = random.choice('ab')", "a test"),
    "seeded": ("random.seed(7)\ntoken = random.choice('ab')", "seeds `random`"),
    "a key of a mapping": ("key = random.choice(list(table))", "cannot be told"),
    "a generator of its own": ("token = random.Random()", "certainly draws"),
    "another module": (
        "def f(random):\n    token = random.choice('ab')\n    return token",
        "certainly draws",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_draws_from_the_system(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    assert declared(check_rewritten(before, after, OPERATOR, RULES)) == []


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left(f"{HEAD}{code}\n", reason, OPERATOR, RULES)


def test_imports_what_it_needs() -> None:
    before = "from random import randrange\ntoken = randrange(10)\n"
    after = (
        "from random import randrange\nfrom random import SystemRandom\n"
        "token = SystemRandom().randrange(10)\n"
    )

    assert declared(check_rewritten(before, after, OPERATOR, RULES)) == [
        ("import", "random.SystemRandom", "")
    ]


def test_every_draw_is_one_of_the_system_too() -> None:
    names = "random randrange randint choice choices uniform triangular randbytes sample getrandbits".split()

    assert [name for name in names if not callable(getattr(random.SystemRandom(), name))] == []
    assert secrets.choice("a") == "a"
