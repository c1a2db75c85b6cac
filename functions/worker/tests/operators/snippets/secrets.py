"""What the operators for secrets are sure to rewrite."""

from tests.operators.snippets.form import Snippets

SECRETS: dict[str, Snippets] = {
    "secret-from-env": Snippets(
        rules=("B105", "B106", "B107"),
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
            "def d(b, password='hunter2x'):\n    'Says.'\n    return a(password)",
        ),
    ),
}
