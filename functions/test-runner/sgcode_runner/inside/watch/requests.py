"""One request to the program's Flask app, and what came back."""

import base64
import io
import re
from typing import Any

from sgcode_runner.inside.fakes.file_contents import content_for
from sgcode_runner.inside.watch.raised import raised_parts
from sgcode_runner.inside.watch.recorder import Recorder, shortened
from sgcode_runner.inside.watch.render import without_addresses

_SESSION = re.compile(r"^(\.?)([^.]+)\.")
_UPLOADS = {"image": "vphoto.png", "photo": "vphoto.png", "picture": "vphoto.png", "avatar": "vphoto.png"}


def routes_of_app(app: Any) -> list[str]:
    """Return the app's rules with their methods, in a fixed order."""
    return sorted(
        f"{'/'.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    )


def send_request(app: Any, case: dict[str, Any], recorder: Recorder) -> list[list[str]]:
    """Send one planned request and return what the answer shows."""
    import flask

    raised: list[list[str]] = []

    def note(_: Any, exception: BaseException, **__: Any) -> None:
        recorder.note_failure(exception)
        # What Flask says of a function that answers nothing is not what the program raised.
        silent = type(exception) is TypeError and "did not return a valid response" in str(exception)
        raised.extend([["no valid answer"]] if silent else raised_parts(exception))

    with flask.got_request_exception.connected_to(note, app):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        client = app.test_client()
        for name, value in case["cookies"].items():
            client.set_cookie(name, value)
        if case["session"] and app.secret_key:
            with client.session_transaction() as session:
                session.update(case["session"])
        response = client.open(case["path"], **request_arguments(case))
        body = response.get_data()
    outcome = [["status", str(response.status_code)]]
    outcome += raised
    if raised and response.status_code == 500:
        return outcome
    outcome.append(["content type", response.mimetype or ""])
    if response.headers.get("Location"):
        outcome.append(["location", response.headers["Location"]])
    outcome += [["cookie", _cookie(each)] for each in sorted(response.headers.getlist("Set-Cookie"))]
    outcome.append(["body", shortened(without_addresses(body.decode("utf-8", "backslashreplace")))])
    return outcome


def request_arguments(case: dict[str, Any]) -> dict[str, Any]:
    """Return a planned request as the arguments of the test client of Flask."""
    parts: dict[str, Any] = {
        "method": case["method"],
        "query_string": case["query"],
        "headers": case["headers"],
    }
    if case["body"] is not None:
        return {**parts, "data": case["body"], "content_type": "application/json"}
    data: dict[str, Any] = dict(case["form"])
    for name in case["files"]:
        upload = _UPLOADS.get(name.lower(), f"v{name}.txt")
        data[name] = (io.BytesIO(content_for(upload)), upload)
    return {**parts, "data": data} if data else parts


def _cookie(header: str) -> str:
    """Name and value; of a signed session only what it says, because a key may have moved."""
    name, _, value = header.partition(";")[0].partition("=")
    match = _SESSION.match(value)
    if name != "session" or not match or match[1]:
        return f"{name}={value}"
    payload = match[2] + "=" * (-len(match[2]) % 4)
    try:
        return f"{name}={base64.urlsafe_b64decode(payload).decode()}"
    except ValueError:
        return f"{name}={value}"
