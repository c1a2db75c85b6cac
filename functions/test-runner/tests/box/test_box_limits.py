import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from sgcode_runner.box.run import run_boxed
from sgcode_runner.limits import MIB, Limits
from tests.forms import FORMS, use_form

LIMITS = Limits(seconds=20)


@pytest.fixture(params=FORMS)
def form(request, monkeypatch):
    use_form(request.param, monkeypatch)
    return request.param


def test_a_box_without_end_is_ended_at_its_time(form):
    endless = """
        import os, signal, sys
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                pass
        os.fork()
        os.setsid() if os.getpid() != os.getsid(0) else None
        os.write(answer, b"a")
        while True:
            pass
    """

    result = run_boxed("probe", _source(endless), Limits(seconds=1))

    assert (result.ended, result.status) == ("timeout", None)
    assert result.answer == b"aa"
    assert 900 < result.ms < 3_000


def test_a_stopped_box_is_ended_at_its_time(form):
    result = run_boxed("probe", b"import os; os.kill(os.getpid(), 19)", Limits(seconds=1))

    assert result.ended == "timeout"


def test_a_gigabyte_of_output_ends_the_box(form):
    flood = b"import os\nfor _ in range(16384): os.write(1, bytes(65536)); os.write(2, bytes(65536))"

    result = run_boxed("probe", flood, LIMITS)

    assert result.ended == "output-limit"
    assert len(result.noise) <= 8192


def test_a_flood_of_answers_ends_the_box(form):
    result = run_boxed("probe", b"import os\nwhile True: os.write(answer, bytes(65536))", LIMITS)

    assert result.ended == "output-limit"
    assert len(result.answer) < LIMITS.answer + 2 * 65536


def test_processes_that_use_too_much_memory_together_end_the_box(form):
    bomb = """
        import os, time
        for _ in range(6):
            if os.fork() == 0:
                held = bytearray(os.urandom(1 << 20) * 60)
                time.sleep(30)
        time.sleep(30)
    """

    result = run_boxed("probe", _source(bomb), Limits(seconds=15, total_memory=200 * MIB))

    assert result.ended == "memory-limit"


def test_a_processor_limit_ends_a_process(form):
    result = run_boxed("probe", b"while True: pass", Limits(seconds=15, cpu_seconds=1))

    assert (result.ended, result.signal) == ("exited", 9)


def test_boxes_run_beside_each_other(form):
    request = b"import os, time; time.sleep(0.3); os.write(answer, b'me')"

    started = time.monotonic()
    with ThreadPoolExecutor(12) as pool:
        results = list(pool.map(lambda _: run_boxed("probe", request, LIMITS), range(12)))

    assert [result.answer for result in results] == [b"me"] * 12
    assert time.monotonic() - started < 12 * 0.3


def test_a_large_request_arrives_whole(form):
    result = run_boxed("probe", b"#" * 3_000_000 + b"\nimport os; os.write(answer, b'end')", LIMITS)

    assert result.answer == b"end"


def test_two_runs_hash_alike(form):
    request = b"import os; os.write(answer, repr(hash('a')).encode())"

    assert run_boxed("probe", request, LIMITS).answer == run_boxed("probe", request, LIMITS).answer


def test_a_server_inside_can_be_reached_inside(form):
    request = b"""
import os, socket
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname(), 1)
os.write(answer, b"reached")
"""

    assert run_boxed("probe", request, LIMITS).answer == b"reached"


def _source(text):
    return textwrap.dedent(text).encode()
