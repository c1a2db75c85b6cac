"""Puts the worker on the path, whose operators and analyzers the generators run."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[5] / "functions" / "worker"))


def pytest_configure(config: pytest.Config) -> None:
    # Bandit passes stevedore an argument that stevedore no longer wants.
    config.addinivalue_line("filterwarnings", "ignore:The verify_requirements argument:DeprecationWarning")
