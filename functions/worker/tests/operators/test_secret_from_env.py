import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, findings, plan

RULES = ("B105", "B106")
CONNECT = "import os\nimport {0}\n{0}.{1}(host='h', user='u', {2})"

# Every program imports os first, and its secret becomes what stands behind it.
REWRITTEN = {
    "constant": ("ADMIN_PASSWORD = 'adm1n'", "ADMIN_PASSWORD = os.environ['ADMIN_PASSWORD']"),
    "double quotes": ('API_TOKEN = "a1b2c3d4"', 'API_TOKEN = os.environ["API_TOKEN"]'),
    "lower case": ("db_password = 'x1y2'", "db_password = os.environ['DB_PASSWORD']"),
    "item": ("app.config['SECRET_KEY'] = 'dev'", "app.config['SECRET_KEY'] = os.environ['SECRET_KEY']"),
    "attribute": ("app.secret_key = 'secret'", "app.secret_key = os.environ['SECRET_KEY']"),
    "two targets": ("a = password = 'hunter2x'", "a = password = os.environ['APP_PASSWORD']"),
    "adjacent literals": ("secret = ('a1b2'\n  'c3d4')", "secret = os.environ['APP_SECRET']"),
    "entry of a named mapping": (
        "MAIL = {'user': 'a', 'password': 'pass'}",
        "MAIL = {'user': 'a', 'password': os.environ['MAIL_PASSWORD']}",
    ),
    "entry of a nested mapping": (
        "DATABASES = {'default': {'NAME': 'a', 'USER': 'b', 'PASSWORD': 'c1'}}",
        "DATABASES = {'default': {'NAME': 'a', 'USER': 'b', 'PASSWORD': os.environ['DATABASES_PASSWORD']}}",
    ),
    "entry of a passed mapping": (
        "connect(**{'host': 'h', 'db': 'd', 'password': 'p1'})",
        "connect(**{'host': 'h', 'db': 'd', 'password': os.environ['DB_PASSWORD']})",
    ),
    "keyword of a method": (
        "mail.login(user='a', password='b1')",
        "mail.login(user='a', password=os.environ['MAIL_PASSWORD'])",
    ),
    "keyword of a function": (
        "create_user(name='a', password='b1c2d3e4')",
        "create_user(name='a', password=os.environ['CREATE_USER_PASSWORD'])",
    ),
    "keyword in a line of its own": (
        "d = connect(\n    'h',\n    user='root',\n    passwd='root',  # why\n)",
        "d = connect(\n    'h',\n    user='root',\n    passwd=os.environ['CONNECT_PASSWORD'],  # why\n)",
    ),
    "blank password of a connection": (
        "d = connect(user='root', passwd='', db='d')",
        "d = connect(user='root', passwd=os.environ.get('DB_PASSWORD', ''), db='d')",
    ),
    "comparison": (
        "def login(password):\n    return password == 'hunter2x'",
        "def login(password):\n    return password == os.environ['LOGIN_PASSWORD']",
    ),
    "comparison beside a user": (
        "if user == 'admin' and password != 'admin': exit()",
        "if user == 'admin' and password != os.environ['APP_PASSWORD']: exit()",
    ),
    "class": (
        "class Config:\n    token = 'a1b2c3d4'",
        "class Config:\n    token = os.environ['CONFIG_TOKEN']",
    ),
    "method": (
        "class Mailer:\n    async def send(self):\n        self.password = 'hunter2x'",
        "class Mailer:\n    async def send(self):\n        self.password = os.environ['SEND_PASSWORD']",
    ),
    "the shell's own variable": ("PWD = 'hunter2x'", "PWD = os.environ['APP_PASSWORD']"),
    "name that is read already": (
        "x = os.environ['API_TOKEN']\nAPI_TOKEN = 'a1b2c3d4'",
        "x = os.environ['API_TOKEN']\nAPI_TOKEN = os.environ['API_TOKEN_2']",
    ),
    "one secret twice": (
        "DB_PASSWORD = 'x1'\nconnect(user='u', password='x1')",
        "DB_PASSWORD = os.environ['DB_PASSWORD']\nconnect(user='u', password=os.environ['DB_PASSWORD'])",
    ),
    "two secrets of one name": (
        "c(db='a', user='u', password='x1')\nc(db='b', user='u', password='y2')",
        "c(db='a', user='u', password=os.environ['DB_PASSWORD'])\n"
        "c(db='b', user='u', password=os.environ['DB_PASSWORD_2'])",
    ),
    "two secrets of one call": (
        "c(user='u', password='x1', token='y2')",
        "c(user='u', password=os.environ['C_PASSWORD'], token=os.environ['C_TOKEN'])",
    ),
}


def rewritten(code: str) -> Applied:
    """All passes over the program, as one account."""
    data, result = code.encode(), Applied()
    while True:
        one = apply_edits(data, plan(data, "secret-from-env", RULES))
        result.applied += one.applied
        result.declined = one.declined
        if one.candidate is None:
            return result
        data = result.candidate = one.candidate


@pytest.mark.parametrize("name", REWRITTEN)
def test_reads_the_secret_from_the_environment(name: str) -> None:
    before, after = (f"import os\n{code}\n" for code in REWRITTEN[name])

    result = rewritten(before)

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule in RULES]
    gates = verify_candidate(before.encode(), after.encode(), result.document()["applied"])
    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []


