"""The JSON-lines server as a process of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sgcode_worker.blobs import FileBlobs
from sgcode_worker.limits import MAX_REQUEST_BYTES
from tests.server import Server

# A server whose step prints, as a library might, by every way to stdout.
PRINTING = """
import os, sys
from sgcode_worker import __main__, handler
from types import ModuleType

toy = ModuleType("toy_step")
def run(value, blobs):
    print("by print")
    sys.__stdout__.write("by the first stdout"); sys.__stdout__.flush()
    os.write(1, b"by the descriptor")
    os.system("echo by a child")
    return {"read": sys.stdin.read(), "descriptor": os.read(0, 10).decode()}
toy.run = run
sys.modules["toy_step"] = toy
handler._STEPS["toy"] = "toy_step"
sys.exit(__main__.main())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blobs")
    FileBlobs(folder).put("a.py", b"eval(x)\n")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        yield server


def analyze(**changes: Any) -> dict[str, Any]:
    given = {"analyzer": "bandit", "codeKey": "a.py", "analysisKey": "b.json", **changes}
    return {"id": 7, "step": "analyze", "input": given}


def error(answer: dict[str, Any]) -> tuple[Any, str, str]:
    assert answer.keys() == {"id", "ok", "error"}
    assert answer["ok"] is False
    return answer["id"], answer["error"]["name"], answer["error"]["message"]


def test_one_request_one_answer(server: Server, folder: Path) -> None:
    answer = server.ask(analyze())

    assert answer.keys() == {"id", "ok", "output"}
    assert (answer["id"], answer["ok"]) == (7, True)
    assert answer["output"].keys() == {"analyzer", "status", "analysisKey", "ms"}
    assert FileBlobs(folder).get_json("b.json")["findings"][0]["rule"] == "B307"


def test_answers_come_in_the_order_of_the_requests(server: Server) -> None:
    lines = [json.dumps({**analyze(), "id": number}).encode() for number in range(3)]
    server.send(b"\n".join([lines[0], b"", b"  ", *lines[1:], b""]))

    assert [server.answer()["id"] for _ in range(3)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "a request must be one JSON object on one line"),
        (b"\xff\xfe", "a request must be one JSON object on one line"),
        (b"[" * 60_000, "a request must be one JSON object on one line"),
        (b"[]", "a request must be an object with a whole number as its id"),
        (b"{}", "a request must be an object with a whole number as its id"),
        (b'{"id": null, "step": "describe"}', "a request must be an object with a whole number as its id"),
        (b'{"id": "7", "step": "describe"}', "a request must be an object with a whole number as its id"),
        (b'{"id": true, "step": "describe"}', "a request must be an object with a whole number as its id"),
        (b'{"id": 1.5, "step": "describe"}', "a request must be an object with a whole number as its id"),
    ],
)
def test_what_is_no_request_is_answered_without_id(server: Server, line: bytes, message: str) -> None:
    assert error(server.ask_line(line + b"\n")) == (None, "InvalidInputError", message)
    assert server.ask(analyze())["ok"]


@pytest.mark.parametrize(
    ("request_", "name", "message"),
    [
        ({"id": 1}, "InvalidInputError", "step must be one of: "),
        ({"id": 1, "step": "repair", "input": {}}, "InvalidInputError", "step must be one of: "),
        ({"id": 1, "step": "analyze"}, "InvalidInputError", "input must be an object"),
        ({"id": 1, "step": "describe", "input": []}, "InvalidInputError", "input must be an object"),
        ({**analyze(analyzer="other"), "id": 1}, "InvalidInputError", "analyzer must be one of: bandit"),
        ({**analyze(codeKey="none.py"), "id": 1}, "NotFoundError", "no blob none.py"),
        ({**analyze(codeKey="../x.py"), "id": 1}, "InvalidInputError", "codeKey must be a blob key"),
        ({**analyze(codeKey="/etc/x.py"), "id": 1}, "InvalidInputError", "codeKey must be a blob key"),
        (
            {**analyze(analysisKey="../b.json"), "id": 1},
            "InvalidInputError",
            "analysisKey must be a blob key",
        ),
    ],
)
def test_a_request_that_fails_is_answered_and_the_next_one_too(
    server: Server, request_: dict[str, Any], name: str, message: str
) -> None:
    id, found, said = error(server.ask(request_))

    assert (id, found) == (1, name)
    assert said.startswith(message)
    assert server.ask(analyze())["ok"]


