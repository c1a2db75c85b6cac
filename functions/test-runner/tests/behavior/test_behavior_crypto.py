"""Keys, TLS and host keys: what decides about attackers only is no difference, all else is."""

import pytest

from .programs import changed, check

KEYS = """
from Crypto.Hash import MD5
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import ec, rsa

def make_key(owner):
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    return key.private_bytes(owner)

def other_keys():
    RSA.generate(512).export_key()
    return ec.generate_private_key(ec.SECT163R2)

def stored(password):
    return MD5.new(password.encode()).hexdigest()
"""
TALKING = """
import httpx
import paramiko
from OpenSSL import SSL

def fetch(path):
    return httpx.get("https://api.example.com/" + path, verify=False, timeout=5).json()

def run(host, command):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host)
    return client.exec_command(command)

def secured(sock):
    return SSL.Connection(SSL.Context(SSL.SSLv23_METHOD), sock)
"""
LONGER = [("1024", "2048"), ("512", "2048"), ("SECT163R2", "SECP256R1")]
STRICT = [
    ("verify=False, ", ""),
    (
        "client.set_missing_host_key_policy",
        "client.load_system_host_keys()\n    client.set_missing_host_key_policy",
    ),
    ("AutoAddPolicy", "RejectPolicy"),
    ("SSLv23_METHOD", "TLSv1_2_METHOD"),
]


def test_longer_keys_are_kept_where_they_are_meant() -> None:
    longer = changed(KEYS, *LONGER)

    assert check(KEYS, longer)["verdict"] == "deviated"
    assert check(KEYS, longer, allowed=["digest"])["verdict"] == "deviated"
    answer = check(KEYS, longer, allowed=["key-size"])
    assert (answer["verdict"], answer["difference"]) == ("kept", None)


def test_another_hash_of_a_module_that_is_not_installed_is_kept_where_it_is_meant() -> None:
    stronger = changed(KEYS, ("import MD5", "import SHA256"), ("MD5.new", "SHA256.new"))

    assert check(KEYS, stronger)["verdict"] == "deviated"
    assert check(KEYS, stronger, allowed=["digest"])["verdict"] == "kept"


def test_stricter_checks_of_the_other_side_are_kept() -> None:
    answer = check(TALKING, changed(TALKING, *STRICT))

    assert (answer["verdict"], answer["difference"]) == ("kept", None)


@pytest.mark.parametrize(
    ("original", "changes"),
    [
        (KEYS, [("65537", "3")]),
        (KEYS, [("private_bytes(owner)", "private_bytes(None)")]),
        (KEYS, [("    RSA.generate(512).export_key()\n", "")]),
        (KEYS, [("password.encode()", "b''")]),
        (TALKING, [("client.connect(host)", "client.connect('other')")]),
        (TALKING, [("    client.connect(host)\n", "")]),
        (TALKING, [("timeout=5", "timeout=6")]),
        (TALKING, [("SSL.Context(SSL.SSLv23_METHOD)", "None")]),
    ],
)
def test_all_else_is_a_difference(original: str, changes: list[tuple[str, str]]) -> None:
    answer = check(original, changed(original, *changes), allowed=["digest", "key-size"])

    assert answer["verdict"] == "deviated"
