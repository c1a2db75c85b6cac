"""The document that Verify leaves, what operators may declare, and input that nobody can compare."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from sgcode_worker.gates.verify import verify_candidate

ROOT = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("SGCODE_SHARED_DATA", ROOT.parent / "shared" / "data"))


def lights(gates: dict[str, Any]) -> dict[str, str]:
    return {name: gate["light"] for name, gate in gates.items()}


def applied(*declared: dict[str, str]) -> list[dict[str, Any]]:
    return [{"id": "x", "operator": "secret-from-env", "declared": list(declared), "environment": []}]


def declared(kind: str, name: str, definition: str = "") -> dict[str, str]:
    return {"kind": kind, "name": name, "definition": definition, "detail": f"{name} changes"}


SECRET = b'import os\n\nPASSWORD = "hunter2-hunter2"\n\n\ndef login(given):\n    return given == PASSWORD\n'
FROM_ENVIRONMENT = SECRET.replace(b'"hunter2-hunter2"', b'os.environ["PASSWORD"]')


def test_the_document_has_three_gates_that_say_what_they_checked() -> None:
    gates = verify_candidate(SECRET, SECRET, [])

    assert lights(gates) == {"parses": "pass", "surface": "pass", "honest": "pass"}
    for gate in gates.values():
        assert set(gate) == {"light", "evidence", "checked", "notChecked"}
        assert gate["checked"].endswith(".") and gate["notChecked"].endswith(".")
        assert gate["evidence"] == []


def test_a_declared_change_is_allowed_and_told() -> None:
    edits = applied(declared("constant", "PASSWORD"), declared("environment", "PASSWORD"))

    gates = verify_candidate(SECRET, FROM_ENVIRONMENT, edits)

    assert lights(gates) == {"parses": "pass", "surface": "pass", "honest": "pass"}
    assert {"message": "allowed, as declared by an operator: PASSWORD changes", "line": None} in gates[
        "surface"
    ]["evidence"]


@pytest.mark.parametrize(
    "edits",
    [
        [],
        applied(declared("constant", "PASSWORD")),
        applied(declared("constant", "OTHER"), declared("environment", "OTHER")),
        applied(declared("import", "os")),
    ],
)
def test_what_is_not_declared_is_refused(edits: list[dict[str, Any]]) -> None:
    assert lights(verify_candidate(SECRET, FROM_ENVIRONMENT, edits))["surface"] == "fail"


def test_a_declared_secret_must_be_gone() -> None:
    edits = applied(declared("constant", "PASSWORD"), declared("environment", "PASSWORD"))
    kept = SECRET.replace(b'"hunter2-hunter2"', b'os.environ.get("PASSWORD", "hunter2-hunter2")')

    assert lights(verify_candidate(SECRET, kept, edits))["honest"] == "fail"


def test_evidence_does_not_repeat_a_secret() -> None:
    gates = verify_candidate(SECRET, FROM_ENVIRONMENT, [])

    assert "hunter2-hunter2" not in str(gates)


def test_evidence_has_the_line_in_the_candidate() -> None:
    original = b"def f(x):\n    return g(x)\n"
    candidate = b"# about f\n\n\ndef f(x):\n    return g(x)  # nosec\n"

    assert {"message": "a new comment silences a tool: `# nosec`", "line": 5} in verify_candidate(
        original, candidate, []
    )["honest"]["evidence"]


def test_code_that_does_not_parse_fails_everywhere() -> None:
    gates = verify_candidate(b"x = 1\n", b"x = = 1\n", [])

    assert lights(gates) == {"parses": "fail", "surface": "fail", "honest": "fail"}


UNCOMPILED = b"def f():\n    x = 1\n    global x\n    return x\n"


def test_code_may_stay_uncompiled_but_not_become_so() -> None:
    assert lights(verify_candidate(UNCOMPILED, UNCOMPILED, []))["parses"] == "pass"
    assert (
        lights(verify_candidate(b"def f():\n    x = 1\n    return x\n", UNCOMPILED, []))["parses"] == "fail"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01",
        b"\xff\xfe\x00",
        b"print 'two'\n",
        b"(" * 2000 + b")" * 2000,
        b"x = " + b"+".join([b"1"] * 20_000),
    ],
    ids=["empty", "binary", "not UTF-8", "Python 2", "parentheses", "terms"],
)
def test_bad_input_gets_an_answer(data: bytes) -> None:
    for original, candidate in ((data, b"x = 1\n"), (b"x = 1\n", data), (data, data)):
        assert set(lights(verify_candidate(original, candidate, [])).values()) <= {"pass", "fail"}


def names_for_names(count: int) -> str:
    """A text whose every name stands for two of the next."""
    lines = [f"    a{index} = a{index + 1} + a{index + 1}" for index in range(count)]
    return "\n".join(["def f(run):", *lines, f"    a{count} = 'SELECT 1 FROM t'", "    run(a0)"])


def helpers_for_helpers(count: int) -> str:
    """Helpers that each call the next many times."""
    calls = "\n".join("    h{next}(x)" for _ in range(20))
    return "\n".join(f"def h{index}(x):\n{calls.format(next=index + 1)}" for index in range(count))


@pytest.mark.parametrize(
    ("original", "candidate"),
    [
        (names_for_names(40), names_for_names(41)),
        ("def f(x):\n    pass\n", "def f(x):\n    h0(x)\n" + helpers_for_helpers(6)),
        ("def f(x):\n    return x\n" * 3000, "def f(x):\n    return x\n" * 2999),
        (
            "\n".join(f"password{n} = 'secret{n}'" for n in range(2000)),
            "\n".join(f"p{n} = 'secret{n}'" for n in range(2000)),
        ),
        ("x = [" + "'a', " * 50_000 + "]", "x = [" + "'b', " * 50_000 + "]"),
    ],
    ids=["names", "helpers", "duplicates", "secrets", "list"],
)
def test_hostile_programs_do_not_take_for_ever(original: str, candidate: str) -> None:
    began = time.process_time()

    verify_candidate(original.encode(), candidate.encode(), [])

    assert time.process_time() - began < 10


def test_the_test_programs_equal_themselves() -> None:
    programs = sorted((SHARED / "promsec" / "testing").glob("*.py"))
    if not programs:
        pytest.skip("the shared data is not here")
    for path in programs:
        code = path.read_bytes()
        gates = verify_candidate(code, code + b"\n# a comment\n", [])
        assert set(lights(gates).values()) == {"pass"}, (path.name, gates)


@pytest.mark.parametrize(
    "body", ["pass", "...", "return None", "return 'done'", "raise NotImplementedError", '"""Gone."""']
)
def test_a_stub_is_called_a_stub(body: str) -> None:
    original = "def f(x):\n    x.append(1)\n    return g(x)\n"

    honest = verify_candidate(original.encode(), f"def f(x):\n    {body}\n".encode(), [])["honest"]

    assert any(
        "stub" in each["message"] or "NotImplemented" in each["message"] for each in honest["evidence"]
    )


def test_code_that_this_python_cannot_write_is_compared() -> None:
    program = "def f(y, z):\n    print(f'{y[\"\u202e\"]}' % z)\n".encode()

    assert lights(verify_candidate(program, program, [])) == dict.fromkeys(
        ("parses", "surface", "honest"), "pass"
    )


OPENS = (
    "UP = 'uploads/'\n\n\ndef keep(path):\n    return path\n\n\ndef f(name):\n    return open(UP + name)\n"
)


@pytest.mark.parametrize(
    ("opened", "light"),
    [
        ("within(UP, UP + name)", "pass"),
        ("within('', name)", "fail"),
        ("keep(name) or print(UP + name)", "fail"),
    ],
)
def test_the_name_of_a_file_may_be_handed_to_a_new_function_first(opened: str, light: str) -> None:
    helper = (
        "def within(folder, path):\n    if '..' in path:\n        raise ValueError\n    return path\n\n\n"
    )
    candidate = OPENS.replace("def keep", f"{helper}def keep").replace("open(UP + name)", f"open({opened})")

    gates = verify_candidate(OPENS.encode(), candidate.encode(), [])

    assert gates["surface"]["light"] == light
