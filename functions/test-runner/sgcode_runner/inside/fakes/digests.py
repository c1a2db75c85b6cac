"""Hash functions that remember what was hashed, so that digests of one input are told to be the same."""

import base64
import hashlib
from typing import Any

# The functions that take nothing but the input; keyed ones and those of any length are left as they are.
_FUNCTIONS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_REAL: dict[str, Any] = {name: getattr(hashlib, name) for name in _FUNCTIONS}
_MAX_KNOWN = 200
_MAX_INPUT = 65_536
_MAX_SHOWN = 60


class Digests:
    """Digests that the program made, each under the words that say of what."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def know(self, digest: bytes, data: bytes) -> None:
        """Remember what the digest is of. What was not remembered stays as it is, and so tells two apart."""
        if len(self._known) >= _MAX_KNOWN or len(data) > _MAX_INPUT or digest.hex() in self._known:
            return
        words = f"<digest of {self._shown(data)}>"
        encoded = base64.b64encode(digest).decode()
        for form in (digest.hex(), digest.hex().upper(), repr(digest)[2:-1], encoded):
            self._known[form] = words

    def plain(self, text: str) -> str:
        """Return the text with words in the place of each digest."""
        for form, words in self._known.items():
            text = text.replace(form, words)
        return text

    def _shown(self, data: bytes) -> str:
        """The input itself, or one mark for all of it; digests in it are told by what they are of."""
        text = data.decode("latin-1")
        for form, words in self._known.items():
            text = text.replace(form, words)
        if len(text) <= _MAX_SHOWN:
            return repr(text)
        return f"{text[:_MAX_SHOWN]!r}... {_REAL['sha256'](text.encode()).hexdigest()[:32]}"


def install_digests(digests: Digests) -> None:
    """Replace the hash functions of hashlib by ones whose digests are remembered."""
    made = {name: _function(name, digests) for name in _FUNCTIONS}
    others = hashlib.new

    def new(name: str, *values: Any, **named: Any) -> Any:
        known = made.get(name.lower()) if isinstance(name, str) else None
        return others(name, *values, **named) if known is None else known(*values, **named)

    vars(hashlib).update(made, new=new)


def _function(name: str, digests: Digests) -> Any:
    def function(*values: Any, **named: Any) -> Any:
        real = _REAL[name](*values, **named)
        given = values[0] if values else named.get("string", named.get("data", b""))
        return _Hash(real, bytes(given), digests)

    return function


class _Hash:
    """A hash object that keeps its input."""

    def __init__(self, real: Any, data: bytes, digests: Digests) -> None:
        self._real, self._data, self._digests = real, data, digests
        self.name, self.digest_size, self.block_size = real.name, real.digest_size, real.block_size

    def update(self, data: Any) -> None:
        self._real.update(data)
        if len(self._data) <= _MAX_INPUT:
            self._data += bytes(data)

    def digest(self) -> bytes:
        value: bytes = self._real.digest()
        self._digests.know(value, self._data)
        return value

    def hexdigest(self) -> str:
        return self.digest().hex()

    def copy(self) -> "_Hash":
        return _Hash(self._real.copy(), self._data, self._digests)

    def __repr__(self) -> str:
        return "<a hash object>"
