"""Mail and file servers of the standard library: every call is recorded, none leaves the box."""

import types
from typing import Any

from sgcode_runner.inside.fakes.stub import Stub
from sgcode_runner.inside.watch.recorder import Recorder

_CLASSES = {
    "smtplib": ("SMTP", "SMTP_SSL", "LMTP"),
    "ftplib": ("FTP", "FTP_TLS"),
    "telnetlib": ("Telnet",),
    "poplib": ("POP3", "POP3_SSL"),
    "imaplib": ("IMAP4", "IMAP4_SSL"),
    "http.client": ("HTTPConnection", "HTTPSConnection"),
}


def install_servers(recorder: Recorder, import_module: Any) -> None:
    """Replace the client classes of the modules that this Python has."""
    for name, classes in _CLASSES.items():
        try:
            module: types.ModuleType = import_module(name)
        except ImportError:
            continue
        for each in classes:
            setattr(module, each, Stub(f"{name}.{each}", recorder))
