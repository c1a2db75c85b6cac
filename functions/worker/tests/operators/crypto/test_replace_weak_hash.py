"""Weak hashes: passwords get SHA-256 everywhere at once, what protects nothing says so, the rest is left."""

import hashlib

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import findings, plan

RULES = {"B303", "B324"}
HASH = "hashlib.md5(password.encode()).hexdigest()"
LOGIN = f"def login(password, row):\n    return row['password'] == {HASH}\n"

STRONGER = {
    "compared": (LOGIN, "hashlib.md5", "hashlib.sha256"),
    "by another name": (
        "import hashlib as h\ndef f(user, pwd):\n    user.stored = h.sha1(pwd).digest()\n",
        "h.sha1",
        "h.sha256",
    ),
    "step by step": (
        "def f(form, u):\n    h = hashlib.md5()\n    h.update(form.data['pass'])\n    u.x = h.hexdigest()\n",
        "md5()",
        "sha256()",
    ),
    "named by a text": (
        "def f(password, salt):\n    return hashlib.new('md5', salt + password).hexdigest()\n",
        "'md5'",
        "'sha256'",
    ),
    "named by keyword": (
        'async def f(password):\n    return hashlib.new(name="SHA1", data=password)\n',
        '"SHA1"',
        '"sha256"',
    ),
    "named by the function around it": (
        "class User:\n    def set_password(self, value):\n        self.kept = hashlib.sha1(value).digest()\n",
        "sha1(",
        "sha256(",
    ),
    "over a variable": (
        "def f(form, db):\n    given = form['passwort']\n    x = hashlib.md5(given)\n    put(x.digest())\n",
        "md5(",
        "sha256(",
    ),
    "passed by keyword": (
        "def f(db, x):\n    db.find(password=hashlib.md5(x).hexdigest())\n",
        "md5(",
        "sha256(",
    ),
    "with star arguments": ("def f(*password):\n    return hashlib.md5(*password)\n", "md5(", "sha256("),
    "twice": (
        "def f(password):\n    return hashlib.md5(hashlib.md5(password).digest()).hexdigest()\n",
        "md5(",
        "sha256(",
    ),
}
MARKED = {
    "a cache key": (
        "def cache_key(url):\n    return hashlib.md5(url.encode()).hexdigest()\n",
        "(url.encode())",
        "(url.encode(), usedforsecurity=False)",
    ),
    "an ETag": (
        "def f(response):\n    response.headers['ETag'] = hashlib.sha1(response.data).hexdigest()\n",
        "(response.data)",
        "(response.data, usedforsecurity=False)",
    ),
    "a checksum": (
        "def f(path):\n    checksum = hashlib.md5()\n    for part in path:\n        checksum.update(part)\n"
        "    return checksum.hexdigest()\n",
        "md5()",
        "md5(usedforsecurity=False)",
    ),
    "an avatar": (
        "def gravatar_url(email):\n    return BASE + hashlib.new('md5', email.lower()).hexdigest()\n",
        "email.lower())",
        "email.lower(), usedforsecurity=False)",
    ),
    "a shard": (
        "def f(name):\n    bucket = int(hashlib.md5(name).hexdigest(), 16) % 8\n    return bucket\n",
        "md5(name)",
        "md5(name, usedforsecurity=False)",
    ),
    "beside a password elsewhere": (
        "def f(password):\n    return login(password)\ndef cached(page):\n    return hashlib.md5(page)\n",
        "md5(page)",
        "md5(page, usedforsecurity=False)",
    ),
}
LEFT_ALONE = {
    "no purpose": ("def f(x):\n    return hashlib.md5(x).hexdigest()\n", "cannot be told"),
    "a token": ("def f(user):\n    token = hashlib.md5(user.name).hexdigest()\n", "cannot be told"),
    "a reset token": (
        "def reset_password(mail, now):\n    token = hashlib.sha1(mail + now)\n",
        "cannot be told",
    ),
    "a token in a function for passwords": (
        "def set_password(self, value):\n    self.token = hashlib.md5(value).hexdigest()\n",
        "cannot be told",
    ),
    "a signature": (
        "def sign(secret, body):\n    return hashlib.md5(secret + body).hexdigest()\n",
        "cannot be told",
    ),
    "a cache key beside a secret": (
        "def cache_key(secret, x):\n    return hashlib.md5(x + secret)\n",
        "cannot be told",
    ),
    "a checksum of a download": (
        "def f(download):\n    checksum = hashlib.md5(download)\n",
        "cannot be told",
    ),
    "a checksum of a line with a password": (
        "def f(password, file):\n    save(password, hashlib.md5(file).hexdigest())\n",
        "cannot be told",
    ),
    "an encryption key": (
        "def f(password):\n    key = hashlib.md5(password).digest()\n    return AES.new(key)\n",
        "used as a key",
    ),
    "cut": ("def f(password):\n    x = hashlib.sha1(password).hexdigest()\n    return x[:5]\n", "is cut out"),
    "a number": (
        "def f(password):\n    return int(hashlib.md5(password).hexdigest(), 16)\n",
        "through `int`",
    ),
    "an identifier": (
        "import uuid\ndef f(password):\n    x = hashlib.md5(password).digest()\n    return uuid.UUID(x)\n",
        "through `UUID`",
    ),
    "a stored digest": (
        LOGIN + "ADMIN = '5f4dcc3b5aa765d61d8327deb882cf99'\n",
        "Line 4 holds a stored digest",
    ),
    "a column": (LOGIN + "Q = 'CREATE TABLE u (id INT, password VARCHAR(32))'\n", "column `password`"),
    "a column of a model": (
        LOGIN + "class U:\n    password = db.Column(db.String(40))\n",
        "column that is too short",
    ),
    "a length": (LOGIN + "def is_hash(x):\n    return len(x) == 32\n", "compares a length"),
    "a pattern": (LOGIN + "P = '^[0-9a-f]{32}$'\n", "checks the length"),
    "the database hashes": (LOGIN + "Q = 'SELECT 1 FROM u WHERE p = MD5(%s)'\n", "lets the database hash"),
    "a scheme": (
        "def f(password):\n    return '{SHA}' + b64(hashlib.sha1(password).digest())\n",
        "names the hash",
    ),
    "digest authentication": (
        "def f(user, realm, password):\n    return hashlib.md5(user + realm + password).hexdigest()\n",
        "HTTP digest authentication",
    ),
    "sent away": (
        "import requests\ndef f(password):\n    requests.post(URL, data=hashlib.md5(password).hexdigest())\n",
        "sent to another program",
    ),
    "sent by a session": (
        "def f(s, password):\n    x = {'pw': hashlib.md5(password).digest()}\n    s.post(URL, data=x)\n",
        "sent to another program",
    ),
    "a challenge": (
        "def f(challenge, password):\n    return hashlib.md5(challenge + password)\n",
        "challenge",
    ),
    "a name that promises": ("def md5_of(password):\n    return hashlib.md5(password)\n", "named after MD5"),
    "a class that promises": (
        "class MD5PasswordHasher:\n    def encode(self, password):\n        return hashlib.md5(password)\n",
        "named after MD5",
    ),
    "a password that is made up": (
        "def f(user, now):\n    user.password = hashlib.md5(now.isoformat()).hexdigest()\n",
        "cannot be told",
    ),
    "a file that is verified": ("def verify_file(file):\n    return hashlib.md5(file)\n", "cannot be told"),
    "another one that stays": (
        LOGIN + "def f(x):\n    return hashlib.md5(x)\n",
        "The weak hash in line 5 stays",
    ),
    "handed on": (
        LOGIN + "import hmac\ndef f(k, m):\n    return hmac.new(k, m, hashlib.sha1)\n",
        "Line 6 hands",
    ),
    "a signature of the library": (
        "from cryptography.hazmat.primitives import hashes\ndef f(password):\n    return hashes.MD5()\n",
        "is handed to `cryptography`",
    ),
    "a module that cannot mark": (
        "from Crypto.Hash import MD5\ndef cache_key(x):\n    return MD5.new(x)\n",
        "cannot say that a hash protects nothing",
    ),
    "a package's module": (
        "import Crypto.Hash.MD5\ndef f(password):\n    return Crypto.Hash.MD5.new(password)\n",
        "stays",
    ),
    "unknown options": (
        "def cache_key(x, **more):\n    return hashlib.md5(x, **more)\n",
        "passes ** arguments",
    ),
}


