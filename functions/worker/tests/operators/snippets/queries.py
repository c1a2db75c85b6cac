"""What the operators for queries are sure to rewrite."""

from tests.operators.snippets.form import Snippets

QUERIES: dict[str, Snippets] = {
    "parameterize-query": Snippets(
        rules=("B608", "B610", "B611"),
        head="import sqlite3\ndb = sqlite3.connect('x')\n",
        positive=(
            'db.execute("SELECT x FROM t WHERE y = \'" + a + "\'")',
            "d = c.objects.extra(where=[f\"x = '{a}'\"])",
            "d = db.execute(f'SELECT x FROM t WHERE y LIKE \"%{b}%\"').fetchall()  # why",
            "db.cursor().execute(\n    '''SELECT x\n    FROM t\n    WHERE y = \"{0}\" '''.format(a)\n)",
            "q = \"DELETE FROM t WHERE y='%s' AND z='%d'\" % (a, b)\ndb.execute(q)",
            'q = "DELETE FROM t WHERE y = \'" + a + "\'"\nif b: print(c)\ndb.execute(q)',
            "q = f\"DELETE FROM t WHERE y='{a}'\"\nprint('now', q)\ndb.execute(q)",
            "d = 'u'\ndb.executemany(f'INSERT INTO {d} (x) VALUES (?)', b)",
            'q = f"DELETE FROM t WHERE y=\'{a}\'"\nif b:\n    q += " AND z=\'" + c + "\'"\ndb.execute(q)',
        ),
    ),
}
