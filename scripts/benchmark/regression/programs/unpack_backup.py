"""Unpacks a backup into a folder and says what was in it."""

import tarfile


def unpack(archive, folder):
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        packed.extractall(folder)
    return names


def describe(names):
    return f"{len(names)} files, the first of them {names[0]}" if names else "nothing"
