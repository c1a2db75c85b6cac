"""Another hash function over the same input counts as the same where it is meant, and only there."""

import pytest

from .programs import DIGEST, changed, check

REGISTER = """
import hashlib
from flask import Flask, request
import MySQLdb

app = Flask(__name__)

def stored(password):
    return hashlib.md5(password.encode()).hexdigest()

@app.route('/register', methods=['POST'])
def register():
    username = request.form['username']
    password = request.form['password']
    db = MySQLdb.connect(host="localhost", user="root", db="shop")
    cursor = db.cursor()
    cursor.execute("INSERT INTO users (username, password) VALUES (%s, %s)", (username, stored(password)))
    db.commit()
    return "done"

@app.route('/login', methods=['POST'])
def login():
    username = request.form['username']
    password = request.form['password']
    db = MySQLdb.connect(host="localhost", user="root", db="shop")
    cursor = db.cursor()
    cursor.execute("SELECT password FROM users WHERE username = %s", (username,))
    row = cursor.fetchone()
    if row:
        print(row[0])
    if row and row[0] == stored(password):
        return "welcome"
    return "no", 401
"""
STEPWISE = """
import base64
import hashlib

def stepwise(salt, password):
    state = hashlib.sha1(salt.encode())
    state.update(b':')
    other = state.copy()
    other.update(password.encode())
    return other.digest()

def twice(salt, password):
    return hashlib.sha1((salt + hashlib.sha1(password.encode()).hexdigest()).encode()).hexdigest().upper()

def encoded(password):
    print(base64.b64encode(hashlib.new('sha1', password.encode()).digest()).decode())

def checked(password):
    return {'password': hashlib.sha1(string=password.encode()).hexdigest(), 'length': len(password)}
"""
SAME = {
    "a returned digest": (DIGEST, [("md5", "sha256")]),
    "a stored and compared digest": (REGISTER, [("md5", "sha256")]),
    "every way to make one": (STEPWISE, [("sha1", "sha256")]),
    "a name for the function": (
        REGISTER,
        [("import hashlib\n", "from hashlib import sha256 as strong\n"), ("hashlib.md5", "strong")],
    ),
}
ANOTHER = {
    "of another input": (REGISTER, [("md5(password.encode())", "sha256(password.upper().encode())")]),
    "of a fixed input": (REGISTER, [("md5(password.encode())", "sha256(b'password')")]),
    "no digest": (REGISTER, [("hashlib.md5(password.encode()).hexdigest()", "'a' * 32")]),
    "the password itself": (REGISTER, [("hashlib.md5(password.encode()).hexdigest()", "password")]),
    "a part of one": (
        REGISTER,
        [("md5(password.encode()).hexdigest()", "sha256(password.encode()).hexdigest()[:32]")],
    ),
    "without the salt": (STEPWISE, [("(salt + hashlib.sha1(password", "(hashlib.sha256(password")]),
    "a lost update": (STEPWISE, [("    state.update(b':')\n", ""), ("sha1", "sha256")]),
    "other code beside it": (DIGEST, [("md5", "sha256"), ("fingerprint(first) ==", "fingerprint(first) !=")]),
}


@pytest.mark.parametrize("name", SAME)
def test_a_digest_of_the_same_input_is_kept_where_it_is_meant(name: str) -> None:
    original, changes = SAME[name]
    answer = check(original, changed(original, *changes), allowed=["digest"])

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


@pytest.mark.parametrize("name", SAME)
def test_it_deviates_where_it_is_not_meant(name: str) -> None:
    original, changes = SAME[name]

    assert check(original, changed(original, *changes))["verdict"] == "deviated"


@pytest.mark.parametrize("name", ANOTHER)
def test_anything_but_a_digest_of_the_same_input_deviates(name: str) -> None:
    original, changes = ANOTHER[name]

    assert check(original, changed(original, *changes), allowed=["digest"])["verdict"] == "deviated"


@pytest.mark.parametrize("original", [DIGEST, REGISTER, STEPWISE])
def test_a_program_equals_itself_where_digests_may_change(original: str) -> None:
    assert check(original, original, allowed=["digest"])["verdict"] == "kept"


def test_a_login_with_the_right_password_succeeds_on_both_sides() -> None:
    locked = changed(REGISTER, ("md5", "sha256"), ('return "welcome"', 'return "locked"'))

    assert "welcome" in check(REGISTER, locked, allowed=["digest"])["difference"]


def test_the_difference_names_what_was_hashed() -> None:
    other = changed(REGISTER, ("md5(password.encode())", "sha256(password.upper().encode())"))

    assert "<digest of 'vpassword'>" in check(REGISTER, other, allowed=["digest"])["difference"]
