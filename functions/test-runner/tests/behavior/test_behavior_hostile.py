"""Candidates that try to look the same without being so."""

import pytest

from .programs import ADMIN, CHECKS, changed, check

EMPTY = "def withdraw(balance, amount):\n    return None\n\nclass Account:\n    pass\n"
FAKE = """
import json, os
record = {"nonce": "x", "number": 0, "case": 0, "events": [], "outcome": [["returned", "1"]], "unfit": None}
for descriptor in range(3, 64):
    try:
        os.write(descriptor, json.dumps(record).encode() + b"\\n")
        os.write(descriptor, b'{"done": true}\\n')
    except OSError:
        pass
"""
HOSTILE = {
    "prints records": "print('{\"done\": true}')\n" + EMPTY,
    "writes to every descriptor": FAKE + EMPTY,
    "closes every descriptor": "import os\nos.closerange(3, 64)\n" + EMPTY,
    "leaves at once": "import os\nos._exit(0)\n" + EMPTY,
    "leaves by the system call": "import ctypes\nctypes.CDLL(None)._exit(0)\n" + EMPTY,
    "raises SystemExit": "raise SystemExit(0)\n" + EMPTY,
    "kills its process": "import ctypes, os\nctypes.CDLL(None).kill(os.getpid(), 9)\n" + EMPTY,
    "never ends": "while True:\n    pass\n" + EMPTY,
    "never ends in a function": EMPTY.replace("return None", "\n    while True: pass"),
    "swallows the end of its time": EMPTY.replace(
        "return None",
        "\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
    ),
    "fills the memory": "held = []\nwhile True:\n    held.append(bytearray(50_000_000))\n" + EMPTY,
    "prints without end": "while True:\n    print('x' * 100_000)\n" + EMPTY,
    "recurses without end": "def dig():\n    dig()\ndig()\n" + EMPTY,
    "patches the recorder": (
        "import gc\nfor each in gc.get_objects():\n"
        "    if type(each).__name__ == 'Recorder':\n"
        "        each.note = each.taken = lambda *_: []\n" + EMPTY
    ),
    "calls itself unfit": (
        "import gc\nfor each in gc.get_objects():\n"
        "    if type(each).__name__ == 'Recorder':\n"
        "        each.unfit = 'no'\n        type(each).call_unfit('no')\n" + EMPTY
    ),
    "replaces the comparison's tools": (
        "import sys, json\njson.dumps = lambda *_: '{}'\njson.JSONEncoder.encode = lambda *_: '{}'\n"
        "for name in list(sys.modules):\n"
        "    if name.startswith('sgcode_runner'):\n        del sys.modules[name]\n" + EMPTY
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_candidate_is_never_kept(name):
    answer = check(CHECKS, HOSTILE[name], seconds=10)

    assert answer["verdict"] == "deviated"
    assert answer["difference"]


def test_neither_program_finds_the_other_one():
    mark = "m4rk-of-the-" + "original"
    search = changed(
        ADMIN,
        (
            "app.secret_key",
            f"import gc\nfound = any(isinstance(x, str) and {mark[:6]!r} + {mark[6:]!r} in x "
            "for x in gc.get_objects())\nassert not found\napp.secret_key",
        ),
    )

    assert check(ADMIN + f"# {mark}\nKEPT = {mark!r}\n", search)["verdict"] == "kept"


def test_fakes_that_a_candidate_patches_say_less_not_more():
    original = "import subprocess\n\ndef go(name):\n    subprocess.call(['ls', name])\n    return 1\n"
    patched = "import subprocess\nsubprocess.call = lambda *_: 0\n" + original.partition("\n")[2]

    answer = check(original, patched)

    assert answer["verdict"] == "deviated"
    assert "ran the command ls vname" in answer["difference"]
