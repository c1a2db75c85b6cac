"""Finds tickets whose subject or number matches."""

import sqlite3


class Tickets:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)

    def by_number(self, number):
        sql = f"SELECT number, subject, state FROM tickets WHERE number = {number}"
        return self.connection.execute(sql).fetchone()

    def by_subject(self, word):
        return self.connection.execute(
            f"SELECT number, subject FROM tickets WHERE subject LIKE '%{word}%'"
        ).fetchall()

    def close(self, number, reason):
        self.connection.execute(
            f"UPDATE tickets SET state = 'closed', reason = '{reason}' WHERE number = {number}"
        )
        self.connection.commit()
