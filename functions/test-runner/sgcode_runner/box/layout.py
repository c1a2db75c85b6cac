"""What a guest sees of the file system: one description, carried out by either form of the box."""

import functools
import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SITE = Path(sysconfig.get_path("purelib")).resolve()
"""Where the packages lie that programs in a box may import."""

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/box", "LANG": "C.UTF-8", "TZ": "UTC", "USER": "box"}
"""All that a guest finds in its environment."""

_ETC = PACKAGE / "box" / "etc"

# `/usr/local` stays outside unless Python itself lives there: it holds whatever a machine's owner put there.
_SYSTEM = (
    "/usr/bin /usr/sbin /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/share/zoneinfo /bin /sbin /lib "
    "/lib32 /lib64 /etc/ld.so.cache /etc/alternatives"
).split()
_DEVICES = "null zero full random urandom".split()
_WRITABLE = ("/box", "/tmp", "/dev/shm")


@dataclass(frozen=True)
class Layout:
    """Read-only binds as (source, target), links as (text, target), devices, writable folders, Python."""

    binds: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    devices: tuple[str, ...]
    writable: tuple[str, ...]
    python: str
    environment: dict[str, str]

    def folders(self) -> list[str]:
        """Return the folders that the binds, links and devices lie in, parents first."""
        targets = [target for _, target in (*self.binds, *self.links)]
        parents = {str(parent) for target in targets for parent in Path(target).parents}
        return sorted(parents - {"/"})


@functools.cache
def guest_layout() -> Layout:
    """Return what a box on this machine holds: system libraries, Python, its packages, this package.

    Raises OSError where Python is not laid out so that it can be shown.
    """
    binds: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = [("/proc/self/fd", "/dev/fd")]
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            links.append((str(path.readlink()), str(path)))
        elif path.exists():
            binds.append((str(path), str(path)))
    environment = dict(ENVIRONMENT)
    executable = Path(os.path.realpath(sys.executable))
    base = Path(sys.base_prefix).resolve()
    python = str(executable)
    if not executable.is_relative_to(base):
        raise FileNotFoundError(f"the interpreter {executable} does not lie in its own installation {base}")
    if base != Path("/usr"):
        # Python may lie in somebody's home, which stays outside with its name.
        binds += [(str(base / part), f"/python/{part}") for part in ("bin", "lib") if (base / part).is_dir()]
        python = f"/python/{executable.relative_to(base)}"
        if sysconfig.get_config_var("Py_ENABLE_SHARED"):
            environment["LD_LIBRARY_PATH"] = "/python/lib"
    binds += [(str(SITE), "/site"), (str(PACKAGE), "/runner/sgcode_runner")]
    binds += [(str(file), f"/etc/{file.name}") for file in sorted(_ETC.iterdir())]
    return Layout(tuple(binds), tuple(links), tuple(_DEVICES), _WRITABLE, python, environment)
