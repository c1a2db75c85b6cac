"""What an exception that nobody caught says: its kind, and whether the program meant to raise it."""

import ast
import functools
import linecache

from sgcode_runner.inside.watch.recorder import shortened

ACCIDENT, MEANT = "by accident", "on purpose"


def raised_parts(error: BaseException) -> list[list[str]]:
    """Return the outcome of an input that ended in the exception."""
    if type(error) is NameError:
        return [["raised", "NameError", ACCIDENT, shortened(str(error.name or ""))]]
    return [["raised", type(error).__name__, MEANT if _is_meant(error) else ACCIDENT]]


def know_program(path: str, text: str) -> None:
    """Keep the program's text, so that its lines can be told."""
    _raising.cache_clear()
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    _paths[:] = [path]


_paths: list[str] = []


def _is_meant(error: BaseException) -> bool:
    """Whether the innermost line that ran is one of the program's own that raises."""
    trace = error.__traceback__
    if trace is None or not _paths:
        return False
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename == _paths[0] and trace.tb_lineno in _raising(_paths[0])


@functools.lru_cache(maxsize=2)
def _raising(path: str) -> frozenset[int]:
    tree = ast.parse("".join(linecache.cache[path][2]))
    lines = (node for node in ast.walk(tree) if isinstance(node, (ast.Raise, ast.Assert)))
    return frozenset(line for node in lines for line in range(node.lineno, (node.end_lineno or 0) + 1))
