"""New imports: only modules that a fix has a use for."""

from collections.abc import Iterator

from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison

_ALLOWED = frozenset(
    "os shlex subprocess secrets hashlib hmac html ast re json tempfile pathlib defusedxml markupsafe "
    "shutil ipaddress string unicodedata urllib.parse xml.sax.saxutils werkzeug.security werkzeug.utils "
    "werkzeug.exceptions stat errno typing collections contextlib datetime math functools itertools "
    "operator logging bleach django.utils.html django.utils.http sqlalchemy.text sqlalchemy.sql.text "
    "psycopg2.sql flask.abort flask.escape xml.sax numbers decimal enum dataclasses uuid fnmatch glob "
    "posixpath ntpath base64 binascii zlib sys __future__ warnings time".split()
)
# Members of allowed modules that reach for code or a process by another door.
_REFUSED_NAMES = frozenset({"operator.attrgetter", "operator.methodcaller", "contextlib.suppress"})
# Packages whose further names a program that already uses them may import.
_KNOWN_PACKAGES = frozenset(
    "flask django werkzeug fastapi starlette sqlalchemy jinja2 yaml cryptography Crypto passlib bcrypt "
    "lxml".split()
)


def check_imports(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every import that the original did not have and a fix has no need of."""
    known = {each.target for each in comparison.original.names.imported}
    packages = {each.module.lstrip(".").split(".")[0] for each in comparison.original.names.imported}
    for each in comparison.candidate.names.imported:
        full = each.module if each.name is None else f"{each.module}.{each.name}"
        root = each.module.split(".")[0]
        if each.target in known or full in known:
            continue
        if comparison.allows("import", full) or comparison.allows("import", each.module):
            continue
        if full in _REFUSED_NAMES or each.name == "*":
            yield Evidence(f"a new import of `{full}`, which hides what is used", each.line)
        elif not (_allowed(full) or (root in packages and root in _KNOWN_PACKAGES)):
            yield Evidence(
                f"a new import of `{full}`, which is not on the list that a fix may use", each.line
            )


def _allowed(full: str) -> bool:
    parts = full.split(".")
    return any(".".join(parts[:length]) in _ALLOWED for length in range(1, len(parts) + 1))
