"""Modules that are not installed in the box, answered by stand-ins."""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

from sgcode_runner.inside.fakes.stub import Stub
from sgcode_runner.inside.watch.recorder import Recorder

_PRIVATE = frozenset({"sgcode_runner"})


class StubModule(types.ModuleType):
    """A module whose every name is a stand-in, unless it was given another."""

    def __init__(self, name: str, recorder: Recorder) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self._sgcode = recorder

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _exception(name) or Stub(f"{self.__name__}.{name}", self._sgcode)
        setattr(self, name, found)
        return found

    def __call__(self, *values: Any, **named: Any) -> Any:
        """Some modules of old were called like functions."""
        return Stub(self.__name__, self._sgcode)(*values, **named)


def _exception(name: str) -> type[Exception] | None:
    """An error class must be a real one, or nothing could be raised or caught by it."""
    return type(name, (Exception,), {}) if name.endswith(("Error", "Exception", "DoesNotExist")) else None


class MissingModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last finder: what nothing else finds becomes a stand-in."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for a module that is neither the standard library's nor installed."""
        top = fullname.partition(".")[0]
        if top in _PRIVATE or top in sys.stdlib_module_names:
            return None
        outer = sys.modules.get(fullname.rpartition(".")[0]) if "." in fullname else None
        if outer is not None and not isinstance(outer, StubModule) and getattr(outer, "__file__", None):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return the stand-in."""
        return StubModule(spec.name, self._recorder)

    def exec_module(self, module: types.ModuleType) -> None:
        """A stand-in has nothing to run."""
