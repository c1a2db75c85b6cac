"""The process that user code owns: lays out its files, then lets pytest collect and run."""

import ast
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from sgcode_runner.inside.plan.environment import moved_literals
from sgcode_runner.inside.testing import controls
from sgcode_runner.inside.testing.records import Send

_OPTIONS = (
    "-q --tb=native --noconftest -p no:cacheprovider -p no:doctest -p no:junitxml -p no:pastebin "
    "-p no:faulthandler -p no:stepwise -p no:setuponly -p no:setupplan"
).split()


def run_child(order: dict[str, Any], send: Send) -> int:
    """Collect and run the tests of `order`. Returns the exit status, which nobody trusts."""
    try:
        project = Path.cwd() / "project"
        project.mkdir()
        (project / f"{order['module']}.py").write_text(order["program"], encoding="utf-8", newline="")
        tests = project / order["testsFile"]
        tests.write_text(order["tests"], encoding="utf-8", newline="")
        literals = _moved_literals(order["original"], order["program"])
        os.environ.update({**literals, **order["environment"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})
        # Before the project's folder is on the path: the program may have the name of a library.
        import pytest

        from sgcode_runner.inside.testing.plugin import make_plugin

        os.chdir(project)
        sys.path.insert(0, str(project))
        pinned = ["-c", str(controls.FOLDER / "pytest.ini"), f"--rootdir={project}"]
        files = [str(tests), str(controls.FOLDER)]
        return int(pytest.main([*_OPTIONS, *pinned, *files], plugins=[make_plugin(send)]))
    except BaseException:
        traceback.print_exc()
        return 1


def _moved_literals(original: str, program: str) -> dict[str, str]:
    try:
        found = moved_literals(ast.parse(original), ast.parse(program))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    return {name: text for name, text in found.items() if "\0" not in text and "=" not in name and name}