@pytest.mark.parametrize("length", [MAX_REQUEST_BYTES + 1, 3 * MAX_REQUEST_BYTES, 1_000_000])
def test_a_line_that_is_too_long_is_one_error(server: Server, length: int) -> None:
    answer = server.ask_line(b"x" * (length - 1) + b"\n")

    assert error(answer) == (None, "InputTooLargeError", "a request must be at most 65,536 bytes long")
    assert server.ask(analyze())["ok"]


def test_the_longest_line_is_read(server: Server) -> None:
    request = json.dumps(analyze()).encode()

    assert server.ask_line(request + b" " * (MAX_REQUEST_BYTES - len(request) - 1) + b"\n")["ok"]


def test_a_store_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file in place of a folder")
    FileBlobs(tmp_path).put("a.py", b"x = 1\n")

    with Server(tmp_path) as server:
        answer = server.ask(analyze(analysisKey="taken/b.json"))

    assert error(answer)[1] == "StoreUnavailableError"
    assert error(answer)[2].startswith("blob taken/b.json cannot be written: ")


def test_a_store_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file in place of a folder")

    with Server(tmp_path / "blobs") as server:
        answer = server.ask(analyze())

    assert error(answer)[1:] == ("StoreUnavailableError", "blob a.py cannot be read: Not a directory")


def test_whatever_prints_does_not_break_the_protocol(tmp_path: Path) -> None:
    with Server(tmp_path, code=PRINTING) as server:
        answer = server.ask({"id": 3, "step": "toy", "input": {}})
        status, out, err = server.end()

    assert answer == {"id": 3, "ok": True, "output": {"read": "", "descriptor": ""}}
    assert (status, out) == (0, b"")
    for text in (b"by print", b"by the first stdout", b"by the descriptor", b"by a child"):
        assert text in err


def test_is_silent_but_for_its_answers(folder: Path) -> None:
    with Server(folder) as server:
        server.ask(analyze())
        server.ask_line(b"{\n")

        assert server.end() == (0, b"", b"")


def test_ctrl_c_does_not_end_it(folder: Path) -> None:
    with Server(folder) as server:
        assert server.ask(analyze())["ok"]
        server.interrupt()

        assert server.ask(analyze())["ok"]
        assert server.end()[0] == 0


def test_a_last_line_without_end_is_answered(folder: Path) -> None:
    with Server(folder) as server:
        server.send(json.dumps(analyze()).encode())
        assert server.process.stdin is not None
        server.process.stdin.close()

        assert server.answer()["ok"]
        assert server.process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (
            {"SGCODE_BLOB_DIR": ""},
            b"SGCODE_BLOB_DIR must name the folder of the blobs, or BUCKET_NAME their bucket",
        ),
        ({"SGCODE_WORKER_MEMORY_MB": "lots"}, b"SGCODE_WORKER_MEMORY_MB must be a positive whole number"),
        ({"SGCODE_WORKER_MEMORY_MB": "0"}, b"SGCODE_WORKER_MEMORY_MB must be a positive whole number"),
        ({"SGCODE_WORKER_MEMORY_MB": "-1"}, b"SGCODE_WORKER_MEMORY_MB must be a positive whole number"),
    ],
)
def test_does_not_start_with_a_wrong_setting(
    tmp_path: Path, environment: dict[str, str], message: bytes
) -> None:
    with Server(tmp_path, **environment) as server:
        status, out, err = server.end()

    assert (status, out) == (2, b"")
    assert err == b"sgcode_worker: " + message + b"\n"


def test_a_program_that_needs_too_much_memory_is_never_called_clean(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    blobs.put("a.py", b"eval(x)\n" + b"x = [" + b"1," * 450_000 + b"]\n")

    with Server(tmp_path, SGCODE_WORKER_MEMORY_MB="160") as server:
        server.send(json.dumps(analyze()).encode() + b"\n")
        line = server.read_line()

    # The process ends, says that it cannot, or calls the program unanalyzable.
    answer = json.loads(line) if line else {"ok": False, "error": {"name": "InputTooLargeError"}}
    if answer["ok"]:
        document = blobs.get_json("b.json")
        assert (document["status"], document["findings"]) == ("unanalyzable", [])
    else:
        assert answer["error"]["name"] == "InputTooLargeError"
