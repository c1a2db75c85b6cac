"""What a file holds that a program finds without having written it."""

import io
import json
import tarfile
import zipfile

_TEXTS = {
    ".json": json.dumps({"name": "vname", "id": 7, "items": ["one", "two"]}),
    ".yml": "name: vname\nid: 7\nitems:\n- one\n- two\n",
    ".yaml": "name: vname\nid: 7\nitems:\n- one\n- two\n",
    ".csv": "id,name\n7,vname\n8,other\n",
    ".xml": "<note><to>friend</to><name>vname</name></note>",
    ".ini": "[main]\nname = vname\nid = 7\n",
    ".cfg": "[main]\nname = vname\nid = 7\n",
    ".html": "<html><body>{{ name }}</body></html>",
}
_TAR = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tbz2", ".tar.xz")


def content_for(name: str) -> bytes:
    """Return the bytes of a benign file of this name, the same each time."""
    lowered = name.lower()
    if lowered.endswith(_TAR):
        return _archive_tar()
    if lowered.endswith(".zip"):
        return _archive_zip()
    for ending, text in _TEXTS.items():
        if lowered.endswith(ending):
            return text.encode()
    return f"first line of {name}\nsecond line\n".encode()


def _archive_tar() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        entry = tarfile.TarInfo("inner.txt")
        entry.size = 6
        archive.addfile(entry, io.BytesIO(b"inner\n"))
    return made.getvalue()


def _archive_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("inner.txt"), "inner\n")
    return made.getvalue()
