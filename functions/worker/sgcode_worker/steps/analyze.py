"""Runs one analyzer on one program."""

from typing import Any

from sgcode_worker.analyzers.analyzer import Analysis, Analyzer, analysis_document
from sgcode_worker.analyzers.registry import load_analyzer
from sgcode_worker.blobs import Blobs
from sgcode_worker.contract import parse_analyze
from sgcode_worker.debug import log_traceback
from sgcode_worker.source import Source, read_source
from sgcode_worker.steps.timer import start_timer


def run(value: object, blobs: Blobs) -> dict[str, Any]:
    """Write the Analysis and return AnalyzeOutput. `unanalyzable` is an answer, not an error."""
    elapsed = start_timer()
    given = parse_analyze(value)
    analyzer = load_analyzer(given.analyzer)
    source = read_source(blobs.get(given.code_key))
    document = analysis_document(analyzer, source, _analyze(analyzer, source))
    blobs.put_json(given.analysis_key, document)
    return {
        "analyzer": analyzer.name,
        "status": document["status"],
        "analysisKey": given.analysis_key,
        "ms": elapsed(),
    }


def _analyze(analyzer: Analyzer, source: Source) -> Analysis:
    if source.tree is None:
        return Analysis(reason=source.reason)
    try:
        return analyzer.analyze(source)
    except Exception as error:
        log_traceback()
        return Analysis(reason=f"{analyzer.name} failed on it ({type(error).__name__}).")
