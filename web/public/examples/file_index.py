"""Indexes files by a checksum and keeps the index in a temporary file."""

import hashlib
import tempfile


def checksum(path):
    digest = hashlib.md5()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(65536), b""):
            digest.update(block)
    return digest.hexdigest()


def write_index(paths):
    name = tempfile.mktemp(suffix=".txt")
    with open(name, "w") as index:
        for path in paths:
            index.write(f"{checksum(path)} {path}\n")
    return name
