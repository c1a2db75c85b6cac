import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import edit_at, plan

RULES = {"B113"}
REWRITTEN = {
    "plain": ("requests.get(u)", "requests.get(u, timeout=60)"),
    "explicit None": ("requests.put(u, timeout=None, data=d)", "requests.put(u, timeout=60, data=d)"),
    "the module by another name": (
        "import requests as r\nx = r.post(u)",
        "import requests as r\nx = r.post(u, timeout=60)",
    ),
    "the function by another name": (
        "from requests import delete as d\nd(u)",
        "from requests import delete as d\nd(u, timeout=60)",
    ),
    "through its api module": ("requests.api.head(u)", "requests.api.head(u, timeout=60)"),
    "httpx told to wait": (
        "import httpx\nhttpx.get(u, timeout=None)",
        "import httpx\nhttpx.get(u, timeout=60)",
    ),
    "an httpx client": (
        "import httpx\nasync def f():\n    async with httpx.AsyncClient(timeout=None) as c:\n        pass",
        "import httpx\nasync def f():\n    async with httpx.AsyncClient(timeout=60) as c:\n        pass",
    ),
    "star arguments": ("requests.post(u, *rest)", "requests.post(u, *rest, timeout=60)"),
    "a download": ("requests.get(u, stream=True)", "requests.get(u, stream=True, timeout=60)"),
    "nested": (
        "class A:\n    def f(self):\n        return [requests.get(u).text for u in self.us]",
        "class A:\n    def f(self):\n        return [requests.get(u, timeout=60).text for u in self.us]",
    ),
    "a request within a request": (
        "requests.get(requests.get(u).text)",
        "requests.get(requests.get(u, timeout=60).text, timeout=60)",
    ),
    "several lines": (
        "x = requests.post(\n    u,\n    data=d\n)",
        "x = requests.post(\n    u,\n    data=d,\n    timeout=60\n)",
    ),
    "a trailing comma and comments": (
        "x = requests.post(\n    u,  # where\n    data=d,  # what\n)  # why",
        "x = requests.post(\n    u,  # where\n    data=d,  # what\n    timeout=60,\n)  # why",
    ),
    "a comment without a comma": (
        "def f():\n    requests.post(\n        u,\n        d  # what\n    )",
        "def f():\n    requests.post(\n        u,\n        d,  # what\n        timeout=60\n    )",
    ),
    "aligned": (
        "x = requests.post(u,\n                  data=d)",
        "x = requests.post(u,\n                  data=d,\n                  timeout=60)",
    ),
    "own keywords passed on": (
        "def f(u, **kw):\n    # ask\n    return requests.get(u, **kw)",
        'def f(u, **kw):\n    # ask\n    timeout = kw.pop("timeout", 60)\n'
        "    return requests.get(u, **kw, timeout=timeout)",
    ),
    "own keywords changed before": (
        "def f(u, **kw):\n    kw['verify'] = V\n    if u:\n        kw.setdefault('json', 1)\n"
        "        r = requests.get(u, **kw)\n        return r",
        "def f(u, **kw):\n    kw['verify'] = V\n    if u:\n        kw.setdefault('json', 1)\n"
        '        timeout = kw.pop("timeout", 60)\n        r = requests.get(u, **kw, timeout=timeout)\n'
        "        return r",
    ),
}
LEFT_ALONE = {
    "keywords from elsewhere": ("requests.get(u, **options)", "may hold a timeout"),
    "own keywords, used again": (
        "def f(u, **kw):\n    r = requests.get(u, **kw)\n    return r or f(u, **kw)",
        "may hold a timeout",
    ),
    "own keywords, in a loop": (
        "def f(us, **kw):\n    for u in us:\n        requests.get(u, **kw)",
        "may hold a timeout",
    ),
    "own keywords, name taken": (
        "def f(u, timeout=3, **kw):\n    return requests.get(u, **kw)",
        "may hold a timeout",
    ),
    "own keywords, handed out": (
        "def f(u, **kw):\n    g(kw)\n    return requests.get(u, **kw)",
        "may hold a timeout",
    ),
    "a lambda's keywords": ("f = lambda u, **kw: requests.get(u, **kw)", "may hold a timeout"),
    "worked out": ("requests.get(u, timeout=float(t))", "has a timeout already"),
    "events": ("for e in requests.get(u, stream=True).iter_lines():\n    print(e)", "may be silent"),
    "a stream without end": ("requests.get(u, stream=True, timeout=None)", "may be silent"),
    "an httpx stream": ("import httpx\nwith httpx.stream('GET', u, timeout=None) as s: pass", "silent"),
    "rebound": ("requests = wrap(requests)\nrequests.get(u)", "may stand for something else"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_gives_a_limit(name: str) -> None:
    before, after = (f"import requests\n{code}\n" for code in REWRITTEN[name])

    result = check_rewritten("request-timeout", RULES, before, after)

    assert {each["kind"] for edit in result.document()["applied"] for each in edit["declared"]} == {
        "exception"
    }


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left_alone("request-timeout", RULES, f"import requests\n{code}\n", reason)


@pytest.mark.parametrize(
    ("code", "call", "reason"),
    [
        (
            "import requests\nrequests.get(u, timeout=5)\n",
            "requests.get(u, timeout=5)",
            "has a timeout already",
        ),
        ("import httpx\nhttpx.get(u)\n", "httpx.get(u)", "waits 5 seconds"),
        ("session.get(u)\n", "session.get(u)", "No call of requests or httpx"),
        ("def f(requests, u):\n    requests.get(u)\n", "requests.get(u)", "may stand for something else"),
    ],
)
def test_leaves_alone_what_bandit_does_not_report(code: str, call: str, reason: str) -> None:
    result = apply_edits(code.encode(), [edit_at(code, call, "request-timeout")])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


@pytest.mark.parametrize(("library", "exception"), [("requests", "Timeout"), ("httpx", "TimeoutException")])
def test_declares_the_exception_of_the_library(library: str, exception: str) -> None:
    code = f"import {library}\n\ndef f(u):\n    return {library}.get(u, timeout=None)\n".encode()

    (edit,) = apply_edits(code, plan(code, "request-timeout", RULES)).document()["applied"]

    assert [(each["name"], each["definition"]) for each in edit["declared"]] == [(exception, "f")]
