"""What a call of a module that is not installed shows: not how strictly it checks what it is given."""

import re
from typing import Any

from sgcode_runner.inside.watch.render import text_of

# What these say is which foreign data a call refuses, so on benign input they change nothing.
_ONLY_REFUSING = frozenset({"weights_only"})
# Known hosts and certificates decide about attackers only; analyzers see to it that neither gets weaker.
_POLICIES = frozenset(
    "set_missing_host_key_policy load_system_host_keys AutoAddPolicy WarningPolicy RejectPolicy".split()
)
_HASH = re.compile(r"\A((?:Crypto|Cryptodome)\.Hash)\.(?:MD[245]|SHA1?|SHA256)\.new\Z")
_KEY = re.compile(
    r"\A(?:cryptography\.hazmat\.primitives\.asymmetric\.(?:rsa|dsa|ec)\.generate_private_key"
    r"|(?:Crypto|Cryptodome)\.PublicKey\.(?:RSA|DSA)\.generate)\Z"
)
_SIZES = range(512, 2049)
_LONG = 60  # Seconds, after which proxies on the way give up too.
_CURVE = re.compile(r"\.SEC[PT]\d+[RK]1(?:\(\))?\Z|\.SECT163R2(?:\(\))?\Z")


def shown_call(
    path: str, values: tuple[Any, ...], named: dict[str, Any], meant: frozenset[str]
) -> tuple[str, bool]:
    """Return the call as text, and whether it is to be noted.

    `meant` are differences that are declared: `digest`, another hash function, and `key-size`, longer keys.
    """
    module, last = path.partition(".")[0], path.rpartition(".")[2]
    silent = _ONLY_REFUSING | ({"verify"} if module == "httpx" else set())
    named = {key: value for key, value in named.items() if key not in silent}
    if module == "httpx" and _waits(named.get("timeout")):
        named.pop("timeout", None)
    if path == "OpenSSL.SSL.Context":
        values, named = (), {}
    if "digest" in meant:
        path = _HASH.sub(r"\1.new", path)
    show = _without_size if "key-size" in meant and _KEY.match(path) else text_of
    shown = ", ".join([*map(show, values), *(f"{key}={show(each)}" for key, each in named.items())])
    return f"{path}({shown})", module != "paramiko" or last not in _POLICIES


def _waits(limit: Any) -> bool:
    """Whether a limit is so long that no server that answers at all is cut off."""
    return limit is None or (type(limit) in (int, float) and limit >= _LONG)


def _without_size(value: Any) -> str:
    text = text_of(value)
    is_size = type(value) is int and value in _SIZES
    return "<size>" if is_size or _CURVE.search(text.rstrip(">")) else text
