"""The whole of one program's run: fakes in place, then every planned input, each noted by itself."""

import gc
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from typing import Any

from sgcode_runner.inside.fakes.ending import ProgramExit, TooLong
from sgcode_runner.inside.fakes.install import Fakes, install_fakes
from sgcode_runner.inside.fakes.temporary import without_places
from sgcode_runner.inside.watch.calls import call_planned
from sgcode_runner.inside.watch.marks import Marks
from sgcode_runner.inside.watch.program import NAME, Captured, find_app, new_module
from sgcode_runner.inside.watch.raised import know_program, raised_parts
from sgcode_runner.inside.watch.recorder import Recorder, shortened
from sgcode_runner.inside.watch.render import without_addresses
from sgcode_runner.inside.watch.requests import routes_of_app, send_request

_CPU_OF_ONE_INPUT = 0.6
_HOME = "/tmp/app"
Send = Callable[[dict[str, Any]], None]
Outcome = list[list[str]]


class Run:
    """One program in its world."""

    def __init__(self, program: str, plan: dict[str, Any], marks: Marks, send: Send) -> None:
        home = _HOME if _made(_HOME) else tempfile.mkdtemp()
        self._recorder = Recorder(frozenset(plan["meant"]))
        self._fakes: Fakes = install_fakes(plan, home, self._recorder)
        self._code = marks.compiled(program, f"{home}/{NAME}.py")
        know_program(f"{home}/{NAME}.py", program)
        self._plan, self._send, self._home, self._marks = plan, send, home, marks
        self._captured = Captured()
        self._module: Any = None
        self._app: Any = None

    def all_inputs(self) -> None:
        """Run every planned input and send what came of it; the world begins anew with every style."""
        style, loaded = None, True
        for case in self._plan["cases"]:
            if case["kind"] != "script" and case["style"] != style:
                style = case["style"]
                self._fakes.renew()
                loaded = self._load(f"import for {style}")
            if case["kind"] == "script":
                self._fakes.renew()
                self._one(case["id"], lambda case=case: self._run_script(case), case)
            elif loaded:
                self._one(case["id"], lambda case=case: self._run_case(case), case)
        if not self._plan["cases"]:
            self._fakes.renew()
            self._load("import")
        self._send({"done": True})

    def _load(self, label: str) -> bool:
        def load() -> Outcome:
            self._module = new_module(NAME, self._home)
            sys.argv = [f"{NAME}.py"]
            exec(self._code, vars(self._module))
            return []

        outcome = self._one(label, load)
        if any(part[0] in {"raised", "left"} for part in outcome):
            return False
        if self._plan["flask"]:
            self._one(label.replace("import", "routes"), self._find_routes)
        return True

    def _find_routes(self) -> Outcome:
        self._app = find_app(self._module)
        if self._app is not None and self._plan["sessions"] and not self._app.secret_key:
            self._app.secret_key = "a key for programs that have none"
        return [["route", each] for each in routes_of_app(self._app)] if self._app is not None else []

    def _run_case(self, case: dict[str, Any]) -> Outcome:
        if case["kind"] == "request":
            if self._app is None:
                return [["no app"]]
            return send_request(self._app, case, self._recorder)
        return call_planned(self._module, self._app, case, self._recorder, self._fakes)

    def _run_script(self, case: dict[str, Any]) -> Outcome:
        module = new_module("__main__", self._home)
        sys.argv = [f"{NAME}.py", *case["arguments"]]
        exec(self._code, vars(module))
        return []

    def _one(
        self, label: str | int, work: Callable[[], Outcome], case: dict[str, Any] | None = None
    ) -> Outcome:
        given = case or {"words": [], "style": "word"}
        self._recorder.begin(frozenset(given["words"]), lacking=given["style"] == "missing")
        self._captured.begin(given.get("lines", []))
        self._fakes.begin_input()
        self._marks.begin()
        outcome = self._guarded(work)
        signal.setitimer(signal.ITIMER_PROF, 0)
        events = self._recorder.taken()
        events += [["file", name, mark] for name, mark in self._fakes.files.settle()]
        printed = self._recorder.printed(self._captured.printed())
        if printed:
            events.append(["printed", shortened(without_addresses(printed))])
        events, outcome = self._without_chance(events), self._without_chance(outcome)
        record = {"case": label, "events": events, "outcome": outcome, "unfit": self._recorder.unfit}
        self._send({**record, "ran": self._marks.ran(), "failure": self._recorder.failure})
        return outcome

    def _without_chance(self, parts: Outcome) -> Outcome:
        """The parts with words where a digest or the name of a temporary file stands."""
        return [[without_places(self._fakes.digests.plain(text)) for text in part] for part in parts]

    def _guarded(self, work: Callable[[], Outcome]) -> Outcome:
        try:
            signal.setitimer(signal.ITIMER_PROF, _CPU_OF_ONE_INPUT)
            return work()
        except TooLong:
            return [["too long"]]
        except ProgramExit as leaving:
            return [["left", str(leaving)]]
        except SystemExit as leaving:
            return [["left", str(leaving.code)]]
        except BaseException as error:
            self._recorder.note_failure(error)
            return raised_parts(error)


def watch(request: dict[str, Any], send: Send) -> None:
    """Run the program of the request and send a record for each input."""
    signal.signal(signal.SIGPROF, _stop)
    sys.setrecursionlimit(1000)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plan = {**request["plan"], "secrets": request["secrets"]}
    program, marks = request.pop("program"), Marks(request.pop("marks"))
    request.clear()
    gc.collect()
    Run(program, plan, marks, send).all_inputs()


def _stop(*_: object) -> None:
    raise TooLong


def _made(folder: str) -> bool:
    try:
        os.mkdir(folder)  # noqa: PTH102
    except OSError:
        return False
    return True
