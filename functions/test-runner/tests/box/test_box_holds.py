import contextlib
import os
import socket
import subprocess
import textwrap
from pathlib import Path

import pytest

from sgcode_runner.box.run import run_boxed, sealing_form
from sgcode_runner.errors import RunnerFailedError, RunnerUnavailableError
from sgcode_runner.handler import handle
from sgcode_runner.limits import Limits
from tests.box.attacks import ATTACKS, source_of
from tests.forms import FORMS, use_form, use_no_form

LIMITS = Limits(seconds=20)
ROOT = Path(__file__).resolve().parents[2]
RUN_ONE = """
import sys
sys.path.insert(0, sys.argv[1])
from sgcode_runner.box import forms, run
from sgcode_runner.limits import Limits
run.sealed_forms = lambda: [form for form in forms.sealed_forms() if form.name == sys.argv[2]]
sys.stdout.buffer.write(run.run_boxed("probe", sys.stdin.buffer.read(), Limits()).answer)
"""


@pytest.fixture(params=FORMS)
def form(request, monkeypatch):
    use_form(request.param, monkeypatch)
    return request.param


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """What an attack may look for: a secret file, a variable, a server, a process."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret")
    secret.chmod(0o644)
    monkeypatch.setenv("SGCODE_TEST_SECRET", "the-secret")
    abstract = f"\0sgcode-test-{os.getpid()}"
    process = subprocess.Popen(["/bin/sleep", "60"], env={"X": "the-secret"})
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        local.bind(abstract)
        local.listen()
        yield {
            "SECRET": str(secret),
            "PORT": server.getsockname()[1],
            "ABSTRACT": abstract,
            "OUTSIDE": process.pid,
            "HERE": str(ROOT),
        }
        assert process.poll() is None, "a process outside was ended"
    process.kill()
    process.wait()


@pytest.mark.parametrize("attack", [each for each in ATTACKS if not each.startswith("close everything")])
def test_an_attack_stays_in_the_box(form, attack, outside):
    result = run_boxed("probe", source_of(attack, **outside), LIMITS)

    assert result.answer == b"HELD;", result.noise.decode()
    assert (result.ended, result.status) == ("exited", 0)


@pytest.mark.parametrize(
    "attack", ["read a file outside", "reach a server on this machine", "see other processes"]
)
def test_the_same_attack_gets_out_where_nothing_is_sealed(attack, outside, monkeypatch):
    use_no_form(monkeypatch)

    assert b"ESCAPED" in run_boxed("probe", source_of(attack, **outside), LIMITS, unsafe=True).answer


def test_a_box_is_sealed_all_the_same_where_unsealed_ones_are_allowed(form, outside):
    request = source_of("read a file outside", **outside)

    assert run_boxed("probe", request, LIMITS, unsafe=True).answer == b"HELD;"


def test_killing_everything_ends_the_box_alone(form, outside):
    result = run_boxed("probe", source_of("close everything and kill everything", **outside), LIMITS)

    assert result.ended == "exited"


def test_nothing_outlives_the_box(form):
    daemon = """
        import os, sys, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", "MARK"])
            os._exit(0)
        time.sleep(0.2)
        os.write(answer, b"started")
    """
    mark = f"outlive-{form}-{os.getpid()}"

    result = run_boxed("probe", _source(daemon.replace("MARK", mark)), LIMITS)

    assert result.answer == b"started"
    assert result.ms < 5_000
    assert not _running(mark)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "attack",
    [
        "read a file outside",
        "become root",
        "mount",
        "look into other processes",
        "fill the disk",
        "write where only reading is",
        "steer the kernel",
        "fork without end",
    ],
)
def test_it_seals_for_a_user_without_rights_as_well(form, attack):
    if os.geteuid() != 0:
        pytest.skip("the other tests run as a user without rights")
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3"]
    fits = "import sys; open(sys.argv[1]); sys.exit(sys.version_info < (3, 10))"
    if subprocess.run([*as_nobody, "-c", fits, str(ROOT / "pyproject.toml")], capture_output=True).returncode:
        pytest.skip("a user without rights has no Python 3.10 here, or cannot read the checkout")

    ran = subprocess.run(
        [*as_nobody, "-B", "-c", RUN_ONE, str(ROOT), form],
        input=source_of(attack, SECRET="/etc/shadow"),
        capture_output=True,
        cwd="/",
    )

    if b"RunnerUnavailableError" in ran.stderr:
        pytest.skip(ran.stderr.decode().splitlines()[-1])
    assert ran.stdout == b"HELD;", ran.stderr.decode()


def test_it_says_what_is_missing_where_nothing_can_seal(monkeypatch):
    from sgcode_runner.box import run

    def refuse(limits):
        raise FileNotFoundError("not here")

    monkeypatch.setattr(run, "_preferred", [])
    monkeypatch.setattr(run, "sealed_forms", lambda: [run.Form("bubblewrap", refuse)])

    with pytest.raises(RunnerUnavailableError, match=r"bubblewrap: not here.*apt-get install bubblewrap"):
        sealing_form()


def test_a_driver_is_named_by_letters():
    with pytest.raises(RunnerFailedError):
        run_boxed("../../x", b"", LIMITS)


def test_it_says_that_nothing_seals_where_unsealed_boxes_are_allowed(monkeypatch):
    use_no_form(monkeypatch)

    assert handle({"kind": "describe", "unsafe": True})["seal"] == "none"
    assert handle({"kind": "describe"})["error"]["name"] == "RunnerUnavailableError"


def test_an_unsealed_run_leaves_no_folder_and_follows_no_link(tmp_path, monkeypatch):
    use_no_form(monkeypatch)
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    request = f"import os; os.symlink({str(kept)!r}, 'link'); os.write(answer, os.getcwd().encode())".encode()

    result = run_boxed("probe", request, LIMITS, unsafe=True)

    assert not Path(result.answer.decode()).exists()
    assert (kept / "file").exists()


def _source(text):
    return textwrap.dedent(text).encode()


def _running(mark):
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                if mark.encode() in (folder / "cmdline").read_bytes():
                    found.append(folder.name)
    return found
