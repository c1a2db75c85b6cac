import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1]


def ask(data):
    environment = {"PYTHONPATH": str(PACKAGE), "PATH": os.environ["PATH"]}
    ran = subprocess.run(
        [sys.executable, "-m", "sgcode_runner"], input=data, capture_output=True, env=environment
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


def test_it_answers_one_request():
    assert ask(json.dumps({"kind": "describe"}).encode())["seal"] in ("bubblewrap", "unshare")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "InvalidInputError"),
        (b"[]", "InvalidInputError"),
        (b"\xff", "InvalidInputError"),
        (b"[" * 100_000, "InvalidInputError"),
        (b'"' + b"x" * 4_000_000 + b'"', "InputTooLargeError"),
    ],
)
def test_it_says_what_is_wrong_with_a_request(data, name):
    assert ask(data)["error"]["name"] == name
