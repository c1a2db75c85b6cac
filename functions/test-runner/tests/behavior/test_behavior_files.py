"""Temporary files, archives and XML: what a secured program does with them is what it did."""

import pytest

from .programs import changed, check

TOOL = """\
import os
import subprocess
import tempfile

def convert(name):
    path = tempfile.mktemp(".png")
    subprocess.run(["convert", name, path])
    subprocess.run(["upload", path + ".log"])
    return path
"""
PLOT = """\
import os
import subprocess
import tempfile

def plot(name):
    path = tempfile.mktemp(".png", "plot")
    subprocess.run(["plot", name, path])
    os.remove(path) if os.path.exists(path) else None
    print("made", path)
"""
NOTE = """\
import os
import tempfile

def note(text):
    path = tempfile.mktemp()
    with open(path, "w") as file:
        file.write(text)
    with open(path) as file:
        print(path, file.read())
    return path
"""
FOLDER = """\
import os
import subprocess
import tempfile

def work(name):
    folder = tempfile.mkdtemp()
    subprocess.run(["make", name, os.path.join(folder, "a.txt")])
"""
ARCHIVE = """\
import os
import tarfile

def unpack(where):
    with tarfile.open("data.tar") as archive:
        archive.extractall("out")
    with open(os.path.join("out", "inner.txt")) as file:
        return file.read()
"""
NOTES = """\
import xml.etree.ElementTree as ET

def names(title):
    root = ET.parse("notes.xml").getroot()
    return title, [each.text for each in root.iter("name")]
"""
MODEL = """\
import torch

def load(model, name):
    model.load_state_dict(torch.load(name, map_location="cpu"))
    return model
"""
JOINED = 'os.path.join(tempfile.mkdtemp({}), "{}.png")'
KEPT = {
    "a name in a private folder": (TOOL, [('tempfile.mktemp(".png")', JOINED.format("", "file"))]),
    "a name with a prefix": (
        PLOT,
        [('tempfile.mktemp(".png", "plot")', JOINED.format('prefix="plot"', "plot"))],
    ),
    "a file that is there at once": (
        NOTE,
        [("path = tempfile.mktemp()", "descriptor, path = tempfile.mkstemp()\n    os.close(descriptor)")],
    ),
    "a filter for an archive": (ARCHIVE, [('extractall("out")', 'extractall("out", filter="data")')]),
    "weights only": (MODEL, [('"cpu")', '"cpu", weights_only=True)')]),
    "another parser": (
        NOTES,
        [
            ("import xml.etree.ElementTree as ET", "import defusedxml.ElementTree"),
            ("ET.parse", "defusedxml.ElementTree.parse"),
        ],
    ),
}
CHANGED = {
    "another ending": (TOOL, [('tempfile.mktemp(".png")', JOINED.format("", "file.x"))], "ran the command"),
    "a name of its own choice": (TOOL, [('tempfile.mktemp(".png")', '"/tmp/out.png"')], "ran the command"),
    "one temporary name for another": (
        TOOL,
        [('["upload", path', '["upload", tempfile.mktemp(".png")')],
        "ran the command",
    ),
    "another file in the program's folder": (FOLDER, [('"a.txt"', '"b.txt"')], "ran the command"),
    "another place for the weights": (MODEL, [('"cpu"', '"cuda"')], "called torch.load"),
    "nothing unpacked": (ARCHIVE, [('extractall("out")', "getmembers()")], "left the file"),
    "another element": (NOTES, [('iter("name")', 'iter("to")')], "returned"),
}


@pytest.mark.parametrize("name", KEPT)
def test_keeps(name: str) -> None:
    original, changes = KEPT[name]

    result = check(original, changed(original, *changes))

    assert (result["verdict"], result["difference"]) == ("kept", None), result


@pytest.mark.parametrize("name", CHANGED)
def test_tells_apart(name: str) -> None:
    original, changes, words = CHANGED[name]

    result = check(original, changed(original, *changes))

    assert result["verdict"] == "deviated", result
    assert words in result["difference"]
