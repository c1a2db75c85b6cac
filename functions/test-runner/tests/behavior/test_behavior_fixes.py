"""Fixes that a security reviewer would accept keep the behavior."""

import pytest

from . import programs
from .programs import changed, check

FIXES = {
    "a bound value": (
        programs.LOGIN,
        [
            (
                '"SELECT id, username FROM users WHERE username = \'" + username + "\'"',
                '"SELECT id, username FROM users WHERE username = %s", (username,)',
            )
        ],
    ),
    "bound values for sqlite": (
        programs.ORDERS,
        [
            (
                "f\"INSERT INTO orders (customer, item) VALUES ('{customer}', '{item}')\"",
                '"INSERT INTO orders (customer, item) VALUES (?, ?)", (customer, item)',
            ),
            (
                '"SELECT customer, item FROM orders WHERE id = %d" % order_id',
                '"SELECT customer, item FROM orders WHERE id = ?", (order_id,)',
            ),
        ],
    ),
    "a bound pattern": (
        programs.ORDERS,
        [
            (
                '"SELECT item FROM orders WHERE item LIKE \'%" + term + "%\' AND id > 0"',
                '"SELECT item FROM orders WHERE item LIKE ? AND id > 0", ("%" + term + "%",)',
            )
        ],
    ),
    "a pattern joined by the database": (
        programs.ORDERS,
        [
            (
                '"SELECT item FROM orders WHERE item LIKE \'%" + term + "%\' AND id > 0"',
                "\"SELECT item FROM orders WHERE item LIKE '%' || :term || '%' AND id > 0\", {'term': term}",
            )
        ],
    ),
    "an argument list": (
        programs.COMMANDS,
        [
            ('"ping -c 1 " + host, shell=True', '["ping", "-c", "1", host]'),
            (
                'os.system("tar czf " + name + ".tgz data")',
                'subprocess.run(["tar", "czf", name + ".tgz", "data"])',
            ),
        ],
    ),
    "a quoted word": (
        programs.COMMANDS,
        [
            ("import os\n", "import os\nimport shlex\n"),
            ('"ping -c 1 " + host', '"ping -c 1 " + shlex.quote(host)'),
        ],
    ),
    "the safe loader": (programs.SETTINGS, [("yaml.load(text, Loader=yaml.Loader)", "yaml.safe_load(text)")]),
    "secrets from the environment": (
        programs.ADMIN,
        [
            ("from flask", "import os\nfrom flask"),
            ('"b7d1f0c2-key"', 'os.environ["APP_SECRET_KEY"]'),
            ('"letmein-2024"', 'os.environ["ADMIN_PASSWORD"]'),
        ],
    ),
    "a password from the environment": (
        programs.LOGIN,
        [
            ("import MySQLdb", "import os\nimport MySQLdb"),
            ("app = Flask(__name__)", 'DB_PASSWORD = os.environ["DB_PASSWORD"]\napp = Flask(__name__)'),
            ('passwd="s3cr3t-pass"', "passwd=DB_PASSWORD"),
        ],
    ),
    "a secret compared in constant time": (
        programs.ADMIN,
        [
            ("from flask", "import hmac\nfrom flask"),
            (
                "request.form.get('password') == ADMIN_PASSWORD",
                "hmac.compare_digest(request.form.get('password', ''), ADMIN_PASSWORD)",
            ),
        ],
    ),
    "a better source of chance": (
        programs.TOKENS,
        [
            ("import random", "import secrets"),
            ("random.choice", "secrets.choice"),
            ("random.randint(100000, 999999)", "100000 + secrets.randbelow(900000)"),
        ],
    ),
    "a refusal of what leaves the folder": (
        programs.NOTES,
        [
            (
                "def save_note(name, text):\n",
                'def save_note(name, text):\n    if ".." in name or name.startswith("/"):\n'
                '        raise ValueError("not a name")\n',
            )
        ],
    ),
    "checked certificates": (
        programs.FETCH,
        [("verify=False", "timeout=TIMEOUT"), ('"k-93jf02-live"', 'os.environ["API_KEY"]')],
    ),
    "no debugger": (programs.LOGIN, [("debug=True", "debug=False")]),
}


@pytest.mark.parametrize("name", FIXES)
def test_a_correct_fix_is_kept(name):
    original, changes = FIXES[name]
    answer = check(original, changed(original, *changes))

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


def test_an_environment_given_in_the_request_counts():
    candidate = changed(programs.FETCH, ('"APP_MODE", "production"', '"APP_MODE", "other"'))

    assert check(programs.FETCH, candidate, environment={"APP_MODE": "test"})["verdict"] == "kept"
