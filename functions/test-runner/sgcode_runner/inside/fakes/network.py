"""The network, recorded and answered without being there."""

import io
import json
import socket
import types
import urllib.request
from typing import Any

from sgcode_runner.inside.fakes.stub import Stub
from sgcode_runner.inside.watch.recorder import Recorder
from sgcode_runner.inside.watch.render import text_of

_METHODS = "get post put delete patch head options".split()
_TOLD = ("params", "data", "json", "headers", "auth", "cookies")
_BODY = {"status": "ok", "id": 7, "name": "vname", "items": ["one", "two"]}


class Response:
    """An answer of a server that is content with everything."""

    def __init__(self, method: str, url: str) -> None:
        self.status_code = self.status = self.code = 200
        self.ok, self.reason, self.encoding = True, "OK", "utf-8"
        self.url, self.request, self.history = url, method, []
        self.headers = {"Content-Type": "application/json"}
        self.cookies: dict[str, str] = {}
        self.text = json.dumps(_BODY)
        self.content = self.text.encode()
        self.raw = io.BytesIO(self.content)

    def json(self, **_: Any) -> Any:
        """Return the body's value."""
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        """The answer is a good one."""

    def iter_content(self, *_: Any, **__: Any) -> Any:
        """Return the body in one piece."""
        return iter([self.content])

    def iter_lines(self, *_: Any, **__: Any) -> Any:
        """Return the body's lines."""
        return iter(self.content.splitlines())

    def read(self, *sizes: Any) -> bytes:
        """Return the rest of the body."""
        return self.raw.read(*sizes)

    def getcode(self) -> int:
        """Return the status."""
        return 200

    def geturl(self) -> str:
        """Return the address."""
        return self.url

    def info(self) -> dict[str, str]:
        """Return the headers."""
        return self.headers

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> "Response":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __iter__(self) -> Any:
        return self.iter_lines()


def requests_module(recorder: Recorder) -> types.ModuleType:
    """Return a fake of the package `requests`."""
    module = types.ModuleType("requests")
    module.__path__ = []  # type: ignore[attr-defined]

    def request(method: str, url: Any, *values: Any, **named: Any) -> Response:
        if values:
            named["data" if method.upper() in {"POST", "PUT", "PATCH"} else "params"] = values[0]
        told = [f"{name} {text_of(named[name])}" for name in _TOLD if named.get(name) is not None]
        recorder.note("request", method.upper(), str(url), *told)
        return Response(method.upper(), str(url))

    class Session:
        def __init__(self) -> None:
            self.headers: dict[str, Any] = {}
            self.cookies: dict[str, Any] = {}
            self.verify, self.auth, self.proxies = True, None, {}

        def mount(self, *_: Any) -> None:
            """Adapters change nothing here."""

        def close(self) -> None:
            """Nothing is open."""

        def __enter__(self) -> "Session":
            return self

        def __exit__(self, *_: object) -> None:
            return None

    def method_of(method: str) -> Any:
        return lambda url, *values, **named: request(method, url, *values, **named)

    for name in _METHODS:
        setattr(module, name, method_of(name))
        setattr(Session, name, staticmethod(method_of(name)))
    Session.request = lambda self, *values, **named: request(*values, **named)  # type: ignore[attr-defined]
    errors = types.ModuleType("requests.exceptions")
    base = type("RequestException", (OSError,), {})
    kinds = (
        "HTTPError ConnectionError Timeout TooManyRedirects InvalidURL SSLError MissingSchema InvalidSchema"
    )
    vars(errors).update(
        {"RequestException": base, **{each: type(each, (base,), {}) for each in kinds.split()}}
    )
    vars(module).update({each: getattr(errors, each) for each in vars(errors) if each[0].isupper()})
    vars(module).update(
        request=request, Session=Session, session=Session, Response=Response, exceptions=errors
    )
    return module


def install_network(recorder: Recorder) -> None:
    """Replace what the standard library opens connections with."""

    def urlopen(url: Any, data: Any = None, *_: Any, **__: Any) -> Response:
        address = getattr(url, "full_url", url)
        body = data if data is not None else getattr(url, "data", None)
        told = [] if body is None else [f"data {text_of(body)}"]
        recorder.note("request", "POST" if body is not None else "GET", str(address), *told)
        return Response("GET", str(address))

    def retrieve(url: str, filename: str | None = None, *_: Any) -> tuple[str, dict[str, str]]:
        answer = urlopen(url)
        name = filename or "/tmp/retrieved"
        with open(name, "wb") as file:  # noqa: PTH123
            file.write(answer.content)
        return name, answer.headers

    vars(urllib.request).update(urlopen=urlopen, urlretrieve=retrieve)
    connection = Stub("socket", recorder)
    vars(socket).update(
        socket=_socket_class(recorder),
        create_connection=lambda address, *_, **__: connection(address),
        gethostbyname=lambda _: "192.0.2.10",
        gethostname=lambda: "box",
        getfqdn=lambda *_: "box",
        getaddrinfo=lambda host, port, *_, **__: [(2, 1, 6, "", ("192.0.2.10", port or 0))],
    )


def _socket_class(recorder: Recorder) -> type:
    def method(name: str, answer: Any) -> Any:
        def call(self: Any, *values: Any) -> Any:
            recorder.note("socket", name, ", ".join(map(text_of, values)))
            return answer

        return call

    quiet: dict[str, Any] = {"close": None, "settimeout": None, "setsockopt": None, "shutdown": None}
    members: dict[str, Any] = {name: (lambda self, *_: None) for name in quiet}
    answers = {"connect": None, "connect_ex": 0, "bind": None, "listen": None, "sendall": None, "recv": b""}
    members |= {name: method(name, answer) for name, answer in answers.items()}
    members["send"] = lambda self, data, *_: (recorder.note("socket", "send", text_of(data)), len(data))[1]
    members["__init__"] = lambda self, *_, **__: None
    members["__enter__"] = lambda self: self
    members["__exit__"] = lambda self, *_: None
    members["fileno"] = lambda self: -1

    def accept(self: Any) -> Any:
        raise KeyboardInterrupt

    members["accept"] = accept
    return type("socket", (), members)
