"""The ways to seal a box on this machine: what each starts, best first."""

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sgcode_runner.box import layout
from sgcode_runner.limits import Limits

_ENTER = "/runner/sgcode_runner/box/enter.py"
# Sets and hashes must not differ between two runs of one program.
_SAME_HASHES = {"PYTHONHASHSEED": "0"}
_FLAGS = ["-S", "-s", "-B", "-X", "utf8"]


@dataclass(frozen=True)
class Start:
    """One process to start: its command, its environment, and descriptors that it takes over."""

    command: list[str]
    environment: dict[str, str]
    site: str
    seal: Literal["namespaces", "process", "none"] = "namespaces"
    """What the last step into the box does; `process` where whatever is around it serves one request only."""
    folder: str | None = None
    descriptors: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    """One way to start a box; `start` raises OSError where it cannot even begin."""

    name: str
    start: Callable[[Limits], Start]


def sealed_forms() -> list[Form]:
    """Return the forms that seal, best first; whether one works here shows only when it is used."""
    return [Form("bubblewrap", _start_bubblewrap), Form("unshare", _start_unshare)]


def start_unsealed(folder: str) -> Start:
    """Return how the driver starts without a seal, with resource limits only, in `folder`."""
    return _start_in(folder, "none")


def start_alone(folder: str) -> Start:
    """Return how the driver starts in an environment that serves one request and then is gone.

    Without namespaces, which Lambda does not give, but filtered, limited and without a network.
    """
    return _start_in(folder, "process")


def _start_in(folder: str, seal: Literal["process", "none"]) -> Start:
    environment = {**layout.ENVIRONMENT, **_SAME_HASHES, "HOME": folder, "TMPDIR": folder}
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        environment["LD_LIBRARY_PATH"] = str(Path(sys.base_prefix, "lib"))
    command = [sys.executable, *_FLAGS, str(layout.PACKAGE / "box" / "enter.py")]
    return Start(command, environment, str(layout.SITE), seal, folder)


def _start_bubblewrap(limits: Limits) -> Start:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise FileNotFoundError("bwrap is not installed")
    guest = layout.guest_layout()
    arguments = "--unshare-pid --unshare-net --unshare-ipc --unshare-uts --hostname box".split()
    arguments += "--die-with-parent --new-session --cap-drop ALL".split()
    if os.geteuid() == 0:
        # Root is left for a user who owns nothing by the last step into the box.
        arguments += "--cap-add CAP_SETUID --cap-add CAP_SETGID".split()
    else:
        arguments += ["--unshare-user"]
    for folder in guest.folders():
        arguments += ["--perms", "0755", "--dir", folder]
    for source, target in guest.binds:
        arguments += ["--ro-bind", source, target]
    for name in guest.devices:
        arguments += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for text, target in guest.links:
        arguments += ["--symlink", text, target]
    arguments += ["--proc", "/proc"]
    for target in guest.writable:
        arguments += ["--perms", "1777", "--size", str(limits.disk), "--tmpfs", target]
    arguments += ["--remount-ro", "/", "--chdir", "/box"]
    command = [bwrap, *arguments, "--", guest.python, *_FLAGS, _ENTER]
    return Start(command, {**guest.environment, **_SAME_HASHES}, "/site")


def _start_unshare(limits: Limits) -> Start:
    guest = layout.guest_layout()
    plan = {
        "parent": os.getpid(),
        "binds": guest.binds,
        "links": guest.links,
        "devices": guest.devices,
        "writable": guest.writable,
        "disk": limits.disk,
        "command": [guest.python, *_FLAGS, _ENTER],
        "environment": {**guest.environment, **_SAME_HASHES},
    }
    source, sink = os.pipe()
    # A pipe holds 64 KB; the plan has a few.
    os.write(sink, json.dumps(plan).encode())
    os.close(sink)
    command = [sys.executable, "-I", *_FLAGS, str(layout.PACKAGE / "box" / "launch.py"), str(source)]
    return Start(command, {}, "/site", descriptors=[source])


def compile_drivers() -> None:
    """Leave compiled code beside the drivers: a box reads them, and cannot write."""
    import compileall

    for folder in ("box", "inside"):
        compileall.compile_dir(str(Path(layout.PACKAGE, folder)), quiet=2)