LEFT_ALONE = {
    "an empty beginning": ("password = ''", "empty text"),
    "an empty input": ("if password == '': exit()", "empty text"),
    "a mark of a language": ("if token == '<': pass", "no letter and no digit"),
    "a token of a language": ("token = 'NUMBER'", "ordinary word"),
    "a header": ("TOKEN_HEADER = 'X-Auth-a1b2c3'", "names a secret's header"),
    "a header's name": ("CSRF_TOKEN = 'X-CSRF-Token'", "a header's name"),
    "an address": ("TOKEN_URL = 'https://a.example/1'", "names a secret's url"),
    "a path": ("password = '/run/secrets/1'", "a path"),
    "a file": ("secret = 'secret.json'", "a path"),
    "a message": ("invalid_password = 'The password is too short'", "reads like a message"),
    "a template": ("token = 'tok-{user}-a1b2'", "a template"),
    "a pattern": ("password = '^[a-z0-9]{8,}$'", "a pattern"),
    "a module": ("password = 'app.auth.validators.Length8'", "name of a module"),
    "a field's name": ("def f(r):\n    secret = 'a1b2c3d4'\n    return r.form[secret]", "look a value up"),
    "a key that is asked for": ("SECRET = 'a1b2c3d4'\nx = d.get(SECRET)", "look a value up"),
    "a repeated name": ("d = {'password': 'password'}", "only repeats the name"),
    "a weak password": ("if password == '12345': warn()", "weak passwords"),
    "a command word": ("if password == 'quit': exit()", "ordinary word"),
    "a test's data": ("def test_login():\n    login(user='a', password='hunter2x')", "test `test_login`"),
    "a null character": ("password = 'hunter\\x002'", "null character"),
    "half a character": ("password = 'hunter\\ud8002'", "UTF-8"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_what_is_no_secret(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    result = rewritten(f"{code}\n")

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True]


@pytest.mark.parametrize(
    ("code", "place", "after"),
    [
        ("api_key: str = 'k3y'", "'k3y'", "api_key: str = os.environ['APP_API_KEY']"),
        ("password = b'hunter2x'", "b'hunter2x'", "password = os.environ['APP_PASSWORD'].encode()"),
        ("dbPassword = 'x1y2'", "'x1y2'", "dbPassword = os.environ['DB_PASSWORD']"),
        ("f(access_key='k3y')", "access_key='k3y'", "f(access_key=os.environ['F_ACCESS_KEY'])"),
    ],
)
def test_rewrites_what_bandit_does_not_report(code: str, place: str, after: str) -> None:
    result = apply_edits(code.encode(), [edit_at(code, place, "secret-from-env")])

    assert (result.candidate or b"").decode().partition("import os\n")[2].strip() == after


@pytest.mark.parametrize("code", ["password = f'a{b}'", "name = 'a1b2c3d4'", "f(*password)"])
def test_declines_where_no_plain_secret_stands(code: str) -> None:
    result = apply_edits(code.encode(), [edit_at(code, code, "secret-from-env")])

    assert [each.reason for each in result.declined] == ["No plain text under a secret's name is there."]


@pytest.mark.parametrize(
    ("module", "system"),
    [("psycopg2", "DB"), ("MySQLdb", "DB"), ("redis", "REDIS"), ("smtplib", "SMTP"), ("paramiko", "SSH")],
)
def test_names_the_variable_after_the_system(module: str, system: str) -> None:
    result = rewritten(CONNECT.format(module, "connect", "password='x1'"))

    assert [each.name for _, rewrite in result.applied for each in rewrite.environment] == [
        f"{system}_PASSWORD"
    ]


def test_declares_what_changes() -> None:
    _, rewrite = rewritten("import os\nAPI_TOKEN = 'a1b2c3d4'\n").applied[0]

    assert [(each.kind, each.name, each.definition) for each in rewrite.declared] == [
        ("environment", "API_TOKEN", ""),
        ("exception", "KeyError", ""),
        ("constant", "API_TOKEN", ""),
    ]
    assert [(each.name, each.required) for each in rewrite.environment] == [("API_TOKEN", True)]
    assert "a1b2c3d4" not in f"{rewrite.summary}{rewrite.declared}"


def test_a_blank_password_needs_no_variable() -> None:
    _, rewrite = rewritten("def f():\n    return connect(user='u', passwd='', db='d')\n").applied[0]

    assert [(each.name, each.required) for each in rewrite.environment] == [("DB_PASSWORD", False)]
    assert [(each.kind, each.definition) for each in rewrite.declared] == [("environment", "f")]


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("from os import environ\ntoken_x = 'a1b2c3d4'", "token_x = environ['TOKEN_X']"),
        ("os = 1\ndb_token = 'a1b2c3d4'", "db_token = _os.environ['DB_TOKEN']"),
    ],
)
def test_uses_the_imports_that_are_there(code: str, after: str) -> None:
    result = apply_edits(code.encode(), [edit_at(code, "'a1b2c3d4'", "secret-from-env")])

    assert (result.candidate or b"").decode().splitlines()[-1] == after


@settings(max_examples=60, deadline=None)
@given(
    secret=st.text(string.printable, max_size=20), name=st.sampled_from(["password", "DB_TOKEN", "secret"])
)
def test_the_secret_is_gone_and_the_rest_stays(secret: str, name: str) -> None:
    code = f"before = ( 1,)  # kept\nd = connect(user='u', {name}={secret!r})\nafter =  2\n"

    candidate = rewritten(code).candidate

    if candidate is not None:
        text = candidate.decode()
        compile(text, "candidate", "exec")
        assert [line for line in code.splitlines() if "connect" not in line] == [
            line for line in text.splitlines() if "connect" not in line and "import os" not in line and line
        ]
        assert not secret or repr(secret) not in text.replace("'u'", "")
        assert rewritten(text).candidate is None
