"""The CWE of a Bandit plugin, which Bandit states only in the findings that the plugin makes."""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from bandit.core import issue


def cwe_of_plugin(plugin: Callable[..., Any]) -> str | None:
    """Return the one CWE that the plugin's source names, or its module's; None where it names several."""
    for part in (plugin, inspect.getmodule(plugin)):
        numbers = set(_numbers(inspect.getsource(part))) if part else set()
        if len(numbers) == 1:
            return f"CWE-{numbers.pop()}"
    return None


def _numbers(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "Cwe"
        ):
            yield getattr(issue.Cwe, node.attr)
