"""Re-creates how the paper's pipeline ran, for `sgcode benchmark --paper-pipeline`.

As in PromSec's released notebook (Demo_PromSec_PoC_Aug_2024.ipynb of
https://github.com/mahmoudkanazzal/PromSec), every analysis is a process of its own, `bandit -f json`: of the
program before and after each round, and twice before the first one. The last round is the one after which no
weakness is reported, or the 20th. As in SGCode (https://arxiv.org/abs/2409.07368), a server process takes one
program a request.

Every difference is to its advantage. The language model answers at once, with what the request brings. The
graph network, which changes nothing in the released notebook, is left out, with the libraries that it loads,
and so is the comparison of syntax trees after each round. The server is the standard library's, which holds
less than FastAPI. A request says how many analyses come before the first round, for they decide nothing.

    python measure/paper_pipeline.py --bandit COMMAND

It listens on 127.0.0.1, prints its port, and ends when its standard input does.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

MAX_ROUNDS = 20
MAX_BODY = 32_000_000
ANALYSIS_SECONDS = 120


@dataclass
class Analyses:
    """Runs the analyzer on a file of its folder, and keeps what that took."""

    command: str
    folder: Path
    milliseconds: list[float] = field(default_factory=list)

    def weaknesses(self, code: str) -> int:
        """Return how many CWEs are reported: none of code that cannot be read, as in the notebook."""
        file = self.folder / "temp_code.py"
        started = time.perf_counter()
        file.write_text(code, encoding="utf-8")
        done = subprocess.run(
            [self.command, "-f", "json", str(file)],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=ANALYSIS_SECONDS,
        )
        results = json.loads(done.stdout)["results"]
        count = len({result["issue_cwe"].get("id") for result in results})
        self.milliseconds.append((time.perf_counter() - started) * 1000)
        return count


def secure(asked: dict[str, Any], analyses: Analyses) -> dict[str, Any]:
    """Run rounds until an answer has no weakness or none is left; return the last answer and what it took."""
    code, answers = str(asked["code"]), [str(each) for each in asked["answers"]]
    for _ in range(int(asked["analysesBefore"])):
        analyses.weaknesses(code)
    rounds = 0
    for answer in answers[:MAX_ROUNDS]:
        rounds += 1
        analyses.weaknesses(code)
        code = answer
        if analyses.weaknesses(code) == 0:
            break
    return {"code": code, "rounds": rounds, "analysesMs": analyses.milliseconds}


def handler(bandit: str, folder: Path) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers requests: GET says that it is there, POST secures a program."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(200, {"status": "ready"})

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            if not 0 < size <= MAX_BODY:
                self.answer(413, {"error": f"a request has 1 to {MAX_BODY} bytes"})
                return
            try:
                asked = json.loads(self.rfile.read(size))
                made = secure(asked, Analyses(bandit, folder))
            except (ValueError, KeyError, TypeError, OSError, subprocess.SubprocessError) as error:
                self.answer(500, {"error": f"{type(error).__name__}: {error}"})
            else:
                self.answer(200, made)

        def answer(self, status: int, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    return Handler


def main() -> None:
    """Serve until the standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bandit", required=True)
    options = parser.parse_args()
    # Ctrl-C goes to everything in the terminal; whoever started this decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with (
        tempfile.TemporaryDirectory(prefix="sgcode-paper-pipeline-") as folder,
        HTTPServer(("127.0.0.1", 0), handler(options.bandit, Path(folder))) as server,
    ):

        def end_with_input() -> None:
            sys.stdin.read()
            server.shutdown()

        threading.Thread(target=end_with_input, daemon=True).start()
        print(server.server_port, flush=True)
        server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
