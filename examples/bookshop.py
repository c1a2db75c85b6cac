"""A small bookshop: a Flask application over SQLite that lists, finds and orders books."""

import sqlite3

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
DATABASE = "bookshop.sqlite"


def database():
    if "database" not in g:
        g.database = sqlite3.connect(DATABASE)
        g.database.row_factory = sqlite3.Row
    return g.database


@app.teardown_appcontext
def close_database(_error):
    connection = g.pop("database", None)
    if connection is not None:
        connection.close()


@app.get("/books")
def find_books():
    """Books whose title holds the given word, the newest first."""
    word = request.args.get("word", "")
    query = f"SELECT id, title, price FROM books WHERE title LIKE '%{word}%' ORDER BY year DESC"
    rows = database().execute(query).fetchall()
    return jsonify([dict(row) for row in rows])


@app.get("/books/<isbn>")
def show_book(isbn):
    cursor = database().cursor()
    cursor.execute("SELECT id, title, author, price FROM books WHERE isbn = '%s'" % isbn)
    row = cursor.fetchone()
    if row is None:
        abort(404)
    return jsonify(dict(row))


@app.post("/orders")
def place_order():
    order = request.get_json()
    connection = database()
    connection.execute(
        "INSERT INTO orders (customer, isbn) VALUES ('" + order["customer"] + "', '" + order["isbn"] + "')"
    )
    connection.commit()
    return jsonify({"status": "placed"}), 201


if __name__ == "__main__":
    app.run()
