"""Benign values, told by a name alone, so that a row in a table fits the request that looks for it."""

import re
import zlib

_NUMBERS = frozenset(
    "id ids num number no nr count counter qty quantity amount price cost total sum balance salary age year "
    "page limit offset size length width height port copies stock index idx position points budget fee max "
    "min n x y i j k a b timeout seconds minutes hours days duration weight version votes pid uid gid zip "
    "zipcode".split()
)
_SMALL = frozenset("rating rate score stars level priority month day hour grade percent".split())
_TYPED = {
    "email": "@example.com",
    "mail": "@example.com",
    "url": "https://example.com/",
    "uri": "https://example.com/",
    "link": "https://example.com/",
    "website": "https://example.com/",
    "webhook": "https://example.com/",
    "callback": "https://example.com/",
    "redirect": "/",
    "next": "/",
    "file": ".txt",
    "filename": ".txt",
    "document": ".txt",
    "host": ".example.com",
    "hostname": ".example.com",
    "domain": ".example.com",
    "server": ".example.com",
}
_FIXED = {
    "ip": "192.0.2.10",
    "date": "2024-05-06",
    "birthday": "1990-05-06",
    "time": "10:30",
    "datetime": "2024-05-06 10:30:00",
    "timestamp": "2024-05-06 10:30:00",
    "phone": "5550100",
    "xml": "<note><to>friend</to></note>",
    "latitude": "52.5",
    "longitude": "13.4",
    "lat": "52.5",
    "lon": "13.4",
    "lng": "13.4",
    "regex": "[a-z]+",
    "format": "json",
}


def words_of(name: str) -> list[str]:
    """Return the words of a name in lower case: `userId` and `user_id` are the same."""
    return [each.lower() for each in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def is_number(name: str) -> bool:
    """Whether a value of this name is usually a number."""
    words = words_of(name)
    return bool(words) and (words[-1] in _NUMBERS or words[-1] in _SMALL or words[-1].endswith("id"))


def is_typed(name: str) -> bool:
    """Whether a value of this name has a form of its own, such as an address or a date."""
    words = words_of(name)
    return bool(words) and (words[-1] in _TYPED or words[-1] in _FIXED)


def number(name: str, shift: int = 0) -> int:
    """Return a small number of the name's own."""
    words = words_of(name)
    if words and words[-1] in _SMALL:
        return 3 + shift % 2
    return 11 + (zlib.crc32(name.lower().encode()) + 7 * shift) % 83


def benign(name: str) -> str:
    """Return the value that an ordinary request gives for the name: a word of its own or a number."""
    words = words_of(name)
    if is_number(name):
        return str(number(name))
    plain = "v" + "".join(words or ["x"])
    last = words[-1] if words else ""
    if last in _FIXED:
        return _FIXED[last]
    if last in _TYPED:
        form = _TYPED[last]
        return form + plain if form.endswith("/") else plain + form
    return plain


def other(name: str, shift: int) -> str:
    """Return a value of the same form that no request gives; `shift` tells one from the next."""
    if is_number(name):
        return str(number(name, shift) + 100 * shift)
    last = (words_of(name) or [""])[-1]
    return _FIXED.get(last, f"other{shift}" + benign(name).replace("https://", ""))
