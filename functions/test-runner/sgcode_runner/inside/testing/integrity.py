"""Whether what judges a test is still what it was before user code came into the process."""

import builtins
import sys
from types import FunctionType, ModuleType
from typing import Any

_JUDGES = ("pytest", "_pytest", "pluggy", "unittest")
_OFTEN_REPLACED = {"open", "input", "print", "exit", "quit", "help", "copyright", "credits", "license", "_"}
"""Builtins that honest programs and tests replace; no outcome hangs on them."""


class Snapshot:
    """What pytest, pluggy, unittest and builtins are made of, by identity."""

    def __init__(self) -> None:
        # unittest.mock is loaded late by tests; its own classes are then as they came.
        self._modules = {
            name: module for name, module in list(sys.modules.items()) if name.split(".")[0] in _JUDGES
        }
        self._parts = [
            (owner, name, value, _code(value)) for owner in self._owners() for name, value in _parts_of(owner)
        ]
        self._builtins = {
            name: value for name, value in vars(builtins).items() if name not in _OFTEN_REPLACED
        }

    def first_change(self) -> str | None:
        """Return the name of the first part that is another one now, or None."""
        if sys.gettrace() is not None or sys.getprofile() is not None:
            return "a trace function"
        for name, module in self._modules.items():
            if sys.modules.get(name) is not module:
                return name
        now = vars(builtins)
        for name, value in self._builtins.items():
            if now.get(name) is not value:
                return f"builtins.{name}"
        for owner, name, value, code in self._parts:
            current = vars(owner).get(name)
            if current is not value or _code(current) is not code:
                return f"{owner.__name__}.{name}"
        return None

    def _owners(self) -> list[Any]:
        owners: dict[int, Any] = {}
        for module in self._modules.values():
            owners[id(module)] = module
            for value in list(vars(module).values()):
                if isinstance(value, type) and value.__module__.split(".")[0] in _JUDGES:
                    owners[id(value)] = value
        return list(owners.values())


def _parts_of(owner: Any) -> list[tuple[str, Any]]:
    """Return what an outcome may hang on: what is called, not data that changes while tests run."""
    return [
        (name, value)
        for name, value in list(vars(owner).items())
        if (callable(value) or isinstance(value, (property, staticmethod, classmethod)))
        and not isinstance(value, ModuleType)
    ]


def body_of(test: Any) -> Any:
    """Return what a test function or method runs, to compare by equality."""
    function = getattr(test, "__func__", test)
    return id(function), _code(function)


def _code(value: Any) -> Any:
    function = getattr(value, "__func__", None) or getattr(value, "fget", None) or value
    return function.__code__ if isinstance(function, FunctionType) else None
