"""The Lambda handler, each time in a process of its own: it serves one request and no more."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASK = """
import json, sys, types
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from sgcode_runner import lambda_handler
from sgcode_runner.box import layout
layout.SITE = Path(sys.argv[2])
for asked in json.load(sys.stdin):
    answer = lambda_handler.handler(asked["event"], types.SimpleNamespace(**asked["context"]))
    print(json.dumps(answer))
"""
TENANT = {"tenant_id": "a"}
TESTS = {
    "kind": "tests",
    "program": "def one():\n    return 1\n",
    "module": "program",
    "tests": "from program import one\ndef test_one(): assert one() == 1\n",
    "testsFile": "test_program.py",
    "seconds": 20,
    "environment": {},
}


def ask(*requests):
    site = next(iter(Path(ROOT, "../..").resolve().glob(".venv-runner/lib/python3.*/site-packages")), ROOT)
    ran = subprocess.run(
        [sys.executable, "-B", "-c", ASK, str(ROOT), str(site)],
        input=json.dumps([{"event": event, "context": context} for event, context in requests]),
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_it_answers_one_request():
    (answer,) = ask((TESTS, TENANT))

    assert [(each["id"], each["outcome"]) for each in answer["tests"]] == [
        ("test_program.py::test_one", "passed")
    ]


def test_it_runs_nothing_where_environments_are_shared():
    for context in ({}, {"tenant_id": None}, {"tenant_id": ""}):
        (answer,) = ask((TESTS, context))

        assert answer["error"]["name"] == "RunnerUnavailableError"


def test_it_serves_nobody_after_its_first_request():
    first, second, third = ask(({"kind": "describe"}, TENANT), (TESTS, TENANT), (TESTS, {"tenant_id": "b"}))

    assert "seal" in first
    assert second["error"]["name"] == third["error"]["name"] == "RunnerFailedError"


def test_no_request_can_ask_for_an_unsealed_run():
    (answer,) = ask(({"kind": "describe", "unsafe": True}, TENANT))

    assert answer["seal"] in ("bubblewrap", "unshare")


def test_what_is_no_request_is_refused():
    assert ask(([], TENANT))[0]["error"]["name"] == "InvalidInputError"
