"""The last step into the box: a script that gives up what is left to give up, then hands over to a driver.

It reads one line of JSON from stdin (which driver, which limits) and then the request. Nothing of the guest
has run before the mark that it writes to the answer pipe.
"""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
STARTED = b"\x01"


def main() -> None:
    """Seal this process and run the driver; ends the process."""
    order, parcel = _read_order()
    answer = int(order["answer"])
    sys.path = [each for each in sys.path[1:] if each] + [order["site"], str(ROOT)]
    if order["seal"] == "namespaces":
        _seal(order["limits"])
    elif order["seal"] == "process":
        _seal_process(order["limits"])
    else:
        _limit(order["limits"], processes=False)
        _die_with_runner()
    _tidy(answer)
    module = __import__(f"sgcode_runner.inside.{order['module']}", fromlist=["run"])
    os.write(answer, STARTED)
    # The driver alone holds the request: what stays in a frame below the guest is in its reach.
    status = module.run(parcel.pop(), answer)
    os._exit(int(status or 0))


def _read_order() -> tuple[dict[str, Any], list[bytes]]:
    with os.fdopen(0, "rb", closefd=False) as stdin:
        line, _, request = stdin.read().partition(b"\n")
    return json.loads(line), [request]


def _seal(limits: dict[str, int]) -> None:
    from sgcode_runner.box import linux, seccomp

    if os.geteuid() == 0:
        linux.become(NOBODY)
    user, group = os.geteuid(), os.getegid()
    # A user namespace of its own has its own count of processes, and keeps the guest from looking into
    # the process that set up the box.
    linux.unshare(linux.CLONE_NEWUSER)
    linux.map_user(NOBODY, user, group)
    linux.drop_capabilities()
    linux.forbid_new_privileges()
    linux.die_with_parent()
    Path("/proc/self/oom_score_adj").write_text("1000")
    _limit(limits, processes=True)
    seccomp.install_filter()


def _seal_process(limits: dict[str, int]) -> None:
    """Seal without namespaces: all that is around this process is its own, and the runner hides from it."""
    from sgcode_runner.box import linux, seccomp

    if os.geteuid() == 0 or not seccomp.is_available():
        raise OSError("it takes a user without rights, and system calls that can be filtered")
    linux.drop_capabilities()
    linux.forbid_new_privileges()
    linux.die_with_parent()
    _limit(limits, processes=True)
    # The environment's own interface, through which an answer could be forged, is an address on IP.
    seccomp.install_filter(families=seccomp.LOCAL_FAMILIES)


def _die_with_runner() -> None:
    if sys.platform == "linux":
        from sgcode_runner.box import linux

        linux.die_with_parent()


def _limit(limits: dict[str, int], *, processes: bool) -> None:
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["file_size"],
        resource.RLIMIT_NOFILE: limits["open_files"],
        resource.RLIMIT_STACK: limits["stack"],
        resource.RLIMIT_AS: limits["memory"],
    }
    if processes:
        # Without a user namespace this would count every process of the user.
        wanted[resource.RLIMIT_NPROC] = limits["processes"]
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (ceiling, ceiling))
        except (OSError, ValueError):
            # Not every system that may run it unsealed knows every limit.
            if processes:
                raise


def _tidy(answer: int) -> None:
    """Leave the guest no descriptor but the standard ones and the answer's, and no trace of the order."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    last = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, answer)
    os.closerange(answer + 1, min(last, 65536))
    os.environ.pop("PYTHONHASHSEED", None)
    sys.argv = [""]
    sys.orig_argv = [""]
    os.umask(0o022)


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    main()
