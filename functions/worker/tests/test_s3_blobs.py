import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import botocore.session
import pytest

from sgcode_worker import s3_blobs as module
from sgcode_worker.blobs import Blobs
from sgcode_worker.errors import InputTooLargeError, InvalidInputError, NotFoundError, StoreUnavailableError
from sgcode_worker.handler import dispatch, open_blobs
from sgcode_worker.s3_blobs import S3Blobs
from tests.emulator import PYTHON, running_emulator

needs_emulator = pytest.mark.skipif(
    not PYTHON.exists(), reason="there is no AWS emulator (.venv-emulator): npm test installs it"
)


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[Blobs, Any]]:
    """The blobs of a bucket, opened as Lambda opens them, and a client beside them."""
    with running_emulator() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment, "BUCKET_NAME": "blobs"}.items():
            patch.setenv(name, value)
        client = botocore.session.get_session().create_client("s3")
        client.create_bucket(Bucket="blobs")
        yield open_blobs(), client


@pytest.fixture
def blobs(opened: tuple[Blobs, Any]) -> Iterator[Blobs]:
    """The blobs of an empty bucket."""
    found, client = opened
    yield found
    for item in client.list_objects_v2(Bucket="blobs").get("Contents", []):
        client.delete_object(Bucket="blobs", Key=item["Key"])


@needs_emulator
class TestOnTheEmulator:
    def test_gives_back_the_bytes(self, blobs: Blobs) -> None:
        data = bytes(range(256)) * 1000

        blobs.put("runs/1/a.py", data)
        blobs.put("runs/1/b.py", b"")

        assert (blobs.get("runs/1/a.py"), blobs.get("runs/1/b.py")) == (data, b"")

    def test_the_last_write_wins(self, blobs: Blobs) -> None:
        blobs.put("a.py", b"a long first version")
        blobs.put("a.py", b"second")

        assert blobs.get("a.py") == b"second"

    @pytest.mark.parametrize("document", [{}, [1, None, "é\U0001f600"], {"text": "\ud800 alone"}])
    def test_gives_back_the_document(self, blobs: Blobs, document: object) -> None:
        blobs.put_json("a.json", document)

        assert blobs.get_json("a.json") == document

    def test_what_is_no_document_is_named(self, blobs: Blobs) -> None:
        blobs.put("a.json", b"{")

        with pytest.raises(InvalidInputError, match=r"^blob a\.json is not a JSON document$"):
            blobs.get_json("a.json")

    def test_no_such_blob(self, blobs: Blobs) -> None:
        with pytest.raises(NotFoundError, match=r"^no blob runs/1/a\.py$"):
            blobs.get("runs/1/a.py")

    @pytest.mark.parametrize("key", ["../x.py", "/etc/x.py", "a/../b.py", "a.txt", "A.py", "a//b.py", ""])
    def test_a_key_is_one_of_ours(self, blobs: Blobs, key: str) -> None:
        with pytest.raises(InvalidInputError):
            blobs.get(key)
        with pytest.raises(InvalidInputError):
            blobs.put(key, b"changed")

    def test_a_blob_above_the_limit_is_not_read(self, blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_BLOB_BYTES", 10)
        blobs.put("a.py", b"x" * 10)
        blobs.put("b.py", b"x" * 11)

        assert blobs.get("a.py") == b"x" * 10
        with pytest.raises(InputTooLargeError, match=r"^blob b\.py is larger than 10 bytes$"):
            blobs.get("b.py")

    def test_no_such_bucket(self, blobs: Blobs) -> None:
        nowhere = S3Blobs("not-there")

        with pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be written: NoSuchBucket$"):
            nowhere.put("a.py", b"x")
        with pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be read: NoSuchBucket$"):
            nowhere.get("a.py")

    def test_a_step_reads_and_writes_there(self, blobs: Blobs) -> None:
        blobs.put("a.py", b"eval(x)\n")

        given = {"analyzer": "bandit", "codeKey": "a.py", "analysisKey": "b.json"}
        output = dispatch("analyze", given, blobs)

        assert output["status"] == "analyzed"
        assert blobs.get_json("b.json")["findings"][0]["rule"] == "B307"


class ScriptedBucket(BaseHTTPRequestHandler):
    """S3 that does one thing, whatever it is asked."""

    fault = ""
    requests = 0

    def do_GET(self) -> None:
        type(self).requests += 1
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.fault == "reset":
            self.connection.close()
        elif self.fault == "half":
            self.send_response(200)
            self.send_header("content-length", "100")
            self.end_headers()
            self.wfile.write(b"x" * 10)
        else:
            status, code = self.fault.split()
            body = f"<Error><Code>{code}</Code><Message>canary</Message></Error>".encode()
            self.send_response(int(status))
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    do_PUT = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def bucket_with(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[S3Blobs, type[ScriptedBucket]]]:
    service = type("Service", (ScriptedBucket,), {"fault": fault})
    server = ThreadingHTTPServer(("127.0.0.1", 0), service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    try:
        yield S3Blobs("canary"), service
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("fault", "reason", "tries"),
    [
        ("403 AccessDenied", "AccessDenied", 1),
        ("503 SlowDown", "SlowDown", 4),
        ("reset", "ConnectionClosedError", 4),
    ],
)
def test_says_why_it_cannot_be_used(
    fault: str, reason: str, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bucket_with(fault, monkeypatch) as (blobs, service):
        with pytest.raises(StoreUnavailableError, match=rf"^blob a\.py cannot be written: {reason}$"):
            blobs.put("a.py", b"x")

        assert service.requests == tries


def test_says_why_it_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        bucket_with("403 AccessDenied", monkeypatch) as (blobs, _),
        pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be read: AccessDenied$"),
    ):
        blobs.get("a.py")


def test_gives_out_nothing_that_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        bucket_with("half", monkeypatch) as (blobs, _),
        pytest.raises(StoreUnavailableError, match=r"^blob a\.py cannot be read: ResponseStreamingError$"),
    ):
        blobs.get("a.py")
