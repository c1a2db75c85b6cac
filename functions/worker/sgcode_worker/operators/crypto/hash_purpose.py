"""What a weak hash is for, as far as names tell: a password, plainly no security, or a person must say."""

from typing import Literal

from sgcode_worker.operators.crypto.hash_calls import WeakHash
from sgcode_worker.operators.crypto.hash_lengths import fixed_by_use
from sgcode_worker.operators.crypto.hash_reach import Reach, reach_of, words_in
from sgcode_worker.operators.operator import Declined
from sgcode_worker.operators.program import Program

Purpose = Literal["password", "plain"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PASSWORD = _words(
    "password passwords passwd passwds passwort pass pw pwd passphrase passcode userpass userpwd"
)
_SALT = _words("salt pepper")
_MAKES = _words("hash hashed encrypt encrypted check verify make digest encode crypt set get")
# What names promise to callers, in this file or another.
_FUNCTIONS = _words("md4 md5 sha sha1")
# What makes a password rather than hashing one.
_DRAWN = _words("random urandom rand randint choice time now uuid uuid1 uuid4 getrandbits token_hex")
# What a digest must not be used as where it is taken for that of a password.
_OTHER_USE = _words(
    "token tokens session sessions sid csrf nonce otp cookie signature sign signed signing hmac mac key keys "
    "iv aes cipher seed serial uuid guid color colour etag checksum cache"
)
_SECURITY = (
    _PASSWORD
    | _SALT
    | _words(
        "secret secrets token tokens signature sign signed signing hmac auth authenticate authentication "
        "authorization authorize login credential credentials session csrf cookie otp nonce apikey private "
        "license certificate cert crypt encrypt decrypt cipher aes captcha invite activation confirmation "
        "download firmware installer package release tamper integrity verify expected trusted malware virus"
    )
)
_PLAIN = _words(
    "cache cached caching memo memoize etag checksum checksums gravatar avatar identicon bucket shard "
    "partition dedupe dedup deduplicate duplicate duplicates chunk chunks color colour thumbnail file files "
    "filename filepath"
)
_PROTOCOL = {
    "oauth": "OAuth",
    "challenge": "The protocol with the challenge",
    "nonce": "The protocol with the nonce",
    "realm": "HTTP digest authentication",
    "ha1": "HTTP digest authentication",
    "ha2": "HTTP digest authentication",
    "websocket": "the WebSocket handshake",
    "wsse": "WS-Security",
    "git": "Git",
    "aws": "AWS",
    "s3": "S3",
    "ntlm": "NTLM",
    "pwned": "the list of leaked passwords",
    "pwnedpasswords": "the list of leaked passwords",
    "hibp": "the list of leaked passwords",
    "apop": "APOP",
    "radius": "RADIUS",
    "postgres": "PostgreSQL",
    "wpa": "WPA",
}


def purpose_of(program: Program, weak: WeakHash) -> Purpose | Declined:
    """Return what the hash is for, or what a person must decide."""
    shown = weak.algorithm.upper()
    if weak.library == "crypt":
        return Declined("It hashes with `crypt`: a person must move stored passwords to argon2 or bcrypt.")
    if weak.library.startswith("cryptography."):
        return Declined(
            f"{shown} is handed to `cryptography`: who reads the signature, MAC or digest must change too."
        )
    reach = reach_of(program, weak)
    everything = reach.hashed | reach.targets | reach.compared | reach.function
    protocol = next((_PROTOCOL[word] for word in sorted(everything) if word in _PROTOCOL), None)
    if _is_for_password(reach):
        if protocol is not None:
            return Declined(f"{protocol} fixes the hash function: both sides must be able to use another.")
        if reach.function & _FUNCTIONS:
            return Declined(
                f"The function or class around it is named after {shown}, and callers may rely on it."
            )
        other = sorted((reach.targets - reach.hashed) & _OTHER_USE)
        if other:
            return Declined(
                f"The digest of a password is used as a {other[0]}: whoever relies on it must change too."
            )
        fixed = fixed_by_use(program, weak, reach)
        return "password" if fixed is None else Declined(fixed)
    if everything & _PLAIN and not _in_function(program, weak, reach) & _SECURITY:
        return "plain"
    return Declined(
        f"What the {shown} digest is for cannot be told: a person must say that it protects nothing "
        "(usedforsecurity=False), or move it and everything that compares with it to SHA-256."
    )


def _is_for_password(reach: Reach) -> bool:
    near = reach.hashed | reach.targets | reach.compared
    if near & _PASSWORD:
        return reach.hashed & _PASSWORD != set() or not reach.hashed & (_OTHER_USE | _PLAIN | _DRAWN)
    named = reach.function & _PASSWORD and reach.function & _MAKES
    return bool(named) and not near & (_OTHER_USE | _PLAIN | _SECURITY - _SALT)


def _in_function(program: Program, weak: WeakHash, reach: Reach) -> set[str]:
    """Every word of the function around the hash, or of what uses the digest outside of functions."""
    if reach.outer is None:
        return reach.function | words_in(reach.units)
    return words_in([reach.outer]) | reach.function
