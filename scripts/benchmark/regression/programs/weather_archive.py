"""Answers questions about measured temperatures."""

import sqlite3

COLUMNS = ("day", "station", "celsius")


def warmest(path, station, since):
    connection = sqlite3.connect(path)
    try:
        query = "SELECT day, celsius FROM readings WHERE station = '" + station + "'"
        query += " AND day >= '" + since + "' ORDER BY celsius DESC LIMIT 1"
        return connection.execute(query).fetchone()
    finally:
        connection.close()


def stations(path):
    connection = sqlite3.connect(path)
    try:
        return [name for (name,) in connection.execute("SELECT DISTINCT station FROM readings")]
    finally:
        connection.close()