def applied(code: str) -> Applied:
    data = f"import hashlib\n{code}".encode()
    return apply_edits(data, plan(data, "replace-weak-hash", RULES))


@pytest.mark.parametrize("name", STRONGER)
def test_hashes_passwords_with_sha_256_in_the_same_shape(name: str) -> None:
    code, before, after = STRONGER[name]

    result = applied(code)

    assert (result.candidate or b"").decode() == f"import hashlib\n{code.replace(before, after)}"
    assert {each.kind for _, rewrite in result.applied for each in rewrite.declared} == {"digest"}


@pytest.mark.parametrize("name", MARKED)
def test_marks_what_protects_nothing_and_keeps_its_value(name: str) -> None:
    code, before, after = MARKED[name]

    result = applied(code)

    assert (result.candidate or b"").decode() == f"import hashlib\n{code.replace(before, after)}"
    assert {each.kind for _, rewrite in result.applied for each in rewrite.declared} == {"setting"}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    result = applied(code)

    assert result.candidate is None
    assert any(reason in each.reason for each in result.declined), result.declined


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "from hashlib import md5 as m\ndef f(password):\n    return m(password)\n",
            "from hashlib import md5 as m\nfrom hashlib import sha256\n"
            "def f(password):\n    return sha256(password)\n",
        ),
        (
            "from Crypto.Hash import SHA as S\ndef f(password):\n    return S.new(password)\n",
            "from Crypto.Hash import SHA as S\nfrom Crypto.Hash import SHA256\n"
            "def f(password):\n    return SHA256.new(password)\n",
        ),
    ],
)
def test_imports_the_strong_hash_as_the_program_imports(code: str, expected: str) -> None:
    result = apply_edits(code.encode(), plan(code.encode(), "replace-weak-hash", RULES))

    assert (result.candidate or b"").decode() == expected


