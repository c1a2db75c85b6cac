"""Blobs in S3: the worker's side of functions/ports/blob-store/s3-blob-store.ts."""

from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import check_blob_key
from sgcode_worker.errors import InputTooLargeError, NotFoundError, StoreUnavailableError
from sgcode_worker.limits import MAX_BLOB_BYTES

Answer = TypeVar("Answer")

# The same patience as in functions/ports/aws-client-settings.ts; all retries are the SDK's own.
_PATIENCE = Config(
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 4},
)


class S3Blobs(Blobs):
    """Blobs as objects of one bucket. Region, endpoint and credentials come from the environment."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: Any = botocore.session.get_session().create_client("s3", config=_PATIENCE)

    def get(self, key: str) -> bytes:
        """Return the blob's bytes, as `Blobs.get`."""
        name = check_blob_key(key, "key")
        return _asked(f"blob {key} cannot be read", lambda: self._read(name))

    def put(self, key: str, data: bytes) -> None:
        """Write the blob, as `Blobs.put`: S3 shows a write whole or not at all."""
        name = check_blob_key(key, "key")
        kind = "application/json" if name.endswith(".json") else "text/plain; charset=utf-8"
        _asked(
            f"blob {key} cannot be written",
            lambda: self._client.put_object(Bucket=self._bucket, Key=name, Body=data, ContentType=kind),
        )

    def _read(self, key: str) -> bytes:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if _code(error) == "NoSuchKey":
                raise NotFoundError(f"no blob {key}") from None
            raise
        # The body's own context manager gives out the bare stream, which is not checked.
        with closing(answer["Body"]) as body:
            if answer["ContentLength"] > MAX_BLOB_BYTES:
                raise InputTooLargeError(f"blob {key} is larger than {MAX_BLOB_BYTES:,} bytes")
            data: bytes = body.read()
        return data


def _asked(what: str, ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except ClientError as error:
        # The message names the account and the bucket; a report shows why a step failed.
        raise StoreUnavailableError(f"{what}: {_code(error)}") from None
    except BotoCoreError as error:
        raise StoreUnavailableError(f"{what}: {type(error).__name__}") from None


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", "unknown error"))
