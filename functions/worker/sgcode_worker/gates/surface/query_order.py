"""Words of a query: the same ones in another order ask for something else, such as `and` for `or`."""

from collections.abc import Iterator

from sgcode_worker.gates.definition import Definition, Outline
from sgcode_worker.gates.evidence import Evidence
from sgcode_worker.gates.pairing import Comparison
from sgcode_worker.gates.surface.commands import lookup_in
from sgcode_worker.gates.surface.sql import is_query, read_words
from sgcode_worker.gates.texts import fold, plain


def check_query_order(comparison: Comparison) -> Iterator[Evidence]:
    """Yield every query that says the same words as before in another order."""
    for pair in comparison.pairs:
        before, after = _words(pair.before, comparison.original), _words(pair.own, comparison.candidate)
        if before != after and sorted(before) == sorted(after):
            now = next(new for old, new in zip(before, after, strict=True) if old != new)
            yield Evidence(
                f"a query of {pair.label} has its words in another order from `{now}` on", pair.line
            )


def _words(definition: Definition, program: Outline) -> list[str]:
    """The words of the only query of a definition; none where it has several."""
    lookup = lookup_in(definition, program)
    texts = [plain(fold(node, lookup) or "") for node in definition.texts]
    queries = list(filter(is_query, texts))
    return read_words(queries[0]) if len(queries) == 1 else []
