"""Commands of this file, read by a real shell before and after: plain words stay, others inject nothing."""

import os
import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import plan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell reads the commands")

# What builds a command that prints its words, one a line, and how often the value is in it.
BUILT = {
    "f-string": ("f\"printf '%s.' {value} 'x  y'\"", 1),
    "format": ("'printf %s. {0} a/{0}.b'.format(value)", 2),
    "percent": ("'printf %%s. %s %s | cat; true' % (value, value)", 2),
    "sum": ("'cd / && (printf %s. ' + value + ')'", 1),
    "substitution": ("f'printf %s. \"a b\" $(printf %s {value})$UNSET'", 1),
    "list": ("'printf %s. ' + ' '.join(values)", 2),
    "comprehension": ("'printf %s. ' + ' '.join(f'-n {each}' for each in values)", 2),
}
PLAIN = st.text("abcXYZ019_-./:=", min_size=1, max_size=8).map(lambda text: f"w{text}")
ANY = st.text(
    st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"]), max_size=12
) | st.sampled_from(
    [
        "$(echo x)",
        "`echo x`",
        "'; echo x; '",
        "a b  c",
        "*",
        "~",
        "#",
        "$HOME",
        "\\",
        "a\nb",
        "&",
        "|cat",
        ">",
    ]
)


def source(name: str) -> bytes:
    built = BUILT[name][0]
    return f"import shlex\ndef print_command(value: str, values: list):\n    return {built}\n".encode()


def rewritten(name: str) -> bytes:
    data = source(name)
    candidate = apply_edits(data, plan(data, "quote-shell-word", ())).candidate
    assert candidate is not None
    return candidate


CANDIDATES = {name: rewritten(name) for name in BUILT}


def command(data: bytes, value: str) -> str:
    """The command that a program of this file, which only puts texts together, builds."""
    names: dict[str, object] = {"shlex": shlex}
    exec(compile(data, "program", "exec"), names)
    build = names["print_command"]
    assert callable(build)
    return str(build(value, [value, value]))


def printed(text: str) -> bytes:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["/bin/sh", "-c", text], stdout=subprocess.PIPE, env=environment, check=False
    ).stdout


@pytest.mark.parametrize("name", BUILT)
@settings(max_examples=10, deadline=None)
@given(value=PLAIN)
def test_plain_words_give_the_same_command(name: str, value: str) -> None:
    assert command(CANDIDATES[name], value) == command(source(name), value)


@pytest.mark.parametrize("name", [each for each in BUILT if each != "substitution"])
@settings(max_examples=15, deadline=None)
@given(value=ANY)
def test_every_value_reaches_the_program_as_it_is(name: str, value: str) -> None:
    assert printed(command(CANDIDATES[name], value)).count(value.encode()) >= BUILT[name][1]


@pytest.mark.parametrize("name", BUILT)
def test_no_value_runs_a_command(name: str) -> None:
    for value in ("$(expr 40 + 2)", "`expr 40 + 2`"):
        assert b"42" in printed(command(source(name), value))
        assert b"42" not in printed(command(CANDIDATES[name], value))
