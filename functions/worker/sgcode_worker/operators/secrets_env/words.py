"""The words that names are made of, and which of them speak of a secret."""

import itertools
import re

_SECRET = re.compile(
    r"^(?:pas+wo?r?ds?|passwd|pass|passphrase|pwd|tokens?|secrete?s?|credentials?|apikey|secretkey|accesskey)$"
)
_PAIRS = frozenset({"api", "access", "private", "encryption", "signing", "auth", "master", "license"})
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


def name_words(name: str) -> list[str]:
    """Return a name's words in lower case: `dbPassword` and `DB_PASSWORD` both give `db`, `password`."""
    return [word.lower() for word in _BOUNDARY.split(name) if word]


def is_secret_word(word: str) -> bool:
    """Whether one word of a name speaks of a secret."""
    return _SECRET.match(word) is not None


def names_secret(name: str) -> bool:
    """Whether a name speaks of a secret: `password`, `SECRET_KEY`, `api_key`."""
    words = name_words(name)
    if any(map(is_secret_word, words)):
        return True
    return any(first in _PAIRS and second == "key" for first, second in itertools.pairwise(words))
