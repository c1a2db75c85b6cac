"""Finds books in a shop's catalog by what a visitor types."""

import sqlite3


def find_books(database, word):
    connection = sqlite3.connect(database)
    cursor = connection.cursor()
    query = f"SELECT id, title, price FROM books WHERE title LIKE '%{word}%' ORDER BY year DESC"
    return cursor.execute(query).fetchall()


def books_of(database, author):
    connection = sqlite3.connect(database)
    cursor = connection.cursor()
    cursor.execute("SELECT title FROM books WHERE author = '%s'" % author)
    return [title for (title,) in cursor.fetchall()]
