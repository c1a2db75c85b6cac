"""The way into a box: `run_boxed` starts one, hands it a request and returns the bytes of its answer."""

import contextlib
import functools
import json
import os
import re
import subprocess
import tempfile
import time
from dataclasses import asdict

from sgcode_runner.box.enter import STARTED
from sgcode_runner.box.forms import (
    Form,
    Start,
    compile_drivers,
    sealed_forms,
    start_alone,
    start_unsealed,
)
from sgcode_runner.box.orphans import end_orphans
from sgcode_runner.box.pump import Pump
from sgcode_runner.box.result import BoxResult
from sgcode_runner.errors import RunnerFailedError, RunnerUnavailableError
from sgcode_runner.limits import Limits

_MODULE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_HOW_TO_GET_ONE = (
    "install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap), or let users have namespaces of their "
    "own (Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run where Linux is at least 5.12"
)


def run_boxed(module: str, request: bytes, limits: Limits, *, unsafe: bool = False) -> BoxResult:
    """Run `sgcode_runner.inside.<module>.run(request, answer)` in a fresh box; return what came out of it.

    With `unsafe` it runs where no box can be sealed as well: with resource limits only, as this user, beside
    this user's files. Raises RunnerUnavailableError where no box can be sealed here, RunnerFailedError where
    an unsealed driver did not start.
    """
    if not _MODULE.fullmatch(module):
        raise RunnerFailedError("a driver's name has lower-case letters, digits and underscores")
    _compile_once()
    reasons = []
    for form in _forms():
        try:
            result = _run(form.start(limits), module, request, limits)
        except (OSError, _NotStartedError) as error:
            reasons.append(f"{form.name}: {error}")
            continue
        _prefer(form)
        return result
    if _is_alone:
        return _run_alone(module, request, limits)
    if unsafe:
        return _run_unsealed(module, request, limits)
    raise RunnerUnavailableError(
        f"no box can be sealed on this machine ({'; '.join(reasons)}): {_HOW_TO_GET_ONE}"
    )


def sealing_form(*, unsafe: bool = False) -> str:
    """Return the name of the form that seals boxes here, `none` where only `unsafe` lets them run.

    Raises RunnerUnavailableError where they cannot be run at all.
    """
    run_boxed("probe", b"", Limits(), unsafe=unsafe)
    if _preferred:
        return _preferred[0].name
    return "environment" if _is_alone else "none"


def be_alone() -> None:
    """Take this machine as one that serves one request and then is gone: for the Lambda image alone.

    Where nothing else seals, a driver is then sealed as a process: its system calls are filtered, it has no
    network, and it cannot look into this process.
    """
    global _is_alone
    from sgcode_runner.box import linux

    _is_alone = True
    linux.adopt_orphans()
    linux.hide_from_peers()


class _NotStartedError(Exception):
    """The box was not made; no guest ran."""


_preferred: list[Form] = []
_is_alone = False


def _forms() -> list[Form]:
    return [*_preferred, *(form for form in sealed_forms() if form not in _preferred)]


def _prefer(form: Form) -> None:
    # The first that worked is tried first from then on.
    if not _preferred:
        _preferred.append(form)


@functools.cache
def _compile_once() -> None:
    compile_drivers()


def _run_alone(module: str, request: bytes, limits: Limits) -> BoxResult:
    with tempfile.TemporaryDirectory(prefix="sgcode-alone-", ignore_cleanup_errors=True) as folder:
        try:
            return _run(start_alone(folder), module, request, limits)
        except (OSError, _NotStartedError) as error:
            raise RunnerUnavailableError(f"a process cannot be sealed on this machine: {error}") from None
        finally:
            end_orphans()


def _run_unsealed(module: str, request: bytes, limits: Limits) -> BoxResult:
    with tempfile.TemporaryDirectory(prefix="sgcode-unsealed-", ignore_cleanup_errors=True) as folder:
        try:
            return _run(start_unsealed(folder), module, request, limits)
        except (OSError, _NotStartedError) as error:
            raise RunnerFailedError(f"the driver did not start: {error}") from None


def _run(start: Start, module: str, request: bytes, limits: Limits) -> BoxResult:
    started = time.monotonic()
    source, sink = os.pipe()
    with os.fdopen(source, "rb"), contextlib.ExitStack() as ours:
        try:
            process = subprocess.Popen(
                start.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=start.environment,
                cwd=start.folder or "/",
                pass_fds=[sink, *start.descriptors],
                start_new_session=True,
            )
        finally:
            for descriptor in (sink, *start.descriptors):
                os.close(descriptor)
        ours.enter_context(process)
        order = {
            "module": module,
            "answer": sink,
            "site": start.site,
            "seal": start.seal,
            "limits": asdict(limits),
        }
        pump = Pump(process, source, limits)
        line = json.dumps(order).encode() + b"\n"
        ended = pump.run(line + request, started + limits.seconds)
    ms = (time.monotonic() - started) * 1000
    if ended == "exited" and not pump.answer.startswith(STARTED):
        raise _NotStartedError(_last_line(bytes(pump.noise)) or f"status {process.returncode}")
    status = process.returncode if ended == "exited" else None
    if status is not None and status < 0:
        status = 128 - status
    return BoxResult(bytes(pump.answer[len(STARTED) :]), ended, status, bytes(pump.noise), ms)


def _last_line(noise: bytes) -> str:
    lines = noise.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else ""
