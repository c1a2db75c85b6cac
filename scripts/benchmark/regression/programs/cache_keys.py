"""Keys under which a web shop caches its pages."""

from hashlib import sha1

PREFIX = "page"


def cache_key(path, language):
    digest = sha1(f"{language}:{path}".encode()).hexdigest()
    return f"{PREFIX}-{digest[:16]}"


def all_keys(paths, languages):
    return {(path, language): cache_key(path, language) for path in paths for language in languages}
