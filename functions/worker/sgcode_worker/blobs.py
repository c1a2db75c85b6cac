"""Blobs, and blobs in files: the worker's side of functions/ports/blob-store."""

import json
import os
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from sgcode_worker.contract import check_blob_key
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, NotFoundError, StoreUnavailableError
from sgcode_worker.limits import MAX_BLOB_BYTES


class Blobs(ABC):
    """Code, findings and plans by their keys, which are lower-case names and nothing else."""

    @abstractmethod
    def get(self, key: str) -> bytes:
        """Return the blob's bytes. Raises NotFoundError, InputTooLargeError or StoreUnavailableError."""

    @abstractmethod
    def put(self, key: str, data: bytes) -> None:
        """Write the blob whole or not at all. Raises StoreUnavailableError."""

    def get_json(self, key: str) -> Any:
        """Return the JSON document. Raises as `get` does, and InvalidInputError where it is not JSON."""
        try:
            return json.loads(self.get(key))
        except (ValueError, RecursionError):
            raise InvalidInputError(f"blob {key} is not a JSON document") from None

    def put_json(self, key: str, document: Any) -> None:
        """Write a JSON document. Raises as `put` does."""
        self.put(key, json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace"))


class FileBlobs(Blobs):
    """Blobs as files under one folder. A key is never anything but lower-case names below that folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, key: str) -> bytes:
        """Return the blob's bytes, as `Blobs.get`."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BLOB_BYTES + 1)
        except FileNotFoundError:
            raise NotFoundError(f"no blob {key}") from None
        except OSError as error:
            raise StoreUnavailableError(f"blob {key} cannot be read: {error.strerror}") from None
        if len(data) > MAX_BLOB_BYTES:
            raise InputTooLargeError(f"blob {key} is larger than {MAX_BLOB_BYTES:,} bytes")
        return data

    def put(self, key: str, data: bytes) -> None:
        """Write the blob, as `Blobs.put`."""
        path = self._path(key)
        temporary: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            temporary = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            temporary.replace(path)
        except OSError as error:
            if temporary is not None:
                temporary.unlink(missing_ok=True)
            raise StoreUnavailableError(f"blob {key} cannot be written: {error.strerror}") from None

    def _path(self, key: str) -> Path:
        return self._root / check_blob_key(key, "key")
