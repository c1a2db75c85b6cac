"""What each operator is sure to rewrite: every operator of the registry has a row here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippets:
    """Statements that one operator rewrites, wherever in a program they stand.

    They may use the names a, b and c, which the programs around them define.
    """

    rules: tuple[str, ...]
    """Bandit's rules for which the operator is planned."""
    head: str
    """The imports that all snippets rely on."""
    positive: tuple[str, ...]
    brings: tuple[str, ...] = ()
    """Rules that flag the replacement, though it is right."""


SNIPPETS: dict[str, Snippets] = {
    "safe-loader": Snippets(
        rules=("B506",),
        head="import yaml\n",
        positive=(
            "d = yaml.load(a)",
            "d = yaml.load(a, Loader=yaml.Loader)",
            "yaml.load(a, yaml.FullLoader)  # why",
            "d = yaml.load(\n    a,\n    Loader=yaml.UnsafeLoader,\n)",
            "from yaml import load as l\nd = l(a)",
            "import yaml as y\nd = [y.load(b) for b in c]",
            "d = yaml.load(a, Loader=yaml.CLoader)['x']",
            "with open(a) as f: d = yaml.load(f)",
        ),
    ),
    "parameterize-query": Snippets(
        rules=("B608",),
        head="import sqlite3\ndb = sqlite3.connect('x')\n",
        positive=(
            'db.execute("SELECT x FROM t WHERE y = \'" + a + "\'")',
            "d = db.execute(f'SELECT x FROM t WHERE y LIKE \"%{b}%\"').fetchall()  # why",
            "db.cursor().execute(\n    '''SELECT x\n    FROM t\n    WHERE y = \"{0}\" '''.format(a)\n)",
            "q = \"DELETE FROM t WHERE y='%s' AND z='%d'\" % (a, b)\ndb.execute(q)",
            'q = "DELETE FROM t WHERE y = \'" + a + "\'"\nif b: print(c)\ndb.execute(q)',
            'q = f"DELETE FROM t WHERE y=\'{a}\'"\nif b:\n    q += " AND z=\'" + c + "\'"\ndb.execute(q)',
        ),
    ),
    "secret-from-env": Snippets(
        rules=("B105", "B106"),
        head="import smtplib\n",
        positive=(
            "password = 'hunter2!x'",
            "secret = 'k3y-99812'  # why",
            "b['SECRET_KEY'] = \"dev-4f5e6a7b\"",
            "c.api_token = 'tok-55667788'",
            "d = connect(user='root', password='root-pa55word')",
            "d = connect(\n    a,\n    password='sh0p-pa55word',  # kept\n)",
            "a.secret_key = b['token'] = 'a1b2c3d4'",
            "a['SECRET_KEY'] = ('a1b2'\n    'c3d4')",
            "d = {'user': a, 'password': 'x1'}",
            "a.connect(\n    user='me',\n    passwd='',  # blank\n)",
            "if a.password == 'hunter2x' and b: c()",
        ),
    ),
    "argv-without-shell": Snippets(
        rules=("B602", "B605"),
        head="import os, subprocess\n",
        positive=(
            "subprocess.call('ls -l /srv', shell=True)",
            "d = subprocess.check_output('git log ' + a, shell=True)",
            "subprocess.run(\n    f'touch /srv/{a}/seen',\n    shell=True,\n    check=True,\n)",
            "os.system('tool check ' + a)",
            "os.system(f\"tool check '{b}' --all\")  # why",
            "if a: os.system('sync')",
            "d = os.popen(f\"cat '{a}'\").read()",
            "if os.system('test -f %s' % a) != 0: print(b)",
            "from os import system as s\nd = s('make -C {}'.format(a))",
            "for d in os.popen('ls ' + a): print(d)",
        ),
        brings=("B404", "B603", "B607"),
    ),
}
