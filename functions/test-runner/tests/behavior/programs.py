"""Small programs of the kinds that users bring, each vulnerable in its own way."""

from sgcode_runner.judging.behavior import run_behavior

LOGIN = """
from flask import Flask, request, redirect
import MySQLdb

app = Flask(__name__)

@app.route('/login', methods=['POST'])
def login():
    username = request.form['username']
    db = MySQLdb.connect(host="localhost", user="root", passwd="s3cr3t-pass", db="shop")
    cursor = db.cursor()
    cursor.execute("SELECT id, username FROM users WHERE username = '" + username + "'")
    row = cursor.fetchone()
    db.close()
    if row:
        return redirect('/home')
    return "Unknown user", 401

if __name__ == '__main__':
    app.run(debug=True)
"""

ORDERS = """
from flask import Flask, request, jsonify
import sqlite3

app = Flask(__name__)

@app.route('/orders', methods=['POST'])
def add_order():
    customer = request.json['customer']
    item = request.json['item']
    conn = sqlite3.connect('orders.db')
    cursor = conn.cursor()
    cursor.execute(f"INSERT INTO orders (customer, item) VALUES ('{customer}', '{item}')")
    conn.commit()
    conn.close()
    return jsonify({"added": item}), 201

@app.route('/orders/<int:order_id>')
def get_order(order_id):
    conn = sqlite3.connect('orders.db')
    row = conn.execute("SELECT customer, item FROM orders WHERE id = %d" % order_id).fetchone()
    conn.close()
    if row is None:
        return jsonify({"error": "no such order"}), 404
    return jsonify({"customer": row[0], "item": row[1]})

@app.route('/search')
def search():
    term = request.args.get('term', '')
    conn = sqlite3.connect('orders.db')
    rows = conn.execute("SELECT item FROM orders WHERE item LIKE '%" + term + "%' AND id > 0").fetchall()
    return jsonify([row[0] for row in rows])
"""

COMMANDS = """
from flask import Flask, request
import os
import subprocess

app = Flask(__name__)

@app.route('/ping')
def ping():
    host = request.args.get('host')
    return subprocess.check_output("ping -c 1 " + host, shell=True)

@app.route('/backup', methods=['POST'])
def backup():
    name = request.form['name']
    os.system("tar czf " + name + ".tgz data")
    os.system(f"chown backup {name}.tgz")
    return "done"
"""

SETTINGS = """
import yaml

def load_settings(text):
    return yaml.load(text, Loader=yaml.Loader)

def mode_of(settings):
    return settings.get("mode", "safe")

if __name__ == "__main__":
    print(mode_of(load_settings("mode: fast")))
"""

ADMIN = """
from flask import Flask, request, jsonify

app = Flask(__name__)
app.secret_key = "b7d1f0c2-key"
ADMIN_PASSWORD = "letmein-2024"

@app.route('/admin', methods=['POST'])
def admin():
    if request.form.get('password') == ADMIN_PASSWORD:
        return jsonify({"admin": True})
    return jsonify({"admin": False}), 403
"""

NOTES = """
import os

def save_note(name, text):
    with open(os.path.join("notes", name), "w") as file:
        file.write(text)
    return len(text)

def read_note(name):
    with open(os.path.join("notes", name)) as file:
        return file.read()
"""

DIGEST = """
import hashlib

def fingerprint(text):
    return hashlib.md5(text.encode()).hexdigest()

def same(first, second):
    return fingerprint(first) == fingerprint(second)
"""

TOKENS = """
import random
import string

def make_token(length=12):
    return ''.join(random.choice(string.ascii_letters) for _ in range(length))

def pick_number():
    return random.randint(100000, 999999)
"""

CHECKS = """
def withdraw(balance, amount):
    if amount <= 0:
        raise ValueError("the amount must be positive")
    if balance - amount < 1000:
        raise ValueError("not enough money")
    return balance - amount

class Account:
    def __init__(self, owner):
        self.owner = owner
        self.log = []

    def deposit(self, amount):
        self.log.append(amount)
        return sum(self.log)
"""

FETCH = """
import os
import requests

TIMEOUT = 5

def fetch(path):
    answer = requests.get("https://api.example.com/" + path, headers={"X-Key": "k-93jf02-live"}, verify=False)
    return answer.json()["status"]

def mode():
    return os.environ.get("APP_MODE", "production")
"""

ASKING = """
import subprocess

name = input("Name: ")
print("Hello " + name)
subprocess.call("mkdir -p /srv/" + name, shell=True)
"""

NOT_COMPILING = """
from flask import Flask, request, jsonify

app = Flask(__name__)
PASSWORD = "open-sesame-1"

@app.route('/change', methods=['POST'])
def change():
    if request.form.get('old') != PASSWORD:
        return "no", 401
    global PASSWORD
    PASSWORD = request.form.get('new')
    return jsonify(changed=True)
"""

PROGRAMS = {
    "login": LOGIN,
    "orders": ORDERS,
    "commands": COMMANDS,
    "settings": SETTINGS,
    "admin": ADMIN,
    "notes": NOTES,
    "digest": DIGEST,
    "tokens": TOKENS,
    "checks": CHECKS,
    "fetch": FETCH,
    "asking": ASKING,
    "not compiling": NOT_COMPILING,
}


def changed(program: str, *changes: tuple[str, str]) -> str:
    """Return the program with each text replaced; a text that is not there is a mistake of the test."""
    for before, after in changes:
        assert before in program, before
        program = program.replace(before, after)
    return program


def check(original: str, candidate: str, **more: object) -> dict:
    return run_behavior({"original": original, "candidate": candidate, "seconds": 10, **more})
