"""Texts and fixed values that reach a caller, a terminal or a log."""

import ast
import re
from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition
from sgcode_worker.gates.differences import facts, lost
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.names import Names
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.secret_texts import returned_secrets
from sgcode_worker.gates.surface.sql import is_query
from sgcode_worker.gates.surface.unheard import unheard
from sgcode_worker.gates.texts import HOLE, fold, is_text, plain

_SHOWS = frozenset(
    "print flash abort write send make_response Response HttpResponse HttpResponseBadRequest "
    "HttpResponseForbidden HttpResponseNotFound JsonResponse JSONResponse jsonify echo secho critical "
    "error warning info debug exception HTTPException send_message add_message sendmail success exit".split()
)
_SPACE = re.compile(r"[\s\x00'\"]+")


def check_messages(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every text and fixed value that callers no longer get.

    A text that is still written elsewhere, or word by word as a list, has not gone.
    """
    secrets = {words(text) for text in comparison.secrets.values()}
    for pair in comparison.pairs:
        before = facts(_shown(pair.before, comparison.original.names))
        after = facts(_shown(pair.after, comparison.candidate.names))
        anywhere = {words(text) for text in map(fold, pair.after.texts) if text}
        # What stands under a secret's name in an answer may come from the environment instead.
        held = returned_secrets(pair.before) if comparison.declares("environment", pair.name) else ()
        kept = secrets.union(map(words, held))
        for fact in lost(before, after):
            moved = fact in anywhere or anywhere.issuperset(fact.split())
            if fact in kept or (after.counts[fact] == 0 and moved):
                continue
            how = "says less often" if after.counts[fact] else "no longer says"
            yield Evidence(f"{pair.label} {how} {_quoted(fact)}", pair.line)


def words(text: str) -> str:
    """Return a text without its holes, quotes and spacing, to compare it across ways of building it."""
    return _SPACE.sub(" ", plain(text)).strip()


def _quoted(fact: str) -> str:
    return f"“{fact.replace(HOLE, '...')[:80]}”"


def _shown(definition: Definition, names: Names) -> Iterator[tuple[str, int | None]]:
    roots = {id(node) for node in definition.texts}
    seen: set[int] = set()
    for node in _showing(definition, names):
        if id(node) in roots and id(node) not in seen:
            seen.add(id(node))
            text = fold(node)
            if text and not is_query(text) and re.search(r"\w", text):
                said = words(text)
                if said:
                    yield said, getattr(node, "lineno", None)


def _showing(definition: Definition, names: Names) -> Iterator[ast.AST]:
    yield from definition.answers
    silent = unheard(definition, names)
    for each in definition.raises:
        if each.exc is not None and id(each) not in silent:
            yield from ast.walk(each.exc)
    for call in definition.calls:
        if call.name in _SHOWS:
            for argument in (*call.node.args, *(keyword.value for keyword in call.node.keywords)):
                yield from ast.walk(argument)
                if isinstance(argument, ast.Name):
                    yield from (
                        value
                        for value in definition.bindings.get(argument.id, ())
                        if value and is_text(value)
                    )
