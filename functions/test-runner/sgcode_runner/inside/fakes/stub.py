"""A stand-in for anything of a module that is not installed: it takes every use and records every call."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, ClassVar

from sgcode_runner.inside.fakes.marked_html import as_marked
from sgcode_runner.inside.fakes.query_sets import with_values_placed
from sgcode_runner.inside.fakes.sql_loose import statement_of
from sgcode_runner.inside.fakes.stub_calls import shown_call
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of

_MAX_TRUE = 300


class Stub:
    """A value that nobody knows more of than the way to it, such as `requests_html.HTMLSession().get`."""

    _sgcode_recorder: Recorder
    _sgcode_budget: ClassVar[list[int]] = [_MAX_TRUE]

    def __init__(self, path: str, recorder: Recorder, kind: str = "call") -> None:
        object.__setattr__(self, "_sgcode_path", path)
        object.__setattr__(self, "_sgcode_recorder", recorder)
        object.__setattr__(self, "_sgcode_kind", kind)

    def _sgcode_at(self, path: str) -> "Stub":
        return Stub(path, self._sgcode_recorder, self._sgcode_kind)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        made = self._sgcode_at(f"{self._sgcode_path}.{name}")
        object.__setattr__(self, name, made)
        return made

    def __call__(self, *values: Any, **named: Any) -> Any:
        """Record the call and return a stand-in for what it returns."""
        # A call with nothing but a function or a class is a decorator, and leaves what it decorates as it is.
        if len(values) == 1 and not named and callable(values[0]) and not isinstance(values[0], Stub):
            return values[0]
        called, values, named = as_marked(self._sgcode_path, values, named)
        values, named = with_values_placed(called, values, named)
        path, noted = shown_call(called, values, named, self._sgcode_recorder.meant)
        if statement := statement_of(values, named):
            self._sgcode_recorder.note("statement", statement)
            path = f"{self._sgcode_path}({statement})"
        elif noted:
            self._sgcode_recorder.note(self._sgcode_kind, path)
        return self._sgcode_at(path)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        name = self._sgcode_path.rsplit(".", 1)[-1]
        if name.endswith(("Error", "Exception")):
            return (Exception,)
        # Two bases of one unknown module must not become the same class twice.
        return (type(name, (), {"__init__": _take_all, "__getattr__": _attribute(self)}),)

    def __repr__(self) -> str:
        return f"<{self._sgcode_path}>"

    def __str__(self) -> str:
        # A word that stands for the way to the value, whatever text it is put into.
        words = re.findall(r"[A-Za-z]+", self._sgcode_path.partition("(")[0]) or ["value"]
        return f"{words[-1]}{zlib.crc32(self._sgcode_path.encode()):08x}"

    def __format__(self, _: str) -> str:
        return str(self)

    def __bool__(self) -> bool:
        self._sgcode_budget[0] -= 1
        return self._sgcode_budget[0] > 0

    def __iter__(self) -> Iterator[Any]:
        return iter([self._sgcode_at(f"{self._sgcode_path}[0]")])

    def __next__(self) -> Any:
        raise StopIteration

    def __len__(self) -> int:
        return 1

    def __int__(self) -> int:
        return 7

    __index__ = __int__

    def __float__(self) -> float:
        return 7.0

    def __bytes__(self) -> bytes:
        return str(self).encode()

    def __getitem__(self, key: Any) -> Any:
        return self._sgcode_at(f"{self._sgcode_path}[{text_of(key)}]")

    def __setitem__(self, key: Any, value: Any) -> None:
        self._sgcode_recorder.note("set", f"{self._sgcode_path}[{text_of(key)}]", text_of(value))

    def __delitem__(self, key: Any) -> None:
        self._sgcode_recorder.note("delete", f"{self._sgcode_path}[{text_of(key)}]")

    def __contains__(self, _: Any) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def __await__(self) -> Any:
        return iter(())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stub) and other._sgcode_path == self._sgcode_path

    def __hash__(self) -> int:
        return hash(self._sgcode_path)

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__


def _joined(sign: str, turned: bool = False) -> Any:
    def join(self: Stub, other: Any) -> Any:
        one, two = (text_of(other), self._sgcode_path) if turned else (self._sgcode_path, text_of(other))
        if isinstance(other, str) and sign == "+":
            return other + str(self) if turned else str(self) + other
        return self._sgcode_at(f"({one} {sign} {two})")

    return join


for _name, _sign in {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "mod": "%",
    "or": "|",
    "and": "&",
}.items():
    setattr(Stub, f"__{_name}__", _joined(_sign))
    setattr(Stub, f"__r{_name}__", _joined(_sign, turned=True))


def _take_all(self: Any, *_: Any, **__: Any) -> None:
    return None


def _attribute(stub: Stub) -> Any:
    def get(_: Any, name: str) -> Any:
        return getattr(stub, name)

    return get


def renew_patience() -> None:
    """Let unknown values be true again: a loop that waits for one to become false ends all the same."""
    Stub._sgcode_budget[0] = _MAX_TRUE
