"""Programs of which Bandit says nothing."""

from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.source import read_source

from ggan_data.analysis.bandit_ties import IMPORT_RULES

# These flag processes that are started as they should be: from a list, without a shell.
_FINE = IMPORT_RULES | {"B603", "B606", "B607"}


def is_silent(code: str) -> bool:
    """Whether Bandit can read the program and reports nothing but imports and processes started well."""
    analysis = load_analyzer("bandit").analyze(read_source(code.encode("utf-8")))
    return analysis.reason is None and all(each.rule in _FINE for each in analysis.findings)
