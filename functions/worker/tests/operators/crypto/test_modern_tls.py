"""Broken versions of TLS are no longer asked for; what is negotiated stays as it was but for them."""

import ssl

import pytest

from tests.operators.crypto.rewriting import check_left, check_rewritten, declared

OPERATOR, RULES = "modern-tls", ("B502", "B503", "B504")
HEAD = "import ssl\nfrom OpenSSL import SSL\n"

REWRITTEN = {
    "SSL 3": (
        "ssl.wrap_socket(s, ssl_version=ssl.PROTOCOL_SSLv3)",
        "ssl.wrap_socket(s, ssl_version=ssl.PROTOCOL_TLS)",
    ),
    "TLS 1": (
        "x = ssl.wrap_socket(\n    s, server_side=True,\n    certfile=c, ssl_version=ssl.PROTOCOL_TLSv1)",
        "x = ssl.wrap_socket(\n    s, server_side=True,\n    certfile=c, ssl_version=ssl.PROTOCOL_TLS)",
    ),
    "TLS 1.1 by its own name": (
        "from ssl import PROTOCOL_TLSv1_1, wrap_socket as w\nw(s, ssl_version=PROTOCOL_TLSv1_1)",
        "from ssl import PROTOCOL_TLSv1_1, wrap_socket as w\nw(s, ssl_version=ssl.PROTOCOL_TLS)",
    ),
    "by its place": (
        "ssl.wrap_socket(s, k, c, False, ssl.CERT_NONE, ssl.PROTOCOL_SSLv2)",
        "ssl.wrap_socket(s, k, c, False, ssl.CERT_NONE, ssl_version=ssl.PROTOCOL_TLS)",
    ),
    "a sound version by its place": (
        "ssl.wrap_socket(s, k, c, False, ssl.CERT_NONE, ssl.PROTOCOL_TLSv1_2)",
        "ssl.wrap_socket(s, k, c, False, ssl.CERT_NONE, ssl_version=ssl.PROTOCOL_TLSv1_2)",
    ),
    "no version": ("ssl.wrap_socket(s)", "ssl.wrap_socket(s, ssl_version=ssl.PROTOCOL_TLS)"),
    "handed to others": (
        "pool(host, ssl_version=ssl.PROTOCOL_TLSv1, retries=3)",
        "pool(host, ssl_version=ssl.PROTOCOL_TLS, retries=3)",
    ),
    "pyOpenSSL": ("SSL.Context(method=SSL.SSLv23_METHOD)", "SSL.Context(method=SSL.TLSv1_2_METHOD)"),
    "a default": (
        "class A:\n    def f(self, version=ssl.PROTOCOL_SSLv3, **more):\n        return version",
        "class A:\n    def f(self, version=ssl.PROTOCOL_TLS, **more):\n        return version",
    ),
    "two defaults": (
        "def f(a=ssl.PROTOCOL_TLSv1, b=SSL.TLSv1_METHOD, c=1):\n    return a, b, c",
        "def f(a=ssl.PROTOCOL_TLS, b=SSL.TLSv1_2_METHOD, c=1):\n    return a, b, c",
    ),
}
LEFT_ALONE = {
    "a test": (
        "def test_old_is_refused(s):\n    ssl.wrap_socket(s, ssl_version=ssl.PROTOCOL_SSLv3)",
        "on purpose",
    ),
    "of another module": ("import tls\nf(ssl_version=tls.PROTOCOL_TLSv1)", "No call is there"),
    "a local name": ("PROTOCOL_TLSv1 = 3\nf(ssl_version=PROTOCOL_TLSv1)", "No call is there"),
    "star arguments": ("ssl.wrap_socket(*given)", "cannot be told"),
    "unpacked keywords": ("ssl.wrap_socket(s, **given)", "cannot be told"),
    "among plain arguments": (
        "ssl.wrap_socket(s, k, c, False, ssl.CERT_NONE, ssl.PROTOCOL_TLSv1, None)",
        "must name it",
    ),
    "a default of another module": (
        "import tls\ndef f(v=tls.PROTOCOL_TLSv1):\n    return v",
        "No parameter has",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_asks_for_what_is_negotiated(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    check_rewritten(before, after, OPERATOR, RULES)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left(f"{HEAD}{code}\n", reason, OPERATOR, RULES)


def test_declares_who_is_refused_or_which_default_changes() -> None:
    calls, default, silent = (
        f"{HEAD}{REWRITTEN[name][0]}\n" for name in ("TLS 1", "a default", "no version")
    )
    after = {name: f"{HEAD}{REWRITTEN[name][1]}\n" for name in REWRITTEN}

    assert declared(check_rewritten(calls, after["TLS 1"], OPERATOR, RULES)) == [
        ("exception", "SSLError", "")
    ]
    assert declared(check_rewritten(default, after["a default"], OPERATOR, RULES)) == [
        ("constant", "version", "A.f")
    ]
    assert declared(check_rewritten(silent, after["no version"], OPERATOR, RULES)) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_is_negotiated_begins_with_tls_1_2() -> None:
    assert ssl.SSLContext(ssl.PROTOCOL_TLS).minimum_version >= ssl.TLSVersion.TLSv1_2
