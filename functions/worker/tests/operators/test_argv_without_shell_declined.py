import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at

HEAD = "import os\nimport subprocess\n\n\ndef f(self, host, n, **kw):\n"


def declined(body: str, place: str) -> list[str]:
    code = f"{HEAD}    {body}\n"
    result = apply_edits(code.encode(), [edit_at(code, place, "argv-without-shell")])
    assert result.candidate is None
    return [each.reason for each in result.declined]


SHELL_NEEDED = {
    "code that is evaluated": ("true && eval ", "a program for a shell: `eval`"),
    "a file of commands": (". ", "a part of the shell"),
    "a loop": ("for i in a; do echo $i; done; ls ", "a program for a shell: `for`"),
    "a program of the shell's own": ("f() { ls; }; f ", "a function"),
    "a Windows command": ("dir ", "`dir` is a part of the Windows shell"),
    "code for a shell": ("sh -c ", "reads it as a shell does"),
    "code for a shell behind a pipe": ("ls | sh -c ", "reads it as a shell does"),
    "code for a shell by another program": ("ls | xargs sh -c ", "reads it as a shell does"),
    "code for a shell that the user chose": ("ls | $SHELL -c ", "reads it as a shell does"),
    "code for an interpreter": ("python3 -c ", "a value is put into code"),
    "code for an interpreter behind a list": ("cd a && python3 -c ", "a value is put into code"),
    "another machine": ("ssh a ", "hands its words to another shell"),
    "another machine behind a pipe": ("tar c . | ssh a ", "hands its words to another shell"),
    "half a quote": ("ls 'a ", "quotes of the command do not match"),
    "a program in a shared folder": ("/tmp/run > out ", "begins with a shared folder"),
    "a comment": ("ls # ", "a comment"),
    "text in place": ("cat << ", "text in place"),
    "a value in a substitution": ("kill $(pidof ", "a substitution"),
    "a value in back quotes": ("kill `pidof ", "a substitution"),
    "a variable that a value names": ("echo ${", "a variable"),
    "a variable whose name goes on": ("ls | grep $A", "a variable whose name"),
    "an escaped value": ("ls | grep \\", "a backslash"),
    "a home folder": ("ls | grep ~", "home folder"),
    "a program behind a pipe": ("ls | ", "which program is run is a value"),
    "a program behind a variable": ("X=1 ", "sets a variable"),
    "a program behind another": ("cd a; sudo -n ", "which program is run is a value"),
}


@pytest.mark.parametrize("name", SHELL_NEEDED)
def test_leaves_what_needs_a_shell(name: str) -> None:
    text, reason = SHELL_NEEDED[name]

    assert [
        reason.lower() in each.lower() for each in declined(f"os.system({text!r} + host)", "os.system")
    ] == [True]


LEFT_ALONE = {
    "the whole command": ("os.system(host)", "A person must decide which commands are allowed"),
    "a command from the caller": ("c = input()\n    os.system(c)", "A person must decide which commands"),
    "a program that is a value": ("os.system(host + ' -l')", "Which program is run is a value"),
    "a value for a shell": ("o = '| sort'\n    os.system('ls ' + o)", "in some cases"),
    "a value for a shell behind a pipe": ("o = '> a'\n    os.system('ls | sort ' + o)", "in some cases"),
    "code that is piped": ("os.system(f'echo {n} | sh')", "where a value stays dangerous"),
    "code that is printed": ("os.system(f'printf {n} | sort | python3 -')", "where a value stays dangerous"),
    "a joined list beside a value": ("os.system(f\"ls {' '.join(n)} > {host}\")", "beside other values"),
    "commands that are joined": ("os.system('; '.join(n))", "joined from a list in a way"),
    "commands that are joined in a command": ("os.system('ls ' + '; '.join(n))", "joined from a list"),
    "a list and a shell": ("subprocess.call(['ls', host], shell=True)", "reads only its first element"),
    "a chosen shell": ("subprocess.call('ls ' + host, shell=n)", "Whether a shell is asked for is a value"),
    "no shell": ("subprocess.call('ls', shell=False)", "The call asks for no shell"),
    "a named shell": ("subprocess.call('ls', shell=True, executable=n)", "`executable`"),
    "unpacked settings": ("subprocess.call('ls', shell=True, **kw)", "* or **"),
    "settings by position": ("subprocess.call('ls', -1, shell=True)", "by position"),
    "status and output": (
        "x = [subprocess.getstatusoutput('ls ' + each) for each in n]",
        "status and output at once",
    ),
    "a stream that is written to": ("x = os.popen('ls ' + host, 'w')", "more than the command"),
    "a program as the shell": (
        "subprocess.call('ls ' + host, shell=True, executable='/bin/python3')",
        "`executable`",
    ),
    "a stream that is handed on": ("print(os.popen('ls ' + host))", "more with what os.popen gives"),
    "a status of the stream": (
        "x = os.popen('ls')\n    x.read()\n    return x.close()",
        "more with what os.popen",
    ),
    "a comment": ("os.system('ls '  # why\n        + host)", "comment"),
    "a half word in a step": ("c = 'ls a'\n    if n:\n        c += host\n    os.system(c)", "adds to a word"),
    "a branch in one line": (
        "c = 'ls ' + host\n    print(c)\n    if n: c = 'rm ' + n\n    os.system(c)",
        "`c` is the whole command",
    ),
    "a value that changes": (
        "c = 'ls ' + host\n    host = 'b'\n    print(c)\n    os.system(c)",
        "its parts may change",
    ),
    "a fixed command": ("os.system('ls | sort')", "a shell reads nothing from outside"),
    "a step in some cases": (
        "c = 'ls ' + host\n    if n: c += ' | sort'\n    os.system(c)",
        "`c` is the whole command",
    ),
    "a step in a loop": (
        "c = 'ls ' + host\n    for c in n: c += ' | sort'\n    os.system(c)",
        "`c` is the whole command",
    ),
    "a step around the rest": (
        "c = 'ls ' + host\n    c = 'id | ' + c + ' | sort'\n    os.system(c)",
        "`c` is the whole command",
    ),
    "a step that says the rest twice": (
        "c = 'ls ' + host\n    c = c + ' | ' + c\n    os.system(c)",
        "`c` is the whole command",
    ),
    "a step whose value changes": (
        "c = 'ls ' + host\n    host = n\n    c += ' | sort'\n    os.system(c)",
        "its parts may change",
    ),
    "two commands by system": ("os.system('cls' if n else 'clear')", "A person must decide which commands"),
    "a mapping": ("os.system('ls %(a)s' % kw)", "in a way that is not read"),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_what_cannot_be_told(name: str) -> None:
    body, reason = LEFT_ALONE[name]
    place = next(each for each in ("os.system", "os.popen", "subprocess.get", "subprocess.") if each in body)

    assert [reason in each for each in declined(body, place)] == [True]


@pytest.mark.parametrize(
    "code", ["import my.os as os\nos.system('ls')", "class os: system = print\nos.system('ls')"]
)
def test_leaves_other_modules(code: str) -> None:
    result = apply_edits(code.encode(), [edit_at(code, "os.system", "argv-without-shell")])

    assert result.candidate is None
    assert "its module is not certain" in result.declined[0].reason
