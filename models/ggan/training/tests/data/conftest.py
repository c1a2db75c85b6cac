"""Puts the worker on the path, whose operators and analyzers the generators run."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[5] / "functions" / "worker"))
