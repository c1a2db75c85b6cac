"""The system calls that no guest needs: most ways out of a sandbox began with one of them."""

import ctypes
import platform
import struct

from sgcode_runner.box import linux

# Names with their numbers on x86_64 and aarch64; None where the machine has no such call.
_DENIED: dict[str, tuple[int | None, int]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "mknod": (133, 33),
    "mknodat": (259, 33),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "fanotify_init": (300, 262),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "sethostname": (170, 161),
    "personality": (135, 92),
    # Memory that no limit of a process counts.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
}
"""Answered with EPERM."""

_ABSENT = {"clone3": (435, 435)}
"""Answered with ENOSYS, so that the C library falls back to a call whose flags can be read."""

_ARCHITECTURES = {"x86_64": (0xC000003E, 0, 41, 56), "aarch64": (0xC00000B7, 1, 198, 220)}
"""Audit number, column above, number of socket(2) and of clone(2)."""

_NEW_NAMESPACES = 0x7E02_0000
LOCAL_FAMILIES = (1,)
"""Unix."""
IP_FAMILIES = (1, 2, 10)
"""Unix, IPv4, IPv6: a network namespace does not hold back every other family."""

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ALLOW, _ERRNO, _EPERM, _ENOSYS = 0x8000_0000, 0x7FFF_0000, 0x0005_0000, 1, 38
_NUMBER, _ARCHITECTURE, _ARGUMENT = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


def is_available() -> bool:
    """Tell whether the filter knows this machine's system calls."""
    return platform.machine() in _ARCHITECTURES


def install_filter(families: tuple[int, ...] = IP_FAMILIES) -> None:
    """Deny those calls, and sockets of other families, to this process and all that it starts, for good.

    Needs no_new_privs.
    """
    if not is_available():
        return
    program = _program(families, *_ARCHITECTURES[platform.machine()])
    code = ctypes.create_string_buffer(b"".join(program))
    # struct sock_fprog: the count, then, aligned, the pointer.
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    linux.check(linux.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(header)), "seccomp")


def _program(
    families: tuple[int, ...], architecture: int, column: int, socket_call: int, clone_call: int
) -> list[bytes]:
    deny = _instruction(_RETURN, _ERRNO | _EPERM)
    allow = _instruction(_RETURN, _ALLOW)
    program = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if column == 0:
        # The x32 calls of the same processor have numbers of their own.
        program += [_instruction(_JUMP_AT_LEAST, 0x4000_0000, 0, 1), deny]
    for numbers in _DENIED.values():
        program += [_instruction(_JUMP_EQUAL, int(numbers[column] or 0), 0, 1), deny]
    for numbers in _ABSENT.values():
        program += [
            _instruction(_JUMP_EQUAL, numbers[column], 0, 1),
            _instruction(_RETURN, _ERRNO | _ENOSYS),
        ]
    program += [
        _instruction(_JUMP_EQUAL, clone_call, 0, 4),
        _instruction(_LOAD, _ARGUMENT),
        _instruction(_JUMP_ANY_BIT, _NEW_NAMESPACES, 0, 1),
        deny,
        allow,
        _instruction(_JUMP_EQUAL, socket_call, 0, len(families) + 2),
        _instruction(_LOAD, _ARGUMENT),
    ]
    for index, family in enumerate(families):
        program.append(_instruction(_JUMP_EQUAL, family, len(families) - index, 0))
    return [*program, deny, allow]


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
