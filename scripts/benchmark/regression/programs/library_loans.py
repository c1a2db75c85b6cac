"""Loans of a small library, kept in SQLite."""

import sqlite3


def open_loans(connection, member):
    cursor = connection.cursor()
    cursor.execute("SELECT title, due FROM loans WHERE returned = 0 AND member = '%s'" % member)
    return cursor.fetchall()


def lend(connection, member, title, due):
    connection.execute(
        f"INSERT INTO loans (member, title, due, returned) VALUES ('{member}', '{title}', '{due}', 0)"
    )
    connection.commit()
    return open_loans(connection, member)


def main():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE loans (member TEXT, title TEXT, due TEXT, returned INTEGER)")
    print(lend(connection, "ines", "Solaris", "2030-01-01"))


if __name__ == "__main__":
    main()
