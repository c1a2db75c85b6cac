"""Commands that are recorded and answered, never run."""

import io
import os
import signal
import subprocess
import types
from collections.abc import Callable
from typing import Any

from sgcode_runner.inside.fakes.command_text import commands_of
from sgcode_runner.inside.fakes.ending import ProgramExit
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of


class FakeProcess:
    """A process that has ended well: what subprocess.Popen returns."""

    def __init__(self, recorder: Recorder, command: Any, named: dict[str, Any]) -> None:
        self.args = command
        self.pid = 4242
        self.returncode: int | None = 0
        self._recorder = recorder
        text = named.get("text") or named.get("universal_newlines") or named.get("encoding")
        self._text = bool(text or named.get("errors"))
        answer = note_command(recorder, command, named)
        wanted = named.get("stdout")
        self.stdout = self._stream(answer) if wanted == subprocess.PIPE else None
        self.stderr = self._stream("") if named.get("stderr") == subprocess.PIPE else None
        self.stdin: Any = _Input(recorder, self._text) if named.get("stdin") == subprocess.PIPE else None
        if wanted is not None and hasattr(wanted, "write"):
            wanted.write(
                answer if isinstance(wanted, io.TextIOBase) and not hasattr(wanted, "buffer") else ""
            )

    def _stream(self, answer: str) -> Any:
        return io.StringIO(answer) if self._text else io.BytesIO(answer.encode())

    def communicate(self, input: Any = None, timeout: Any = None) -> tuple[Any, Any]:
        """Return what the process printed."""
        if input is not None:
            self._recorder.note("input", text_of(input))
        return self.stdout and self.stdout.read(), self.stderr and self.stderr.read()

    def poll(self) -> int:
        """The process has ended."""
        return 0

    def wait(self, timeout: Any = None) -> int:
        """The process has ended."""
        return 0

    def terminate(self) -> None:
        """Nothing is left to end."""

    kill = terminate

    def send_signal(self, *_: Any) -> None:
        """Nothing is left to signal."""

    def __enter__(self) -> "FakeProcess":
        return self

    def __exit__(self, *_: object) -> None:
        return None


class _Input(io.BytesIO):
    def __init__(self, recorder: Recorder, text: bool) -> None:
        super().__init__()
        self._recorder, self._is_text = recorder, text

    def write(self, data: Any) -> int:  # type: ignore[override]
        self._recorder.note("input", text_of(data))
        return len(data)


def note_command(recorder: Recorder, command: Any, named: dict[str, Any]) -> str:
    """Record a command and return what it prints. Raises TypeError for arguments that are not texts."""
    if isinstance(command, (list, tuple)):
        for word in command:
            if not isinstance(word, (str, bytes, os.PathLike)):
                raise TypeError(f"expected str, bytes or os.PathLike object, not {type(word).__name__}")
    commands = commands_of(command, shell=bool(named.get("shell")))
    for each in commands:
        where = [f"in {named['cwd']}"] if named.get("cwd") else []
        if recorder.lacking:
            # The shell drops an empty word, an argument list keeps it: either says that nothing was given.
            each = " ".join(word for word in each.split(" ") if word != "''")
        recorder.note("command", each, *where)
        if recorder.lacking and "None" in each.split():
            recorder.call_unfit("a missing value stands in a command as None")
    last = commands[-1].split() if commands else ["nothing"]
    return f"output of {last[1] if last[0] == 'shell:' else last[0]}\n"


def install_processes(recorder: Recorder) -> None:
    """Replace every way of the standard library to start a process."""

    def popen(command: Any, *_: Any, **named: Any) -> FakeProcess:
        return FakeProcess(recorder, command, named)

    def run(command: Any, *_: Any, **named: Any) -> Any:
        given = named.pop("input", None)
        named.pop("check", None)
        named.pop("timeout", None)
        if named.pop("capture_output", False):
            named.update(stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process = FakeProcess(recorder, command, named)
        out, err = process.communicate(given)
        return subprocess.CompletedProcess(command, 0, out, err)

    def check_output(command: Any, *_: Any, **named: Any) -> Any:
        return run(command, **{**named, "stdout": subprocess.PIPE}).stdout

    def shell_output(command: Any, **_: Any) -> str:
        return note_command(recorder, command, {"shell": True}).rstrip("\n")

    process_class = type("Popen", (FakeProcess,), {"__init__": _starter(recorder)})
    parts: dict[str, Any] = {
        "Popen": process_class,
        "run": run,
        "call": lambda command, *_, **named: popen(command, **named).wait(),
        "check_call": lambda command, *_, **named: popen(command, **named).wait(),
        "check_output": check_output,
        "getoutput": shell_output,
        "getstatusoutput": lambda command, **_: (0, shell_output(command)),
    }
    vars(subprocess).update(parts)
    _install_os(recorder)


def _starter(recorder: Recorder) -> Callable[..., None]:
    def start(self: FakeProcess, command: Any, *_: Any, **named: Any) -> None:
        FakeProcess.__init__(self, recorder, command, named)

    return start


def _install_os(recorder: Recorder) -> None:
    def system(command: Any) -> int:
        note_command(recorder, command, {"shell": True})
        return 0

    def popen(command: Any, mode: str = "r", *_: Any) -> Any:
        stream = io.StringIO(note_command(recorder, command, {"shell": True}))
        stream.close_status = None  # type: ignore[attr-defined]
        return stream

    def replace_process(path: Any, *rest: Any) -> Any:
        words = rest[0] if rest and isinstance(rest[0], (list, tuple)) else rest
        note_command(recorder, list(words), {})
        raise ProgramExit(0)

    def spawn(mode: int, path: Any, *rest: Any) -> int:
        note_command(recorder, list(rest[0] if isinstance(rest[0], (list, tuple)) else rest), {})
        return 0

    def kill(pid: int, number: int) -> None:
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        recorder.note("signal", name)
        raise ProgramExit(0)

    parts: dict[str, Any] = {"system": system, "popen": popen, "kill": kill, "killpg": kill}
    parts |= {name: replace_process for name in dir(os) if name.startswith("exec") and name != "exec"}
    parts |= {name: spawn for name in dir(os) if name.startswith(("spawn", "posix_spawn"))}
    vars(os).update(parts)
    os_module = __import__("posix")
    for name in ("system", "kill", "killpg", "execv", "execve", "posix_spawn", "posix_spawnp"):
        setattr(os_module, name, parts[name])
    _install_exits(recorder, os_module)


def _install_exits(recorder: Recorder, posix: types.ModuleType) -> None:
    def leave(status: int = 0) -> None:
        recorder.note("exit", str(status))
        raise ProgramExit(status)

    def fork() -> int:
        recorder.note("fork")
        raise BlockingIOError("no more processes")

    for module in (os, posix):
        vars(module).update(_exit=leave, fork=fork, forkpty=fork, abort=leave)
