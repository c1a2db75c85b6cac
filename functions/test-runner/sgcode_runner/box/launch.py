"""The box without bubblewrap: a script that makes namespaces and a private root, and starts `enter.py` in it.

It reads its plan, JSON, from the descriptor in its first argument: all of it is the runner's word, none of it
the guest's. Works for root, and for a user where the kernel gives users namespaces of their own.
"""

import json
import os
import select
import socket
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
OLD = "old"
NOBODY = 65534


def main() -> int:
    """Run the plan. Returns the guest's exit status, 128 + signal where a signal ended it."""
    from sgcode_runner.box import linux

    with os.fdopen(int(sys.argv[1]), "rb") as source:
        plan = json.load(source)
    linux.die_with_parent()
    if os.getppid() != plan["parent"]:
        return 1
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        linux.unshare(linux.CLONE_REST)
    else:
        linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_REST)
        linux.map_user(user, user, group)
    watched, alive = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(alive)
        _run_as_first_process(plan, watched)
    os.close(watched)
    return _exit_status(os.waitpid(first, 0)[1])


def _run_as_first_process(plan: dict[str, Any], watched: int) -> None:
    """Set up the box as its process 1, whose end ends everything in it; never returns."""
    from sgcode_runner.box import linux

    status = 1
    try:
        _make_root(plan)
        socket.sethostname("box")
        linux.raise_loopback()
        guest = os.fork()
        if guest == 0:
            os.close(watched)
            os.chdir("/box")
            os.execve(plan["command"][0], plan["command"], plan["environment"])
        if os.geteuid() == 0:
            linux.become(NOBODY)
        linux.drop_capabilities()
        linux.hide_from_peers()
        linux.die_with_parent()
        # The parent may have ended before the line above.
        if select.select([watched], [], [], 0)[0]:
            os._exit(1)
        status = _wait_for(guest)
    except BaseException as error:
        os.write(2, f"sgcode_runner: {error}\n".encode())
    finally:
        os._exit(status)


def _make_root(plan: dict[str, Any]) -> None:
    from sgcode_runner.box import linux

    plain = linux.MS_NOSUID | linux.MS_NODEV
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", "/tmp", "tmpfs", plain, "mode=755,size=1m")
    Path(f"/tmp/{OLD}").mkdir()
    linux.change_root("/tmp", OLD)
    for source, target in plan["binds"]:
        _bind(source, target)
        linux.restrict_mount(target, plain | linux.MS_RDONLY, recursive=True)
    for name in plan["devices"]:
        _bind(f"/dev/{name}", f"/dev/{name}")
        linux.restrict_mount(f"/dev/{name}", linux.MS_NOSUID | linux.MS_NOEXEC, recursive=False)
    for text, target in plan["links"]:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        Path(target).symlink_to(text)
    Path("/proc").mkdir()
    linux.mount("proc", "/proc", "proc", plain | linux.MS_NOEXEC)
    for target in plan["writable"]:
        Path(target).mkdir(parents=True, exist_ok=True)
        linux.mount("tmpfs", target, "tmpfs", plain, f"mode=1777,nr_inodes=4096,size={plan['disk']}")
    linux.detach(f"/{OLD}")
    Path(f"/{OLD}").rmdir()
    linux.restrict_mount("/", plain | linux.MS_RDONLY, recursive=False)


def _bind(source: str, target: str) -> None:
    from sgcode_runner.box import linux

    origin = Path(f"/{OLD}{source}")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    if origin.is_dir():
        Path(target).mkdir(exist_ok=True)
    else:
        Path(target).touch()
    linux.mount(str(origin), target, None, linux.MS_BIND | linux.MS_REC)


def _wait_for(guest: int) -> int:
    while True:
        ended, status = os.wait()
        if ended == guest:
            return _exit_status(status)


def _exit_status(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    try:
        sys.exit(main())
    except OSError as error:
        os.write(2, f"sgcode_runner: {error}\n".encode())
        sys.exit(1)
