"""An AWS of this machine for the tests, as functions/ports/fixtures/aws-emulator.ts starts it."""

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / ".venv-emulator" / "bin" / "python"
STARTS_WITHIN_S = 60


@contextmanager
def running_emulator() -> Iterator[dict[str, str]]:
    """Start it, empty, and give the variables with which the SDK finds it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    with tempfile.TemporaryDirectory(prefix="sgcode-emulator-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [PYTHON, ROOT / "functions" / "ports" / "fixtures" / "run_emulator.py"],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": folder,
                "TMPDIR": folder,
                "BIND_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(port),
                "LOG_LEVEL": "WARNING",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(environment["AWS_ENDPOINT_URL"], process)
            yield environment
        finally:
            # It ends with its input.
            process.communicate()


def _wait(endpoint: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the AWS emulator did not come up")
