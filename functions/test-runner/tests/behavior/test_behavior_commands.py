"""Commands for a shell against fixed scripts that are handed the same values as parameters."""

import pytest

from .programs import changed, check

SHELL = """
import os
import subprocess

def count(path, word):
    return int(len(os.popen(f"cat {path} | grep '{word}' | wc -l").read()))

def note(text):
    subprocess.run('echo "note: %s" >> notes.txt' % text, shell=True, check=True)

def own(folder):
    os.system("cd " + folder + " && chown backup * > log.txt")
def add(first, second):
    os.system("git add " + " ".join([first, second]) + " && git commit > log.txt")
"""
COUNT = """os.popen(f"cat {path} | grep '{word}' | wc -l").read()"""
NOTE = """'echo "note: %s" >> notes.txt' % text, shell=True"""
ADD = """os.system("git add " + " ".join([first, second]) + " && git commit > log.txt")"""
OWN = """os.system("cd " + folder + " && chown backup * > log.txt")"""


def script(text: str, *values: str) -> str:
    return f"""["/bin/sh", "-c", '{text}', "sh", {", ".join(values)}]"""


def read(text: str, *values: str) -> str:
    return f"subprocess.run({script(text, *values)}, stdout=subprocess.PIPE, text=True).stdout"


def test_a_fixed_script_is_kept() -> None:
    candidate = changed(
        SHELL,
        (COUNT, read('cat "$1" | grep "$2" | wc -l', "path", "word")),
        (NOTE, script('echo "note: $1" >> notes.txt', "text")),
        (OWN, "subprocess.run(" + script('cd "$1" && chown backup ./* > log.txt', "folder") + ")"),
        (ADD, "subprocess.run(" + script('git add "$@" && git commit > log.txt', "first", "second") + ")"),
    )

    assert check(SHELL, candidate)["difference"] is None


@pytest.mark.parametrize(
    "change",
    [
        (COUNT, read('cat "$1" | grep "$1" | wc -l', "path", "word")),
        (COUNT, read('cat "$2" | grep "$1" | wc -l', "path", "word")),
        (COUNT, read('cat "$1" | grep "$2"', "path", "word")),
        (COUNT, read('cat "$1" | grep "\\$2" | wc -l', "path", "word")),
        (NOTE, script('echo "note: $1" > notes.txt', "text")),
        (NOTE, script('echo "note: $0" >> notes.txt', "text")),
        (OWN, "subprocess.run(" + script('cd "$1" && chown backup / > log.txt', "folder") + ")"),
    ],
)
def test_another_script_deviates(change: tuple[str, str]) -> None:
    assert check(SHELL, changed(SHELL, change))["verdict"] == "deviated"
