"""The system calls that Python does not offer, for the two scripts that seal a box. Standard library only."""

import ctypes
import fcntl
import os
import socket
import struct
from pathlib import Path

CLONE_NEWUSER = 0x1000_0000
# Mounts, processes, network, System V IPC, host name.
CLONE_REST = 0x0002_0000 | 0x2000_0000 | 0x4000_0000 | 0x0800_0000 | 0x0400_0000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000

_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_SYS_MOUNT_SETATTR = 442
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
_PR_SET_CHILD_SUBREAPER = 36
_CAPABILITY_VERSION = 0x20080522
_SIGKILL = 9
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

libc = ctypes.CDLL(None, use_errno=True)


def check(result: int, what: str) -> None:
    """Raise OSError that names `what` failed where a system call returned -1."""
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def prctl(option: int, first: int = 0, second: int = 0) -> int:
    """Return what prctl(2) returns. An argument that is an address comes as its number."""
    return int(libc.prctl(option, *[ctypes.c_ulong(each) for each in (first, second, 0, 0)]))


def unshare(flags: int) -> None:
    """Leave the namespaces that `flags` names for new ones."""
    check(libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount `source` at `target`."""
    arguments = [None if text is None else text.encode() for text in (source, target, kind)]
    check(libc.mount(*arguments, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def restrict_mount(target: str, flags: int, *, recursive: bool) -> None:
    """Add MS_RDONLY, MS_NOSUID, MS_NODEV or MS_NOEXEC to a mount, and to those below it."""
    attributes = struct.pack("=4Q", flags, 0, 0, 0)
    depth = _AT_RECURSIVE if recursive else 0
    result = libc.syscall(
        ctypes.c_long(_SYS_MOUNT_SETATTR), _AT_FDCWD, target.encode(), depth, attributes, len(attributes)
    )
    check(result, f"mount_setattr {target} (Linux 5.12 has it)")


def change_root(new_root: str, old_name: str) -> None:
    """Make `new_root` the root; the old one lies at `old_name` in it."""
    check(libc.pivot_root(new_root.encode(), f"{new_root}/{old_name}".encode()), "pivot_root")
    os.chdir("/")


def detach(target: str) -> None:
    """Unmount whatever lies at `target` and below it."""
    check(libc.umount2(target.encode(), _MNT_DETACH), f"umount {target}")


def map_user(inside: int, user: int, group: int) -> None:
    """In a new user namespace, be `inside`; outside this process stays `user` and `group`."""
    # A change of user made the process's files root's own.
    prctl(_PR_SET_DUMPABLE, 1)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{inside} {user} 1"),
        ("gid_map", f"{inside} {group} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text)


def drop_capabilities() -> None:
    """Give up every capability, also for whatever this process executes."""
    for number in range(64):
        prctl(_PR_CAPBSET_DROP, number)
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    check(libc.capset(header, struct.pack("=6I", *[0] * 6)), "capset")


def become(user: int) -> None:
    """Become an unprivileged user for good. For a process of root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def forbid_new_privileges() -> None:
    """Let no program that this process executes gain a privilege."""
    check(prctl(_PR_SET_NO_NEW_PRIVS, 1), "no_new_privs")


def hide_from_peers() -> None:
    """Let no process of the same user look into this one."""
    prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Become the parent of whatever outlives its parent below this process."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when the parent ends. To be set after the last change of user."""
    prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def raise_loopback() -> None:
    """Bring up the loopback interface of a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        name = b"lo"
        answer = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, struct.pack("16sh14x", name, 0))
        flags = struct.unpack("16sh14x", answer)[1] | _IFF_UP
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", name, flags))
