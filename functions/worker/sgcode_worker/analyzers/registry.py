"""The analyzers by name, each loaded when first asked for: importing one takes longer than using it."""

from collections.abc import Callable
from functools import cache

from sgcode_worker.analyzers.analyzer import Analyzer
from sgcode_worker.errors import InvalidInputError


def _load_bandit() -> Analyzer:
    from sgcode_worker.analyzers.bandit_analyzer import BanditAnalyzer

    return BanditAnalyzer()


_LOADERS: dict[str, Callable[[], Analyzer]] = {"bandit": _load_bandit}

ANALYZER_NAMES = tuple(_LOADERS)


@cache
def load_analyzer(name: str) -> Analyzer:
    """Return the analyzer of that name. Raises InvalidInputError where there is none."""
    if name not in _LOADERS:
        raise InvalidInputError(f"analyzer must be one of: {', '.join(ANALYZER_NAMES)}")
    return _LOADERS[name]()
