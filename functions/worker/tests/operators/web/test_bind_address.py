import pytest

from tests.operators.outcomes import check_left_alone, check_rewritten

RULES = {"B104"}
REWRITTEN = {
    "a socket": (
        "s.bind(('0.0.0.0', 80))",
        "s.bind((os.environ.get('BIND_ADDRESS', '127.0.0.1'), 80))",
    ),
    "a keyword": (
        'app.run(host="0.0.0.0", port=80)',
        'app.run(host=os.environ.get("BIND_ADDRESS", "127.0.0.1"), port=80)',
    ),
    "by position": (
        "io.run(app, '0.0.0.0', 80)",
        "io.run(app, os.environ.get('BIND_ADDRESS', '127.0.0.1'), 80)",
    ),
    "a server of the standard library": (
        "import http.server\nhttp.server.HTTPServer(('0.0.0.0', 80), h)",
        "import http.server\nhttp.server.HTTPServer((os.environ.get('BIND_ADDRESS', '127.0.0.1'), 80), h)",
    ),
    "asyncio, several lines": (
        "async def f():\n    await asyncio.start_server(\n        g,\n        '0.0.0.0',  # all\n    )",
        "async def f():\n    await asyncio.start_server(\n        g,\n"
        "        os.environ.get('BIND_ADDRESS', '127.0.0.1'),  # all\n    )",
    ),
    "a constant": (
        "HOST = '0.0.0.0'\ndef f():\n    uvicorn.run(app, host=HOST)\n    s.bind((HOST, 80))",
        "HOST = os.environ.get('BIND_ADDRESS', '127.0.0.1')\n"
        "def f():\n    uvicorn.run(app, host=HOST)\n    s.bind((HOST, 80))",
    ),
    "an annotated local": (
        "def f():\n    host: str = '0.0.0.0'\n    serve(app, host=host)",
        "def f():\n    host: str = os.environ.get('BIND_ADDRESS', '127.0.0.1')\n    serve(app, host=host)",
    ),
    "two of them": (
        "s.bind(('0.0.0.0', 80))\nt.bind(('0.0.0.0', 81))",
        "s.bind((os.environ.get('BIND_ADDRESS', '127.0.0.1'), 80))\n"
        "t.bind((os.environ.get('BIND_ADDRESS', '127.0.0.1'), 81))",
    ),
    "a default of the environment": (
        "app.run(os.environ.get('HOST', '0.0.0.0'))",
        "app.run(os.environ.get('HOST', '127.0.0.1'))",
    ),
    "a constant from the environment": (
        "from os import getenv as g\nhost = g('HOST', '0.0.0.0')\napp.run(host)",
        "from os import getenv as g\nhost = g('HOST', '127.0.0.1')\napp.run(host)",
    ),
}
LEFT_ALONE = {
    "a comparison": "if host == '0.0.0.0':\n    print('open')",
    "a list": "everywhere = ['0.0.0.0', '::']",
    "a client": "s.connect(('0.0.0.0', 80))",
    "a port's place": "s.bind((host, '0.0.0.0'))",
    "another keyword": "app.run(name='0.0.0.0')",
    "a constant that is shown too": "HOST = '0.0.0.0'\nprint(HOST)\napp.run(HOST)",
    "a constant given twice": "HOST = '0.0.0.0'\nif a:\n    HOST = b\napp.run(HOST)",
    "a constant for others": "HOST = '0.0.0.0'",
    "a parameter's default": "def f(host='0.0.0.0'):\n    app.run(host)",
    "an option's default": "parser.add_argument('--host', default='0.0.0.0')",
    "an entry": "settings = {'host': '0.0.0.0'}\napp.run(**settings)",
    "an attribute": "self.host = '0.0.0.0'\nself.run(self.host)",
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_asks_the_environment(name: str) -> None:
    before, after = (f"import os\n{code}\n" for code in REWRITTEN[name])

    check_rewritten("bind-address", RULES, before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    check_left_alone(
        "bind-address", RULES, f"import os\n{LEFT_ALONE[name]}\n", "It cannot be told that a server listens"
    )


def test_declares_the_variable_and_the_constant() -> None:
    before = "HOST = '0.0.0.0'\n\ndef f():\n    app.run(HOST)\n"
    after = "import os\n\nHOST = os.environ.get('BIND_ADDRESS', '127.0.0.1')\n\ndef f():\n    app.run(HOST)\n"

    (edit,) = check_rewritten("bind-address", RULES, before, after).document()["applied"]

    assert edit["environment"] == [{"name": "BIND_ADDRESS", "required": False}]
    assert [(each["kind"], each["name"], each["definition"]) for each in edit["declared"]] == [
        ("environment", "BIND_ADDRESS", ""),
        ("constant", "HOST", ""),
    ]
