"""Environment variables: what the request gives, what the original had in the code, or one fixed value."""

import os
from collections.abc import Iterator, MutableMapping
from typing import Any

from sgcode_runner.inside.plan.values import benign


class Environment(MutableMapping[str, str]):
    """Stands for os.environ. A name that the program must find is there; one with a default keeps it."""

    def __init__(self, values: dict[str, str], names: list[str]) -> None:
        self._values = dict(values)
        self._given = dict(values)
        self._names = frozenset(names)

    def renew(self) -> None:
        """Forget what the program set."""
        self._values = dict(self._given)

    def __getitem__(self, name: str) -> str:
        if not isinstance(name, str):
            raise TypeError(f"str expected, not {type(name).__name__}")
        if name not in self._values and name in self._names:
            self._values[name] = benign(name)
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value, the default where there is one, or the fixed value."""
        if name in self._values or (default is None and name in self._names):
            return self[name]
        return default

    def __setitem__(self, name: str, value: str) -> None:
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        self._values[name] = value

    def __delitem__(self, name: str) -> None:
        self._values.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def copy(self) -> dict[str, str]:
        """Return the variables as a dict."""
        return dict(self._values)

    def setdefault(self, name: str, default: Any = None) -> Any:
        """Return the value, setting it first where it is absent."""
        return self._values.setdefault(name, default)


def install_environment(environment: Environment) -> None:
    """Replace os.environ and the functions that read and write it."""
    vars(os).update(
        environ=environment,
        getenv=environment.get,
        putenv=environment.__setitem__,
        unsetenv=environment.__delitem__,
    )
