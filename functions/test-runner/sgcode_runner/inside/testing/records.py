"""Records from the child to its watcher: a length, a seal over key, place and content, and JSON."""

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Callable
from typing import Any

_SEAL_BYTES = 16
_HEADER = struct.Struct(">I")
_MAX_RECORD = 600_000

Send = Callable[[dict[str, Any]], None]


class ForgedError(Exception):
    """Something on the pipe did not come from the driver."""


def make_sender(sink: int, key: bytes) -> Send:
    """Return a function that writes a record. The key itself can no longer be read from it."""
    sealed = hashlib.blake2b(key=key, digest_size=_SEAL_BYTES)
    place = 0
    # References of its own: user code may replace them in their modules.
    dumps, write, pack, copy = json.dumps, os.write, _HEADER.pack, sealed.copy

    def send(record: dict[str, Any]) -> None:
        nonlocal place
        content = dumps([place, record]).encode("ascii")
        place += 1
        state = copy()
        state.update(content)
        data = pack(len(content)) + state.digest() + content
        while data:
            data = data[write(sink, data) :]

    return send


class RecordReader:
    """Takes the bytes of the pipe apart; raises ForgedError at the first that is not the driver's."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._bytes = bytearray()
        self._place = 0

    def feed(self, chunk: bytes) -> list[dict[str, Any]]:
        """Return the records that `chunk` completes, in their order."""
        self._bytes += chunk
        records = []
        while (record := self._next()) is not None:
            records.append(record)
        return records

    def _next(self) -> dict[str, Any] | None:
        start = _HEADER.size + _SEAL_BYTES
        if len(self._bytes) < _HEADER.size:
            return None
        (length,) = _HEADER.unpack_from(self._bytes)
        if length > _MAX_RECORD:
            raise ForgedError("something else was written to the pipe of the results")
        if len(self._bytes) < start + length:
            return None
        seal, content = bytes(self._bytes[_HEADER.size : start]), bytes(self._bytes[start : start + length])
        del self._bytes[: start + length]
        expected = hashlib.blake2b(content, key=self._key, digest_size=_SEAL_BYTES).digest()
        if not hmac.compare_digest(seal, expected):
            raise ForgedError("something else was written to the pipe of the results")
        place, record = json.loads(content)
        if place != self._place:
            raise ForgedError("a result was sent twice")
        self._place += 1
        return dict(record)
