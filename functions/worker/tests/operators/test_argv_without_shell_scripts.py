"""Commands that need a shell: the shell reads a fixed script, and the values are its parameters."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = ("B602", "B605")
HEAD = "import os\nimport shlex\nimport subprocess\n\n\ndef f(self, a, b, files, **kw):\n    "
SH = "'/bin/sh', '-c', "

SCRIPTS = {
    "a pipe": ("os.system('ls ' + a + ' | sort')", f"subprocess.run([{SH}'ls \"$1\" | sort', 'sh', a])"),
    "two commands": (
        "os.system(f'cd {a} && make')",
        f"subprocess.run([{SH}'cd \"$1\" && make', 'sh', str(a)])",
    ),
    "one value twice": (
        "os.system(f'ls {a} || rm {a}')",
        f"subprocess.run([{SH}'ls \"$1\" || rm \"$1\"', 'sh', str(a)])",
    ),
    "a file for the output": (
        "os.system('ls %s >> %s' % (a, b))",
        f"subprocess.run([{SH}'ls \"$1\" >> \"$2\"', 'sh', str(a), str(b)])",
    ),
    "a pattern": (
        "os.system('rm {}/*.pyc'.format(a))",
        f"subprocess.run([{SH}'rm \"$1\"/*.pyc', 'sh', str(a)])",
    ),
    "a variable": (
        "os.system('$EDITOR ' + a)",
        f"subprocess.run([{SH}'$EDITOR \"$1\"', 'sh', a])",
    ),
    "double quotes": (
        "os.system('echo \"a $HOME %s0\" | cat' % a)",
        f"subprocess.run([{SH}'echo \"a $HOME ${{1}}0\" | cat', 'sh', str(a)])",
    ),
    "single quotes": (
        "os.system(\"echo '{}' > x\".format(a))",
        'subprocess.run(["/bin/sh", "-c", \'echo "$1" > x\', "sh", str(a)])',
    ),
    "text beside in single quotes": (
        "os.system(\"echo 'a $x'\" + f\"'{a} b' > x\")",
        'subprocess.run(["/bin/sh", "-c", "echo \'a $x\'\\"$1\\"\' b\' > x", "sh", str(a)])',
    ),
    "quoted by the program": (
        "os.system('cat ' + shlex.quote(a) + ' | sort')",
        f"subprocess.run([{SH}'cat \"$1\" | sort', 'sh', a])",
    ),
    "joined words": (
        "os.system('git add ' + ' '.join(files) + ' && git commit')",
        f"subprocess.run([{SH}'git add \"$@\" && git commit', 'sh', *files])",
    ),
    "several words": (
        "os.system(f'ls {self.options} | sort')",
        f"subprocess.run([{SH}'ls $1 | sort', 'sh', str(self.options)])",
    ),
    "no word or one": (
        "os.system(f\"ls {'-l' if b else ''} > x\")",
        'subprocess.run(["/bin/sh", "-c", "ls $1 > x", "sh", \'-l\' if b else \'\'])',
    ),
    "a variable that is set": (
        "os.system('LANG=C ls ' + a)",
        f"subprocess.run([{SH}'LANG=C ls \"$1\"', 'sh', a])",
    ),
    "a part of the shell": ("os.system('cd ' + a)", f"subprocess.run([{SH}'cd \"$1\"', 'sh', a])"),
    "options of echo": (
        "os.system('echo -e ' + a)",
        f"subprocess.run([{SH}'echo -e \"$1\"', 'sh', a])",
    ),
    "a shared folder": (
        "os.system('cp ' + a + ' /tmp/x')",
        f"subprocess.run([{SH}'cp \"$1\" /tmp/x', 'sh', a])",
    ),
    "a fixed substitution": (
        "os.system('tar czf $(date +%F).tgz ' + a)",
        f"subprocess.run([{SH}'tar czf $(date +%F).tgz \"$1\"', 'sh', a])",
    ),
    "the home folder": ("os.system('ls ~/' + a)", f"subprocess.run([{SH}'ls ~/\"$1\"', 'sh', a])"),
    "left running": ("os.system(f'{a}/x &')", f"subprocess.run([{SH}'\"$1\"/x &', 'sh', str(a)])"),
    "subprocess": (
        "subprocess.run(f'ls {a} | sort', shell=True, check=True)",
        f"subprocess.run([{SH}'ls \"$1\" | sort', '/bin/sh', str(a)], check=True)",
    ),
    "output": (
        "x = os.popen('ls ' + a + ' | wc -l').read()",
        f"x = subprocess.run([{SH}'ls \"$1\" | wc -l', '/bin/sh', a], stdout=subprocess.PIPE, "
        "text=True).stdout",
    ),
    "output elsewhere": (
        "x = os.popen('ls ' + a + ' > /dev/null').read()",
        f"x = subprocess.run([{SH}'ls \"$1\" > /dev/null', '/bin/sh', a], stdout=subprocess.PIPE, "
        "text=True).stdout",
    ),
    "a name for the command": (
        "c = 'ls ' + a + ' | sort'\n    os.system(c)",
        f"c = [{SH}'ls \"$1\" | sort', 'sh', a]\n    subprocess.run(c)",
    ),
    "steps": (
        "c = 'ls ' + a\n    print(c)\n    c += ' | sort ' + b\n    c = c + ' > x'\n    os.system(c)",
        "c = 'ls ' + a\n    print(c)\n    c += ' | sort ' + b\n    c = c + ' > x'\n"
        '    subprocess.run(["/bin/sh", "-c", \'ls "$1" | sort "$2" > x\', "sh", a, b])',
    ),
    "parts under a name": (
        "o = '--p=${PWD}/%s -d' % b\n    os.system('%s/i.sh %s' % (a, o))",
        "o = '--p=${PWD}/%s -d' % b\n"
        f"    subprocess.run([{SH}'\"$1\"/i.sh --p=${{PWD}}/\"$2\" -d', 'sh', str(a), str(b)])",
    ),
    "a chosen shell": (
        "subprocess.run('ls ' + a + ' | sort', shell=True, executable='/bin/bash')",
        "subprocess.run(['/bin/bash', '-c', 'ls \"$1\" | sort', '/bin/bash', a])",
    ),
    "a fixed command under a name": (
        "c = 'ls | sort'\n    os.system(c)",
        "c = 'ls | sort'\n    subprocess.run(['/bin/sh', '-c', c])",
    ),
}
SPLIT = {
    "options": ("os.system('ls ' + opts)", "subprocess.run(['ls', *shlex.split(opts)])"),
    "an option or none": (
        "os.system(f\"ls {'-l' if b else ''} a\")",
        "subprocess.run([\"ls\", *shlex.split('-l' if b else ''), \"a\"])",
    ),
    "options under a name": (
        "o = '-l -a'\n    os.system('ls ' + o)",
        "o = '-l -a'\n    subprocess.run(['ls', *shlex.split(o)])",
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_hands_the_values_to_a_fixed_script(name: str) -> None:
    before, after = SCRIPTS[name]

    result = check_rewritten("argv-without-shell", RULES, f"{HEAD}{before}\n", f"{HEAD}{after}\n")

    assert "fixed script" in result.applied[0][1].summary
    assert result.applied[0][1].declared == ()


@pytest.mark.parametrize("name", SPLIT)
def test_takes_values_apart_that_are_several_words(name: str) -> None:
    before, after = (f"{HEAD.replace('files', 'opts')}{each}\n" for each in SPLIT[name])

    result = check_rewritten("argv-without-shell", RULES, before, after)

    assert "taken apart as a shell does" in result.applied[0][1].summary


WILDCARDS = {
    "a pattern alone": ("os.system('chown root *')", "subprocess.run(['/bin/sh', '-c', 'chown root ./*'])"),
    "a pattern with an end": (
        "subprocess.Popen('cd x && chmod 600 *.py', shell=True)",
        "subprocess.Popen(['/bin/sh', '-c', 'cd x && chmod 600 ./*.py'])",
    ),
    "a pattern in a folder": (
        "os.system('chmod 644 /srv/*.txt')",
        "subprocess.run(['/bin/sh', '-c', 'chmod 644 /srv/*.txt'])",
    ),
    "an archive": (
        "os.system('tar czf a.tgz *')",
        "subprocess.run(['/bin/sh', '-c', 'tar czf a.tgz -- *'])",
    ),
    "output": (
        "x = os.popen('rsync -a * b:').read()",
        "x = subprocess.run(['/bin/sh', '-c', 'rsync -a ./* b:'], stdout=subprocess.PIPE, text=True).stdout",
    ),
}


@pytest.mark.parametrize("name", WILDCARDS)
def test_keeps_names_of_files_from_being_options(name: str) -> None:
    before, after = WILDCARDS[name]

    check_rewritten("argv-without-shell", {"B609"}, f"{HEAD}{before}\n", f"{HEAD}{after}\n")


@pytest.mark.parametrize("command", ["tar xvf *", "tar czf a.tgz * -v", "chmod 644 'a' *", "tar c `ls` *"])
def test_leaves_patterns_that_cannot_be_told(command: str) -> None:
    check_left_alone(
        "argv-without-shell", {"B609"}, f'{HEAD}os.system("{command}")\n', "can be read as an option"
    )


RUN = {
    "pipe": "printf '%s|' {} | cat",
    "list": "test -n {} && printf '<%s>' {} || echo empty",
    "double": 'printf %s "a $HOME {}b" 2>&1 | cat',
    "single": "printf '%s|' 'x'{}'y z' > out; cat out",
    "quotes": "printf '%s|' '$HOME {} `' \"{}1\"; exit 3",
    "pattern": "printf '%s|' *.txt {}/*; false",
    "input": "cat < one.txt; printf %s {} | sed s/a/b/",
    "substitution": "printf '%s|' $(cat one.txt) {} `cat one.txt`",
    "home": "printf '%s|' ~/{}; cd .; exit 300",
    "missing": "missing-program {} | cat; missing-program 2>/dev/null",
}
# A word that a shell keeps as it is, and one that it would read.
PLAIN = st.text(st.sampled_from("abz019.,:/@%+=-_"), min_size=1, max_size=8)
ANY = st.text(st.sampled_from("a b'\"\\$(`;|&<>*?[~#!\n-/") | st.characters(codec="ascii"), max_size=12)
ANY = ANY.filter(lambda text: "\0" not in text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scripts")
    for name in ("one.txt", "two.txt"):
        (made / name).write_text(f"{name}\n")
    return made


def listed(command: str, value: str) -> list[str]:
    """The argument list that the operator writes for a command, worked out with a value."""
    text = f"{command!r}.format({', '.join(['value'] * command.count('{}'))})"
    code = f"import subprocess\n\n\ndef f(value):\n    return subprocess.run({text}, shell=True)\n".encode()
    result = apply_edits(code, plan(code, "argv-without-shell", RULES))
    assert result.candidate is not None, result.declined
    given: list[list[str]] = []
    program: dict[str, object] = {}
    exec(result.candidate.replace(b"import subprocess\n", b""), program)
    program["subprocess"] = type("Fake", (), {"run": lambda words: given.append(words)})
    program["f"](value)  # type: ignore[operator]
    return given[0]


def outcome(command: str | list[str], folder: Path, *, shell: bool = False) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command,
        shell=shell,
        capture_output=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell is compared with")
@pytest.mark.parametrize("name", RUN)
@settings(max_examples=15, deadline=None)
@given(value=PLAIN)
def test_a_script_does_what_the_command_did(name: str, value: str, folder: Path) -> None:
    text = RUN[name].replace("{}", value)

    assert outcome(listed(RUN[name], value), folder) == outcome(text, folder, shell=True)


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell is compared with")
@settings(max_examples=60, deadline=None)
@given(value=ANY)
def test_a_value_is_one_word_whatever_it_says(value: str, folder: Path) -> None:
    for text, said in (
        ("printf '%s|' {} end | cat", f"{value}|end|"),
        ("printf '%s|' 'a{}b' \"c{}d\" | cat", f"a{value}b|c{value}d|"),
    ):
        assert outcome(listed(text, value), folder) == (0, said.encode(), b"")
