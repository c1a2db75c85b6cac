"""The seal of a machine that serves one request: what a guest cannot do there though it has no namespaces."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sgcode_runner.box import run
from sgcode_runner.handler import handle
from tests.box.attacks import source_of

ROOT = Path(__file__).resolve().parents[2]
RUN_ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from sgcode_runner.box import run
from sgcode_runner.limits import Limits
run.sealed_forms = list
run.be_alone()
sys.stdout.buffer.write(run.run_boxed("probe", sys.stdin.buffer.read(), Limits()).answer)
"""
AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"]
FITS = "import sys; open(sys.argv[1]); sys.exit(sys.version_info < (3, 10))"


def run_alone(program):
    command = [sys.executable]
    if os.geteuid() == 0:
        command = [*AS_NOBODY, shutil.which("python3", path="/usr/bin") or "python3"]
        checked = [*command, "-c", FITS, str(ROOT / "pyproject.toml")]
        if subprocess.run(checked, capture_output=True).returncode:
            pytest.skip("a user without rights has no Python 3.10 here, or cannot read the checkout")
    return subprocess.run(
        [*command, "-B", "-c", RUN_ALONE, str(ROOT)],
        input=program,
        capture_output=True,
        cwd="/",
        env={"SGCODE_TEST_SECRET": "the-secret", "PATH": os.environ["PATH"]},
        timeout=60,
    )


@pytest.mark.parametrize(
    "attack",
    [
        "read secrets from environments",
        "reach a server on this machine",
        "reach anything but itself",
        "become root",
        "mount",
        "make namespaces",
        "steer the kernel",
        "use memory that no limit counts",
        "use a descriptor that was left open",
        "allocate too much at once",
        "write a large file",
        "fork without end",
    ],
)
def test_an_attack_is_held(attack):
    with socket.create_server(("127.0.0.1", 0)) as server:
        ran = run_alone(source_of(attack, PORT=server.getsockname()[1]))

    assert ran.stdout == b"HELD;", ran.stderr.decode()


def test_a_guest_cannot_look_into_the_runner():
    # The attacks on all processes would find those of other tests, which run as the same user.
    program = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
runner = os.getppid()
for name in ("mem", "environ", "maps", *(f"fd/{number}" for number in range(16))):
    try:
        with open(f"/proc/{runner}/{name}", "rb") as file:
            file.read(1)
        os.write(answer, name.encode() + b";")
    except OSError:
        pass
if libc.ptrace(16, runner, 0, 0) == 0:
    os.write(answer, b"ptrace;")
os.write(answer, b"HELD;")
"""
    ran = run_alone(program.encode())

    assert ran.stdout == b"HELD;", ran.stderr.decode()


def test_nothing_outlives_the_run():
    mark = f"alone-{os.getpid()}"
    program = f"""
import os, sys, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", "{mark}"])
        os._exit(0)
time.sleep(0.3)
os.write(answer, b"started")
"""
    ran = run_alone(program.encode())

    assert ran.stdout == b"started", ran.stderr.decode()
    assert not _commands_with(mark)


def test_root_seals_nothing_as_a_process():
    if os.geteuid() != 0:
        pytest.skip("this user has no rights")

    ran = subprocess.run([sys.executable, "-c", RUN_ALONE, str(ROOT)], input=b"", capture_output=True)

    assert b"RunnerUnavailableError" in ran.stderr


def test_nobody_is_alone_who_was_not_told_so(monkeypatch):
    monkeypatch.setattr(run, "_preferred", [])
    monkeypatch.setattr(run, "sealed_forms", list)

    assert handle({"kind": "describe"})["error"]["name"] == "RunnerUnavailableError"


def _commands_with(text):
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and text.encode() in (folder / "cmdline").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found
