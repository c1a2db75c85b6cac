"""Programs that try to get out of the box: each answers ESCAPED where it could, and HELD at its end."""

import textwrap

_START = """
import ctypes, errno, os, signal, socket, struct, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)

def say(text):
    os.write(answer, text.encode() + b";")

def escaped_if(attempt):
    try:
        if attempt():
            say("ESCAPED")
    except (OSError, ValueError):
        pass

def readable(path):
    with open(path, "rb") as file:
        return b"the-secret" in file.read()

def writable(path):
    with open(path, "ab") as file:
        file.write(b"x")
    return True
"""

ATTACKS = {
    "read a file outside": """
        escaped_if(lambda: readable(SECRET))
    """,
    "read it through another root": """
        for process in filter(str.isdigit, os.listdir("/proc")):
            for link in ("root", "cwd"):
                escaped_if(lambda: readable(f"/proc/{process}/{link}{SECRET}"))
        for number in range(64):
            escaped_if(lambda: readable(f"/proc/self/fd/{number}{SECRET}"))
            escaped_if(lambda: readable(f"/proc/self/fd/{number}/../../../../../../..{SECRET}"))
    """,
    "reach it through a symbolic link": """
        os.symlink(SECRET, "/box/link")
        escaped_if(lambda: readable("/box/link"))
    """,
    "find homes and the checkout": """
        for path in ("/root", "/home", "/etc/shadow", "/etc/hostname", "/var", "/run", "/sys", HERE):
            escaped_if(lambda: os.path.lexists(path))
    """,
    "read secrets from environments": """
        escaped_if(lambda: "the-secret" in str(dict(os.environ)))
        for process in filter(str.isdigit, os.listdir("/proc")):
            escaped_if(lambda: readable(f"/proc/{process}/environ"))
    """,
    "reach a server on this machine": """
        for address in ("127.0.0.1", "0.0.0.0", "localhost"):
            escaped_if(lambda: socket.create_connection((address, PORT), 0.5))
    """,
    "reach an abstract socket on this machine": """
        escaped_if(lambda: socket.socket(socket.AF_UNIX).connect(ABSTRACT) or True)
    """,
    "reach anything but itself": """
        escaped_if(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("8.8.8.8", 53)) or True)
        for family in (16, 17, 38, 40):
            escaped_if(lambda: socket.socket(family, socket.SOCK_RAW))
        escaped_if(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
    """,
    "write where only reading is": """
        for path in ("/", "/usr/bin", "/usr/lib", "/etc", "/dev", "/site", "/runner/sgcode_runner", "/proc"):
            escaped_if(lambda: writable(path + "/written-by-guest"))
            escaped_if(lambda: os.chmod(path, 0o777) or True)
        for path in ("/etc/passwd", "/runner/sgcode_runner/__init__.py", sys.executable, "/usr/bin/env"):
            escaped_if(lambda: writable(path))
    """,
    "steer the kernel": """
        for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger"):
            escaped_if(lambda: writable(path))
        escaped_if(lambda: os.write(os.open("/proc/self/oom_score_adj", os.O_WRONLY), b"-1000"))
    """,
    "become root": """
        escaped_if(lambda: os.setuid(0) or True)
        escaped_if(lambda: os.setgroups([0]) or True)
        with open("/proc/self/status") as file:
            status = dict(line.split(":", 1) for line in file.read().splitlines())
        held = {"CapEff": 0, "CapPrm": 0, "CapInh": 0, "CapBnd": 0, "CapAmb": 0}
        escaped_if(lambda: any(int(status[name], 16) for name in held))
        escaped_if(lambda: status["NoNewPrivs"].strip() != "1" or status["Seccomp"].strip() != "2")
        escaped_if(lambda: os.getuid() == 0 or os.geteuid() == 0)
    """,
    "mount": """
        escaped_if(lambda: libc.mount(b"tmpfs", b"/box", b"tmpfs", 0, None) == 0)
        escaped_if(lambda: libc.mount(b"none", b"/", None, 32 | 4096, None) == 0)
        escaped_if(lambda: libc.umount2(b"/proc", 2) == 0)
    """,
    "make namespaces": """
        for flag in (0x10000000, 0x00020000, 0x10000000 | 0x00020000):
            escaped_if(lambda: libc.unshare(flag) == 0)
        child = libc.syscall(ctypes.c_long(56), ctypes.c_long(0x10000000 | 17), 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        escaped_if(lambda: child > 0 and os.uname().machine == "x86_64")
        for process in (1, os.getppid()):
            escaped_if(lambda: libc.setns(os.open(f"/proc/{process}/ns/mnt", os.O_RDONLY), 0) == 0)
    """,
    "change the root": """
        os.makedirs("/box/root")
        escaped_if(lambda: os.chroot("/box/root") or True)
        escaped_if(lambda: libc.pivot_root(b"/box", b"/box/root") == 0)
    """,
    "make or open devices": """
        escaped_if(lambda: os.mknod("/box/disk", 0o60666, os.makedev(254, 0)) or True)
        for path in ("/dev/vda", "/dev/sda", "/dev/mem", "/dev/kmsg", "/dev/tty", "/dev/vsock", "/dev/kvm"):
            escaped_if(lambda: os.open(path, os.O_RDONLY) >= 0)
    """,
    "look into other processes": """
        for process in map(int, filter(str.isdigit, os.listdir("/proc"))):
            if process != os.getpid():
                escaped_if(lambda: os.open(f"/proc/{process}/mem", os.O_RDWR) >= 0)
                for number in range(16):
                    escaped_if(lambda: os.open(f"/proc/{process}/fd/{number}", os.O_RDWR) >= 0)
                escaped_if(lambda: libc.ptrace(16, process, 0, 0) == 0)
        child = os.fork()
        if child == 0:
            time.sleep(5)
            os._exit(0)
        escaped_if(lambda: libc.ptrace(16, child, 0, 0) == 0)
        os.kill(child, 9)
    """,
    "see other processes": """
        seen = [int(each) for each in os.listdir("/proc") if each.isdigit()]
        escaped_if(lambda: len(seen) > 3 or OUTSIDE in seen and OUTSIDE > 3)
        escaped_if(lambda: any(readable(f"/proc/{process}/cmdline") for process in seen))
    """,
    "use memory that no limit counts": """
        escaped_if(lambda: os.memfd_create("x") >= 0)
        escaped_if(lambda: libc.shmget(0, 1 << 20, 0o1600) >= 0)
        escaped_if(lambda: libc.syscall(ctypes.c_long(425), 8, ctypes.create_string_buffer(120)) >= 0)
    """,
    "use a descriptor that was left open": """
        left = [int(each) for each in os.listdir("/proc/self/fd")]
        escaped_if(lambda: len(set(left) - {0, 1, 2, answer}) > 1)
    """,
    "allocate too much at once": """
        try:
            bytearray(1 << 30)
            say("ESCAPED")
        except MemoryError:
            pass
    """,
    "write a large file": """
        with open("/tmp/large", "wb") as file:
            try:
                for _ in range(64):
                    file.write(bytes(1 << 20))
                say("ESCAPED")
            except OSError:
                pass
    """,
    "fill the disk": """
        written = 0
        for folder in ("/box", "/tmp", "/dev/shm"):
            for number in range(40):
                try:
                    with open(f"{folder}/{number}", "wb") as file:
                        for _ in range(8):
                            written += file.write(bytes(1 << 20))
                except OSError:
                    break
        escaped_if(lambda: written > 3 * 33 * (1 << 20))
    """,
    "fork without end": """
        children = 0
        try:
            while children < 500:
                if os.fork() == 0:
                    time.sleep(30)
                    os._exit(0)
                children += 1
            say("ESCAPED")
        except BlockingIOError:
            pass
    """,
    "close everything and kill everything": """
        os.kill(1, 9)
        os.kill(-1, 9)
    """,
}
"""Each by what it tries."""


def source_of(attack, **names):
    """Return the attack as a program that knows `names`."""
    lines = [f"{name} = {value!r}" for name, value in names.items()]
    return "\n".join([*lines, _START, textwrap.dedent(ATTACKS[attack]), 'say("HELD")']).encode()
