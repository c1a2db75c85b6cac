"""Programs of this file, run before and after: benign values give the same, others inject no more."""

import ast
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import plan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell is compared with")

PROGRAMS = {
    "system": "os.system('echo got ' + value)",
    "system with a status": "print(os.system('test ' + value + ' = a') == 0)",
    "system with its whole status": "print(os.system('test %s = a' % value), os.system('true'))",
    "system with its exit status": "print(os.WEXITSTATUS(os.system('test %s = a' % value)))",
    "system in steps": "c = 'printf %s,'\n    c += ' ' + value\n    c += \" 'x y'\"\n    os.system(c)",
    "system silenced": "print(os.system(f'ls {value} >/dev/null 2>&1') == 0)",
    "popen": "print(os.popen(f\"printf '%s|' {value} 'x  y'\").read())",
    "popen in lines": "print([x for x in os.popen('printf a%s\\\\\\\\nb ' + value)])",
    "popen closed": "p = os.popen('echo ' + value)\n    print(p.readlines())\n    p.close()",
    "run": "print(subprocess.run('echo {}'.format(value), shell=True, stdout=subprocess.PIPE).stdout)",
    "call": "print(subprocess.call('test -n ' + value, shell=True))",
    "check_output": "print(subprocess.check_output(['echo ' + value], shell=True, text=True))",
    "Popen": "print(subprocess.Popen('echo ' + value, shell=True, stdout=subprocess.PIPE).communicate())",
    "errors": "print(subprocess.getoutput('ls /missing-' + value))",
    "status and output": "print(subprocess.getstatusoutput('ls /missing-' + value))",
    "piped": "print(os.system(f'printf %s, {value} a | cat; test {value} = a') == 0)",
    "piped with its whole status": "print(os.system(f'cat < {value}; exit 3'))",
    "read from a pipe": "x = os.popen('printf %s, ' + value + ' b | cat')\n    print(x.read())",
    "options": "opts = value\n    print(os.popen('printf %s, ' + opts).read())",
    "by a helper": "def run(c): return subprocess.check_output(c, shell=True)\n"
    "    print(run('echo ' + value))",
    "silenced errors": "print(subprocess.call('ls /missing-' + value + ' 2>/dev/null', shell=True))",
}
HEAD = "import os\nimport subprocess\nimport sys\n\n\ndef main(value):\n"


def source(name: str) -> bytes:
    return f"{HEAD}    {PROGRAMS[name]}\n\n\nmain(sys.argv[1])\n".encode()


def rewritten(data: bytes) -> bytes:
    result = apply_edits(data, plan(data, "argv-without-shell", ("B602", "B605")))
    assert result.candidate is not None, result.declined
    return result.candidate


def outcome(folder: Path, data: bytes, value: str) -> tuple[int, str, str]:
    """Exit status, output and errors of a program, which runs in an empty folder."""
    path = folder / "program.py"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", path, value],
        capture_output=True,
        text=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("value", ["a", "b-1.2:3/x@y,z=+%"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_does_the_same_with_a_benign_value(name: str, value: str, tmp_path: Path) -> None:
    before = outcome(tmp_path, source(name), value)
    after = outcome(tmp_path, rewritten(source(name)), value)

    assert after == before
    assert before[0] == 0, before


@pytest.mark.parametrize(
    "value", ["a; touch injected", "$(touch injected)", "`touch injected`", "a & touch injected"]
)
@pytest.mark.parametrize("name", [name for name in PROGRAMS if name != "by a helper"])
def test_runs_no_injected_command(name: str, value: str, tmp_path: Path) -> None:
    outcome(tmp_path, source(name), value)
    assert (tmp_path / "injected").exists()
    (tmp_path / "injected").unlink()

    outcome(tmp_path, rewritten(source(name)), value)

    assert not (tmp_path / "injected").exists()


def test_a_helper_runs_no_injected_command(tmp_path: Path) -> None:
    after = outcome(tmp_path, rewritten(source("by a helper")), "a; echo injected")

    assert after[1] == "b'a; echo injected\\n'\n"


WORDS = st.text(st.sampled_from("abcXYZ019 .,:/@%+=-_'\"\\#"), min_size=1, max_size=12).filter(
    lambda text: text != "0.0.0.0"
)


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(WORDS, min_size=1, max_size=4),
    quotes=st.lists(st.sampled_from(["shlex", '"', "'"]), min_size=4, max_size=4),
    gap=st.sampled_from([" ", "  ", "\t"]),
    value=st.booleans(),
)
def test_splits_words_as_a_shell_does(words: list[str], quotes: list[str], gap: str, value: bool) -> None:
    text = gap.join(["tool", *(_quoted(word, quote) for word, quote in zip(words, quotes, strict=False))])
    command = f"{text + gap!r} + b" if value else repr(text)
    code = f"import os\nbefore = ( 1,)\n\n\ndef f(b):\n    os.system({command})\n    after ( b )\n".encode()

    candidate = rewritten(code)

    line = next(line for line in candidate.decode().splitlines() if "subprocess.run" in line)
    listed = ast.parse(line.strip(), mode="eval").body.args[0].elts  # type: ignore[attr-defined]
    if value:
        assert ast.unparse(listed.pop()) == "b"
    assert [ast.literal_eval(each) for each in listed] == shlex.split(text)
    assert candidate.startswith(b"import os\nimport subprocess\nbefore = ( 1,)\n\n\ndef f(b):\n")
    assert candidate.endswith(b"\n    after ( b )\n")
    assert not plan(candidate, "argv-without-shell", ("B602", "B605"))


def _quoted(word: str, quote: str) -> str:
    fits = quote != "shlex" and quote not in word and (quote == "'" or "\\" not in word)
    return f"{quote}{word}{quote}" if fits else shlex.quote(word)
