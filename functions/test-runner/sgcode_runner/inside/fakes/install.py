"""All fakes put in place, before the program is loaded."""

import importlib
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sgcode_runner.inside.fakes.alchemy import alchemy_modules
from sgcode_runner.inside.fakes.chance import Chance, install_chance
from sgcode_runner.inside.fakes.clock import Clock, install_clock, utc_zone
from sgcode_runner.inside.fakes.db_driver import Connection, Driver
from sgcode_runner.inside.fakes.db_errors import error_classes
from sgcode_runner.inside.fakes.db_modules import STYLES, driver_modules
from sgcode_runner.inside.fakes.defused_xml import defused_modules
from sgcode_runner.inside.fakes.digests import Digests, install_digests
from sgcode_runner.inside.fakes.environment import Environment, install_environment
from sgcode_runner.inside.fakes.files import Files, install_files
from sgcode_runner.inside.fakes.flask_parts import flask_mysql_modules, install_flask
from sgcode_runner.inside.fakes.mail import install_servers
from sgcode_runner.inside.fakes.missing_modules import MissingModules
from sgcode_runner.inside.fakes.network import install_network, requests_module
from sgcode_runner.inside.fakes.old_yaml import install_yaml
from sgcode_runner.inside.fakes.processes import install_processes
from sgcode_runner.inside.fakes.sql_store import Store
from sgcode_runner.inside.fakes.sqlite_module import sqlite_module
from sgcode_runner.inside.fakes.stub import renew_patience
from sgcode_runner.inside.plan.values import benign
from sgcode_runner.inside.watch.recorder import Recorder

# Modules that must be loaded while the system is still the real one.
_LOADED_BEFORE = "mimetypes yaml logging asyncio unittest tarfile zipfile http.client email.message".split()


@dataclass
class Fakes:
    """What stands for the world outside the program."""

    store: Store
    files: Files
    clock: Clock
    chance: Chance
    environment: Environment
    digests: Digests
    file_names: list[str]
    connection: Callable[[], Connection]

    def renew(self) -> None:
        """Put the world back to how it was before anything ran."""
        self.store.reset()
        self.files.renew(self.file_names)
        self.environment.renew()
        self.begin_input()

    def begin_input(self) -> None:
        """Time and chance begin again with every input, whatever ran before."""
        self.clock.restart()
        self.chance.draws = 0
        renew_patience()


def install_fakes(plan: dict[str, Any], home: str, recorder: Recorder) -> Fakes:
    """Replace the world outside and return the handles that renew it."""
    if plan["flask"]:
        importlib.import_module("flask")
        importlib.import_module("flask.testing")
    for name in _LOADED_BEFORE:
        if name in plan["imports"] or name in {"mimetypes", "logging"}:
            importlib.import_module(name)
    utc_zone()
    unknown = Driver(
        "unknown", _style_of(plan["imports"]), returns_cursor=True, errors=error_classes("unknown")
    )
    fakes = Fakes(
        store=Store(plan["schema"], plan["ids"], plan["secrets"]),
        files=Files(home, recorder),
        clock=Clock(),
        chance=Chance(),
        environment=Environment(plan["environment"], plan["variables"]),
        digests=Digests(),
        file_names=plan["files"],
        connection=lambda: Connection(unknown, fakes.store, recorder, "a database that was handed over"),
    )
    if "mimetypes" in sys.modules:
        sys.modules["mimetypes"].init([])
    fakes.files.renew(fakes.file_names)
    modules = driver_modules(fakes.store, recorder)
    modules |= alchemy_modules(fakes.store, recorder)
    modules |= flask_mysql_modules(modules["MySQLdb"], recorder)
    modules["sqlite3"] = modules["sqlite3.dbapi2"] = sqlite_module(fakes.store, recorder)
    modules["requests"] = requests_module(recorder)
    modules["requests.exceptions"] = modules["requests"].exceptions
    if any(name.partition(".")[0] == "defusedxml" for name in plan["imports"]):
        modules |= defused_modules()
    sys.modules.update(modules)
    sys.meta_path.append(MissingModules(recorder))
    if "yaml" in sys.modules:
        install_yaml()
    install_network(recorder)
    install_servers(recorder, importlib.import_module)
    install_processes(recorder)
    install_chance(fakes.chance)
    if plan["flask"]:
        install_flask(recorder)
    install_files(fakes.files)
    install_environment(fakes.environment)
    install_clock(fakes.clock)
    if "digest" in plan["meant"]:
        _tell_digests(fakes.digests, plan["secrets"])
    os.umask(0o022)
    return fakes


def _tell_digests(digests: Digests, secrets: dict[str, str]) -> None:
    """Let digests of one input count as the same, the stored ones of the password that requests give too."""
    for stored in set(secrets.values()):
        if re.fullmatch(r"[0-9a-f]{32,128}", stored):
            digests.know(bytes.fromhex(stored), benign("password").encode())
    install_digests(digests)


def _style_of(imported: list[str]) -> str:
    """Return how values are written for a connection that the program did not open itself."""
    styles = {STYLES[name] for name in imported if name in STYLES}
    return styles.pop() if len(styles) == 1 else "any"
