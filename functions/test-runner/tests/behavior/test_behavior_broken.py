"""Changes that break a program deviate, and the answer says where first."""

import pytest

from . import programs
from .programs import changed, check

SELECT = 'cursor.execute("SELECT id, username FROM users WHERE username = \'" + username + "\'")'
BROKEN = {
    "route dropped": (
        programs.ORDERS, [("@app.route('/search')\n", "")],
        "no longer answers GET /search",
    ),
    "query result ignored": (
        programs.LOGIN, [("if row:", "if username:")],
        "POST /login: the original answered with status 401, the candidate answered with status 302",
    ),
    "condition lost": (
        programs.ORDERS, [(" AND id > 0", "")],
        "ran the statement select item from orders where item like '%vterm%'",
    ),
    "command not run": (
        programs.COMMANDS, [('    os.system(f"chown backup {name}.tgz")\n', "")],
        "the original ran the command chown backup vname.tgz, the candidate did nothing more",
    ),
    "commit missing": (
        programs.ORDERS, [("    conn.commit()\n", "")],
        "the original committed, the candidate did nothing more",
    ),
    "wrong placeholder style": (
        programs.LOGIN,
        [(SELECT, 'cursor.execute("SELECT id, username FROM users WHERE username = ?", (username,))')],
        "gave the database a statement with the wrong values",
    ),
    "wrong placeholder style for sqlite": (
        programs.ORDERS,
        [
            ('"SELECT customer, item FROM orders WHERE id = %d" % order_id',
             '"SELECT customer, item FROM orders WHERE id = %s", (order_id,)'),
        ],
        "GET /orders/",
    ),
    "quotes left around a placeholder": (
        programs.LOGIN,
        [(SELECT, "cursor.execute(\"SELECT id, username FROM users WHERE username = '%s'\", (username,))")],
        "ran the statement select id, username from users where username =",
    ),
    "wrong parameter order": (
        programs.ORDERS,
        [
            (
                "f\"INSERT INTO orders (customer, item) VALUES ('{customer}', '{item}')\"",
                '"INSERT INTO orders (customer, item) VALUES (?, ?)", (item, customer)',
            )
        ],
        "values ('vcustomer', 'vitem'), the candidate ran the statement",
    ),
    "status code changed": (
        programs.ORDERS, [("201", "200")],
        "the original answered with status 201, the candidate answered with status 200",
    ),
    "JSON key renamed": (
        programs.ORDERS, [('"added"', '"created"')],
        'the original answered {"added":"vitem"}, the candidate answered {"created":"vitem"}',
    ),
    "file not written": (
        programs.NOTES, [("        file.write(text)\n", "        pass\n")],
        "left the file notes/vname with",
    ),
    "exception swallowed": (
        programs.CHECKS, [('raise ValueError("not enough money")', "return balance")],
        "the original raised ValueError, the candidate returned",
    ),
    "wrong default of a variable": (
        programs.FETCH, [('"production"', '"debug"')],
        "mode(): the original returned 'production', the candidate returned 'debug'",
    ),
    "a forgotten import": (
        programs.COMMANDS, [('"ping -c 1 " + host', '"ping -c 1 " + shlex.quote(host)')],
        "raised NameError",
    ),
    "an argument that a function does not take": (
        programs.NOTES, [("file.write(text)", "file.write(text, flush=True)")],
        "(TypeError: TextIOWrapper.write() takes no keyword arguments)",
    ),
    "a name that is not there, behind a route": (
        programs.ORDERS, [('jsonify({"added": item})', 'jsonify({"added": itm})')],
        "the candidate answered with status 500 (NameError: name 'itm' is not defined)",
    ),
    "a condition turned round": (
        programs.ADMIN, [("== ADMIN_PASSWORD", "!= ADMIN_PASSWORD")],
        "POST /admin",
    ),
    "a new route": (
        programs.ADMIN, [("@app.route('/admin'", "@app.route('/x')\n@app.route('/admin'")],
        "answers GET /x, which the original does not",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_variant_deviates(name):
    original, changes, expected = BROKEN[name]
    answer = check(original, changed(original, *changes))

    assert answer["verdict"] == "deviated"
    assert expected in answer["difference"]
