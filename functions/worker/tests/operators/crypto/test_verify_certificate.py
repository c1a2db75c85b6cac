"""Certificates are checked, but where the program itself says that the check would fail."""

import ssl

import pytest

from tests.operators.crypto.rewriting import check_left, check_rewritten, declared

OPERATOR, RULES = "verify-certificate", ("B323", "B501")
HEAD = "import httpx, requests, ssl\n"

REWRITTEN = {
    "the only keyword": ("requests.get(url, verify=False, timeout=3)", "requests.get(url, timeout=3)"),
    "between others": ("requests.put(url, verify=False, data=d)", "requests.put(url, data=d)"),
    "on a line of its own": (
        "requests.post(\n    url,\n    json=d,\n    verify=False,\n)",
        "requests.post(\n    url,\n    json=d,\n)",
    ),
    "with a comment": (
        "requests.get(\n    url,\n    verify=False,  # for now\n)",
        "requests.get(\n    url,\n    verify=True,  # for now\n)",
    ),
    "by another name": (
        "from requests import head as h\nh(url, verify=False)",
        "from requests import head as h\nh(url)",
    ),
    "star arguments": ("requests.get(*args, verify=False, **more)", "requests.get(*args, **more)"),
    "a client": (
        "async def f():\n    async with httpx.AsyncClient(verify=False) as c:\n        await c.get(url)",
        "async def f():\n    async with httpx.AsyncClient() as c:\n        await c.get(url)",
    ),
    "nested": ("print(requests.get(url, verify=False).json()['x'])", "print(requests.get(url).json()['x'])"),
    "a public address": (
        "requests.get('https://api.example.com/' + x, verify=False)",
        "requests.get('https://api.example.com/' + x)",
    ),
    "a host that is filled in": (
        "requests.get(f'https://{host}/x', verify=False)",
        "requests.get(f'https://{host}/x')",
    ),
    "a host that is formatted": (
        "requests.get('https://%s/x' % host, verify=False)",
        "requests.get('https://%s/x' % host)",
    ),
    "no TLS at all": (
        "requests.get('http://localhost/x', verify=False)",
        "requests.get('http://localhost/x')",
    ),
    "a context": ("c = ssl._create_unverified_context()", "c = ssl.create_default_context()"),
    "a context with an authority": (
        "c = ssl._create_unverified_context(cafile=path)",
        "c = ssl.create_default_context(cafile=path)",
    ),
    "an imported context": (
        "from ssl import _create_unverified_context as u\nc = u()",
        "from ssl import _create_unverified_context as u\nc = ssl.create_default_context()",
    ),
}
LEFT_ALONE = {
    "this machine": (
        "requests.get('https://localhost:8443/x', verify=False)",
        "`localhost` is a private address",
    ),
    "a private address": ("requests.get(url=f'https://10.0.0.7/{x}', verify=False)", "is a private address"),
    "a name without dots": (
        "requests.get('https://%s/x' % h + requests.get('https://db/x', verify=False).text)",
        "`db`",
    ),
    "an internal name": ("httpx.stream('GET', 'https://a.internal/', verify=False)", "is a private address"),
    "a client of an internal server": (
        "httpx.Client(base_url='https://nas.local', verify=False)",
        "private address",
    ),
    "it says so": (
        "# The device has a self-signed certificate.\nrequests.get(url, verify=False)",
        "self-signed",
    ),
    "it says so in the function": (
        "def f(url):\n    '''Takes self signed certificates.'''\n    return requests.get(url, verify=False)",
        "self-signed",
    ),
    "a fallback": (
        "try:\n    f(url)\nexcept requests.exceptions.SSLError:\n    requests.get(url, verify=False)",
        "once the check has failed",
    ),
    "a context with a protocol": (
        "c = ssl._create_unverified_context(ssl.PROTOCOL_TLS)",
        "does not take alike",
    ),
    "a context with a certificate": ("c = ssl._create_unverified_context(certfile=x)", "does not take alike"),
    "a context that is set up further": (
        "c = ssl._create_unverified_context()\nc.check_hostname = False",
        "Line 3 sets `check_hostname`",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_lets_certificates_be_checked(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    check_rewritten(before, after, OPERATOR, RULES)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left(f"{HEAD}{code}\n", reason, OPERATOR, RULES)


@pytest.mark.parametrize(
    ("call", "checked", "exception"),
    [
        ("requests.get(url, verify=False)", "requests.get(url)", "SSLError"),
        ("httpx.get(url, verify=False)", "httpx.get(url)", "ConnectError"),
        (
            "ssl._create_unverified_context()",
            "ssl.create_default_context()",
            "SSLCertVerificationError",
        ),
    ],
)
def test_declares_the_exception_where_it_may_be_raised(call: str, checked: str, exception: str) -> None:
    before, after = (
        f"{HEAD}class A:\n    def f(self, url):\n        return {code}\n" for code in (call, checked)
    )

    assert declared(check_rewritten(before, after, OPERATOR, RULES)) == [("exception", exception, "A.f")]


def test_the_default_context_checks_what_the_other_did_not() -> None:
    assert ssl._create_unverified_context().verify_mode is ssl.CERT_NONE
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED
    assert ssl.create_default_context().check_hostname
