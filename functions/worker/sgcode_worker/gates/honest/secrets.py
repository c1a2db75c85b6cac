"""Secrets: still in the code under another name, in pieces or encoded, or replaced by another text."""

import ast
import base64
import codecs
from collections import Counter
from collections.abc import Iterator, Mapping

from sgcode_worker.gates.definition import Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.secret_texts import read_secrets
from sgcode_worker.gates.texts import HOLE, fold

_SHORTEST_PIECE = 2
_COMMON_WORD = 8
_MOST = 100


def check_secrets(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every secret that left its place and is still there, or only changed its text."""
    before, after = _by_name(comparison.secrets), _by_name(read_secrets(comparison.candidate))
    gone = {role: texts - after.get(role, Counter()) for role, texts in before.items()}
    moved = {value for texts in gone.values() for value in texts if value}
    if moved:
        old, new = _texts(comparison.original), _texts(comparison.candidate)
        for value in sorted(moved)[:_MOST]:
            yield from _still_there(comparison, value, old, new)
    for (definition, name), texts in gone.items():
        fresh = after.get((definition, name), Counter()) - before[definition, name]
        if texts and fresh:
            yield Evidence(f"the secret `{name}` was only replaced by another fixed text")


def _by_name(secrets: Mapping[tuple[str, str, int], str]) -> dict[tuple[str, str], Counter[str]]:
    """The texts under each name of a definition: which one of them is read elsewhere now does not matter."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for (definition, name, _), text in secrets.items():
        found.setdefault((definition, name), Counter())[text] += 1
    return found


def _texts(program: Outline) -> list[str]:
    found = []
    for definition in program.definitions.values():
        for node in definition.texts:
            text = fold(node)
            if text:
                found.append(text)
    return found


def _still_there(comparison: Comparison, value: str, old: list[str], new: list[str]) -> Iterator[Evidence]:
    if len(value) < _SHORTEST_PIECE or HOLE in value:
        return
    if _holding(new, value) >= _holding(old, value):
        yield Evidence("a secret left its place and is still in the code")
        return
    fresh = Counter(new) - Counter(old)
    pieces = [text for text in fresh if len(text) >= _SHORTEST_PIECE and text in value]
    covered = sum(len(piece) for piece in pieces)
    if covered >= len(value):
        yield Evidence("a secret was cut into pieces and is still in the code")
    elif any(text in fresh for text in _encodings(value)) or _as_numbers(comparison, value):
        yield Evidence("a secret was encoded and is still in the code")


def _holding(texts: list[str], value: str) -> int:
    """How many texts hold the secret; a short one is a common word, so only whole texts count."""
    return sum(value == text if len(value) < _COMMON_WORD else value in text for text in texts)


def _encodings(value: str) -> set[str]:
    data = value.encode()
    encoded = {
        base64.b64encode(data),
        base64.urlsafe_b64encode(data),
        base64.b32encode(data),
        base64.b85encode(data),
        base64.a85encode(data),
    }
    texts = {each.decode("ascii") for each in encoded} | {
        data.hex(),
        data.hex().upper(),
        value[::-1],
        value.swapcase(),
    }
    texts |= {
        codecs.encode(value, "rot13"),
        base64.b64encode(data[::-1]).decode("ascii"),
        base64.b64encode(data).decode("ascii")[::-1],
    }
    return texts | {text.rstrip("=") for text in texts}


def _as_numbers(comparison: Comparison, value: str) -> bool:
    codes = [ord(character) for character in value]
    for node in ast.walk(comparison.candidate.tree):
        if isinstance(node, (ast.List, ast.Tuple)) and len(node.elts) == len(codes):
            numbers = [each.value if isinstance(each, ast.Constant) else None for each in node.elts]
            if numbers in (codes, codes[::-1]):
                return True
    return False
