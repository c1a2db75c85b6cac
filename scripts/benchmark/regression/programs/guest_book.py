"""A guest book: entries are listed by author and added by a form."""

import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


def connect():
    return sqlite3.connect("guests.sqlite")


@app.route("/entries")
def entries():
    author = request.args.get("author", "")
    rows = connect().execute("SELECT text FROM entries WHERE author = '{}'".format(author)).fetchall()
    return jsonify([text for (text,) in rows])


@app.route("/entries", methods=["POST"])
def add_entry():
    connection = connect()
    connection.execute(
        "INSERT INTO entries (author, text) VALUES ('%s', '%s')" % (request.form["author"], request.form["text"])
    )
    connection.commit()
    return jsonify({"status": "added"}), 201
