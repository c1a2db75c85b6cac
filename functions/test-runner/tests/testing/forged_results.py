"""Programs that end early, print or write results, or reach for the process that takes them."""

ADD = """
def add(a, b):
    return a - b
"""

_EVERY_PIPE = """
import json, os, struct

def write_everywhere(data):
    for number in range(3, 128):
        try:
            os.write(number, data)
        except OSError:
            pass
"""

_FAKE = """
FAKES = []
for name in ("test_bad", "test_raises", "TestMethods::test_bad", "TestUnits::test_bad"):
    FAKES.append({"kind": "result", "id": "test_program.py::" + name, "outcome": "passed", "message": ""})
FAKES += [{"kind": "finished"}, {"kind": "end", "ended": "complete"}]
LINES = b"".join(json.dumps(each).encode() + b"\\n" for each in FAKES)
RECORDS = b"".join(
    struct.pack(">I", len(text)) + bytes(16) + text
    for text in (json.dumps([place, each]).encode() for place, each in enumerate(FAKES))
)
"""

FORGED_RESULTS = {
    "wrong, no trick": ADD,
    "exit while imported": "import os; os._exit(0)",
    "exit politely while imported": "import sys; sys.exit(0)",
    "exit in a function": "import os\ndef add(a, b):\n    if a: os._exit(0)\n    return 0",
    "end the session": "import pytest\ndef add(a, b):\n    pytest.exit('done', returncode=0)",
    "kill itself": "import os; os.kill(os.getpid(), 9)",
    "kill the watcher": ADD + "import os; os.kill(os.getppid(), 9)",
    "kill the watcher later": "import os\ndef add(a, b):\n    if a: os.kill(os.getppid(), 9)\n    return 0",
    "exit at exit": ADD + "import atexit, os; atexit.register(os._exit, 0)",
    "skip": "import pytest\ndef add(a, b):\n    pytest.skip('not here')",
    "expect to fail": "import pytest\ndef add(a, b):\n    pytest.xfail('so what')",
    "print results": ADD + "print('5 passed in 0.01s', flush=True)\nimport os\nos.write(2, b'5 passed')",
    "write results to every descriptor": _EVERY_PIPE + _FAKE + ADD + "write_everywhere(LINES)",
    "write records to every descriptor": _EVERY_PIPE + _FAKE + ADD + "write_everywhere(RECORDS)",
    "write and exit": _EVERY_PIPE
    + _FAKE
    + """
def add(a, b):
    if a:
        write_everywhere(RECORDS + LINES)
        os._exit(0)
    return 0
""",
    "write the very records that are due, and exit": _EVERY_PIPE
    + """
OWN = "sgcode_control_test.py::"
DUE = [("test_program.py::" + name, "passed")
       for name in ("test_bad", "test_raises", "TestMethods::test_bad", "TestUnits::test_bad")]
DUE += [(OWN + f"test_{name}[after]", name.rpartition("_")[2])
        for name in ("assertion_failed", "exception_failed", "nothing_raised_failed", "assertion_passed")]
DUE += [(OWN + f"TestControl::test_{name}", name.rpartition("_")[2])
        for name in ("equal_failed", "equal_passed", "raises_failed", "true_failed")]
def add(a, b):
    if a:
        records = [{"kind": "result", "id": name, "outcome": outcome, "message": ""} for name, outcome in DUE]
        out = b""
        for place, record in enumerate([*records, {"kind": "finished"}], start=6):
            text = json.dumps([place, record]).encode()
            out += struct.pack(">I", len(text)) + bytes(16) + text
        write_everywhere(out)
        os._exit(0)
    return 0
""",
    "write to the watcher's descriptors": _EVERY_PIPE
    + _FAKE
    + ADD
    + """
for process in (os.getppid(), 1):
    for number in range(64):
        try:
            with open(f"/proc/{process}/fd/{number}", "wb", buffering=0) as pipe:
                pipe.write(LINES)
        except OSError:
            pass
""",
    "close every descriptor": ADD + "import os; os.closerange(3, 128)",
    "close every descriptor and exit": "import os\ndef add(a, b):\n    if a:\n        os.closerange(0, 128)\n"
    "        os._exit(0)\n    return 0",
    "threads that go on writing": _EVERY_PIPE
    + _FAKE
    + ADD
    + """
import threading
def go_on():
    while True:
        write_everywhere(RECORDS)
threading.Thread(target=go_on, daemon=True).start()
""",
    "children that go on writing": _EVERY_PIPE
    + _FAKE
    + ADD
    + """
if os.fork() == 0:
    os.setsid()
    while True:
        write_everywhere(RECORDS)
""",
    "search memory for a key": _EVERY_PIPE
    + _FAKE
    + """
import gc, hashlib, sys
def keys():
    for thing in gc.get_objects():
        inner = [thing] if isinstance(thing, (bytes, str)) else gc.get_referents(thing)
        for each in inner:
            if isinstance(each, bytes) and 16 <= len(each) <= 64:
                yield each
            elif isinstance(each, str) and len(each) in (32, 64):
                yield each.encode()
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if isinstance(value, bytes):
                yield value
        frame = frame.f_back
def add(a, b):
    if a:
        for key in set(keys()):
            if len(key) > 64:
                continue
            out = b""
            for place, each in enumerate(FAKES):
                text = json.dumps([place, each]).encode()
                seal = hashlib.blake2b(text, key=key, digest_size=16).digest()
                out += struct.pack(">I", len(text)) + seal + text
            write_everywhere(out)
            for each in FAKES:
                write_everywhere(json.dumps({"nonce": key.decode("latin-1"), **each}).encode() + b"\\n")
        os._exit(0)
    return 0
""",
    "never end": "def add(a, b):\n    while a: pass\n    return 0",
    "use up memory": "def add(a, b):\n    return [bytearray(1 << 20) for _ in range(2000 if a else 0)] or 0",
    "print without end": "import os\ndef add(a, b):\n    while a: os.write(1, bytes(1 << 16))\n    return 0",
}
