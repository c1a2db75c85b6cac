"""Finds files of the same content by their fingerprints."""

import hashlib


def fingerprint(content):
    return hashlib.md5(content).hexdigest()


def duplicates(contents):
    seen = {}
    for name, content in contents.items():
        seen.setdefault(fingerprint(content), []).append(name)
    return [names for names in seen.values() if len(names) > 1]