def test_changes_every_password_of_a_file_or_none() -> None:
    code = LOGIN + f"def register(user, password):\n    user.password = {HASH}\n"

    result = applied(code)

    assert result.candidate is not None
    assert b"md5" not in result.candidate
    assert len(result.applied) == 2
    assert result.applied[0][1].replacements.keys() == result.applied[1][1].replacements.keys()
    assert [each.definition for each in result.applied[0][1].declared] == ["login", "register"]


def test_says_that_it_is_no_password_hash_and_that_digests_must_be_made_anew() -> None:
    (summary,) = (rewrite.summary for _, rewrite in applied(LOGIN).applied)

    assert "must be made anew" in summary
    assert "no password hash" in summary
    assert "argon2" in summary


@pytest.mark.parametrize("name", [*STRONGER, *MARKED])
def test_all_gates_pass_and_the_findings_are_gone(name: str) -> None:
    code = f"import hashlib\n{({**STRONGER, **MARKED})[name][0]}".encode()
    result = apply_edits(code, plan(code, "replace-weak-hash", RULES))
    candidate = result.candidate or b""

    gates = verify_candidate(code, candidate, result.document()["applied"])

    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []
    assert not {each.rule for each in findings(candidate)} & RULES


def test_the_mark_is_refused_where_no_operator_declared_it() -> None:
    code, before, after = MARKED["a cache key"]

    gates = verify_candidate(code.encode(), code.replace(before, after).encode(), [])

    assert gates["honest"]["light"] == "fail"


def test_a_declared_mark_allows_nothing_else() -> None:
    before = (
        "import hashlib\nimport subprocess\ndef cache_key(url):\n    subprocess.run([url])\n"
        "    return hashlib.md5(url)\ndef sign(body):\n    return hashlib.md5(body)\n"
    )
    marked = before.replace("md5(url)", "md5(url, usedforsecurity=False)")
    document = apply_edits(before.encode(), plan(before.encode(), "replace-weak-hash", RULES)).document()
    others = {
        "another mark": marked.replace("md5(body)", "md5(body, usedforsecurity=False)"),
        "a dropped call": marked.replace("    subprocess.run([url])\n", ""),
        "a dropped hash": before.replace("hashlib.md5(url)", "url"),
    }

    assert (
        verify_candidate(before.encode(), marked.encode(), document["applied"])["honest"]["light"] == "pass"
    )
    for name, other in others.items():
        gates = verify_candidate(before.encode(), other.encode(), document["applied"])
        assert "fail" in {gate["light"] for gate in gates.values()}, name


def test_the_mark_keeps_the_value() -> None:
    assert hashlib.md5(b"x", usedforsecurity=False).digest() == hashlib.md5(b"x").digest()
