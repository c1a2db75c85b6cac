"""Puts what a model answered into the program: the parts in their lines, or the whole file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sgcode_worker.operators.apply import encoded
from sgcode_worker.repairing.answer import plain_text, read_answer, where_wrong
from sgcode_worker.repairing.documents import Shown, repaired_document
from sgcode_worker.repairing.lines import line_end_of
from sgcode_worker.repairing.malformed import MalformedError
from sgcode_worker.repairing.names import texts_in
from sgcode_worker.repairing.splice import splice
from sgcode_worker.source import Source, read_source


@dataclass(frozen=True)
class PutBack:
    """What came of an answer: a candidate, or why there is none; both None where nothing changed."""

    candidate: bytes | None = None
    reason: str | None = None
    repaired: Sequence[dict[str, Any]] = field(default_factory=list)


def put_back(data: bytes, shown: Shown, form: str, answer: str) -> PutBack:
    """Return the program with the answer in it. Never raises for what is in the program or the answer.

    What no part that was asked for holds stays byte for byte as it is, but for imports, functions and
    constants that the parts need; a whole file takes over encoding, byte order mark and line ends.
    """
    source = read_source(data)
    try:
        if form == "whole":
            return _put_whole(source, shown, answer)
        return _put_parts(source, shown, answer)
    except MalformedError as error:
        return PutBack(reason=error.reason)


def _put_whole(source: Source, shown: Shown, answer: str) -> PutBack:
    before = source.text.replace("\r\n", "\n").replace("\r", "\n")
    tail = before[len(before.rstrip("\n")) :] if before.strip() else "\n"
    text = plain_text(answer).rstrip("\n") + tail
    if text == before:
        return PutBack()
    after = _checked(source, text.replace("\n", line_end_of(source.text)))
    assert after.tree is not None
    texts = texts_in([after.tree])
    placed = {target for part in shown.parts for target in part.targets}
    left = [target for target in {**shown.targets, **shown.allowed} if target not in placed]
    repaired = [repaired_document(shown, part.name, part.line, part.targets, texts) for part in shown.parts]
    if left or not repaired:
        repaired.append(repaired_document(shown, "module", 1, left, texts))
    return PutBack(after.data, None, repaired)


def _put_parts(source: Source, shown: Shown, answer: str) -> PutBack:
    if source.tree is None or not shown.parts:
        raise MalformedError(
            "The program has no parts to be replaced one by one: answer with the whole file."
        )
    result = splice(source, shown.parts, read_answer(answer))
    if result is None:
        return PutBack()
    after = _checked(source, result.text)
    repaired = [
        repaired_document(shown, part.name, part.line, part.targets, result.texts) for part in result.changed
    ]
    return PutBack(after.data, None, repaired)


def _checked(source: Source, text: str) -> Source:
    """The program that the text is, in the encoding of the one before."""
    try:
        data = encoded(text, source.data)
    except (UnicodeEncodeError, SyntaxError, LookupError):
        raise MalformedError("The answer holds characters that the file's encoding does not have.") from None
    after = read_source(data)
    if after.tree is None:
        raise MalformedError(f"The program does not parse after put back: {where_wrong(text)}.")
    if after.text != text:
        raise MalformedError("The answer names another encoding than the one that the file has.")
    if source.compiles and not after.compiles:
        line = after.compile_error.line if after.compile_error else None
        raise MalformedError(
            f"The program does not compile after put back{f': line {line}' if line else ''}."
        )
    return after
