"""Files in a folder of the box's own: absolute names lead into it, what is read is there, writing is seen."""

import builtins
import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from sgcode_runner.inside.fakes.file_contents import content_for
from sgcode_runner.inside.fakes.temporary import temporary_names
from sgcode_runner.inside.watch.recorder import Recorder

_ONE_PATH = (
    "stat lstat open listdir scandir mkdir rmdir remove unlink chmod chown access readlink utime truncate "
    "chdir statvfs mkfifo"
).split()
_TWO_PATHS = "rename replace symlink link".split()
_real = {name: getattr(os, name) for name in (*_ONE_PATH, *_TWO_PATHS)}
_real_open = io.open
_real_walk = os.walk
_MAX_FILES = 200


class Files:
    """The program's own view of the disk."""

    def __init__(self, home: str, recorder: Recorder) -> None:
        self.home = os.path.realpath(home)
        self._outside = os.path.join(self.home, ".root")  # noqa: PTH118
        self._recorder = recorder
        self._system = tuple(
            {os.path.realpath(each) for each in (sys.prefix, sys.base_prefix, *sys.path) if each}
            | {sys.prefix, sys.base_prefix, "/proc", "/dev", "/usr/share/zoneinfo"}
        )
        self._known: dict[str, str] = {}

    def renew(self, names: list[str]) -> None:
        """Empty the folder and put the files there that the program's text names."""
        for entry in _real["listdir"](self.home):
            path = os.path.join(self.home, entry)  # noqa: PTH118
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else _real["unlink"](path)  # noqa: PTH112
        _real["chdir"](self.home)
        self._make_folder(os.path.join(self._outside, "tmp"))  # noqa: PTH118
        for name in names:
            self._seed(self.lead(name))
        self.settle()

    def lead(self, path: Any) -> Any:
        """Return the path inside the folder that stands for the program's path."""
        if isinstance(path, int) or path is None:
            return path
        text = os.fspath(path)
        if isinstance(text, bytes):
            text = os.fsdecode(text)
        if not text.startswith("/") or self._is_own(text) or text.startswith(self._system):
            return text
        return self._outside + os.path.normpath(text)

    def shown(self, path: Any) -> str:
        """Return the path as the program means it, without the folder's own place."""
        text = os.path.abspath(str(path))  # noqa: PTH100
        text = text.removeprefix(self._outside)
        return text.removeprefix(self.home + "/")

    def open(self, path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        """Open a file for the program: `builtins.open` and `io.open`."""
        led = self.lead(path)
        if isinstance(led, int) or led.startswith(self._system):
            return _real_open(led, mode, *rest, **named)
        if "r" in mode and "/.root/tmp/" not in led:
            self._seed(led)
        elif set(mode) & set("wax"):
            self._make_folder(os.path.dirname(led))  # noqa: PTH120
        if not self._is_scratch(led):
            self._recorder.note("open", self.shown(led), "".join(sorted(set(mode) & set("rwax+"))))
        return _real_open(led, mode, *rest, **named)

    def settle(self) -> list[tuple[str, str]]:
        """Return what changed on the disk since the last call: names with a checksum, or with `gone`."""
        now = dict(self._walk())
        changed = [(name, mark) for name, mark in sorted(now.items()) if self._known.get(name) != mark]
        gone = [(name, "gone") for name in sorted(self._known) if name not in now]
        self._known = now
        return changed + gone

    def _walk(self) -> Iterator[tuple[str, str]]:
        count = 0
        for folder, inner, names in _real_walk(self.home):
            inner.sort()
            if not self._is_scratch(folder):
                for name in sorted(names)[: _MAX_FILES - count]:
                    count += 1
                    path = os.path.join(folder, name)  # noqa: PTH118
                    yield self.shown(path), _checksum(path)

    def _is_own(self, text: str) -> bool:
        return text == self.home or text.startswith(self.home + "/")

    def _is_scratch(self, path: str) -> bool:
        return (path + "/").startswith(self._outside + "/tmp/")

    def _seed(self, path: str) -> None:
        if _exists(path) or (os.path.isabs(path) and not self._is_own(path)):  # noqa: PTH117
            return
        self._make_folder(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120
        try:
            with _real_open(path, "wb") as file:
                file.write(content_for(os.path.basename(path)))  # noqa: PTH119
        except OSError:
            return
        self._known[self.shown(path)] = _checksum(path)

    def _make_folder(self, path: str) -> None:
        if not path or _exists(path):
            return
        self._make_folder(os.path.dirname(path))  # noqa: PTH120
        try:
            _real["mkdir"](path)
        except OSError:
            return

    def seed_if_asked_for(self, led: Any) -> None:
        """Let a file be there whose name the request gave."""
        if isinstance(led, str):
            name = os.path.basename(led)  # noqa: PTH119
            if "." in name and name in self._recorder.words:
                self._seed(led)


def _exists(path: str) -> bool:
    try:
        _real["lstat"](path)
    except (OSError, ValueError):
        return False
    return True


def _checksum(path: str) -> str:
    try:
        descriptor = _real["open"](path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with _real_open(descriptor, "rb") as file:
            return hashlib.sha256(file.read(1_000_000)).hexdigest()[:16]
    except OSError:
        return "unreadable"


def install_files(files: Files) -> None:
    """Lead every way of the standard library to a file into the folder."""
    for name in _ONE_PATH:
        setattr(os, name, _leading(files, _real[name], seeds=name in {"stat", "lstat", "open", "access"}))
    for name in _TWO_PATHS:
        setattr(os, name, _leading_two(files, _real[name], links=name == "symlink"))
    builtins.open = io.open = files.open
    names = temporary_names()
    vars(tempfile).update(tempdir="/tmp", _get_candidate_names=lambda: names)


def _leading(files: Files, function: Callable[..., Any], *, seeds: bool) -> Callable[..., Any]:
    def call(path: Any = ".", *rest: Any, **named: Any) -> Any:
        if named.get("dir_fd") is not None or isinstance(path, int):
            return function(path, *rest, **named)
        led = files.lead(path)
        if seeds:
            files.seed_if_asked_for(led)
        return function(led, *rest, **named)

    return call


def _leading_two(files: Files, function: Callable[..., Any], *, links: bool) -> Callable[..., Any]:
    def call(source: Any, target: Any, *rest: Any, **named: Any) -> Any:
        return function(source if links else files.lead(source), files.lead(target), *rest, **named)

    return call
