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
    "a pipe": ("ls | sort ", "a pipe"),
    "a list of commands": ("true; ls ", "`;`"),
    "two commands": ("true && ls ", "`&`"),
    "a file for the output": ("ls > out ", "redirection to a file"),
    "a file for the input": ("sort < in ", "a redirection"),
    "a pattern": ("ls *.py ", "a pattern"),
    "a variable": ("ls $HOME ", "a variable"),
    "a variable in quotes": ('ls "$HOME" ', "a variable"),
    "a substitution": ("ls `pwd` ", "a substitution"),
    "the home folder": ("ls ~/a ", "`~`"),
    "several commands": ("ls\nid ", "several lines"),
    "a variable that is set": ("LANG=C ls ", "sets a variable"),
    "a builtin": ("cd ", "`cd` is a part of the shell"),
    "a Windows command": ("dir ", "`dir` is a part of the Windows shell"),
    "code for a shell": ("sh -c ", "reads it as a shell does"),
    "code for an interpreter": ("python3 -c ", "a value is put into code"),
    "another machine": ("ssh a ", "hands its words to another shell"),
    "options of echo": ("echo -e ", "`echo`"),
    "half a quote": ("ls 'a ", "quotes of the command do not match"),
    "a shared folder": ("ls /tmp/", "that analyzers report"),
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
    "several words": ("os.system(f'ls {self.options}')", "may hold several words"),
    "a value that may be empty": ("os.system(f\"ls {'-l' if n else ''} a\")", "in some cases"),
    "an option under a name": ("o = '-l -a'\n    os.system('ls ' + o)", "in some cases"),
    "a list and a shell": ("subprocess.call(['ls', host], shell=True)", "reads only its first element"),
    "a chosen shell": ("subprocess.call('ls ' + host, shell=n)", "Whether a shell is asked for is a value"),
    "no shell": ("subprocess.call('ls', shell=False)", "Whether a shell is asked for is a value"),
    "a named shell": ("subprocess.call('ls', shell=True, executable='/bin/zsh')", "`executable`"),
    "unpacked settings": ("subprocess.call('ls', shell=True, **kw)", "* or **"),
    "settings by position": ("subprocess.call('ls', -1, shell=True)", "by position"),
    "status and output": ("x = subprocess.getstatusoutput('ls ' + host)", "status and output at once"),
    "a stream that is handed on": ("print(os.popen('ls ' + host))", "more with what os.popen gives"),
    "a status of the stream": (
        "x = os.popen('ls')\n    x.read()\n    return x.close()",
        "more with what os.popen",
    ),
    "output elsewhere": ("x = os.popen('ls > /dev/null').read()", "is redirected"),
    "a comment": ("os.system('ls '  # why\n        + host)", "comment"),
    "a half word in a step": ("c = 'ls a'\n    c += host\n    os.system(c)", "adds to a word"),
    "a value that changes": (
        "c = 'ls ' + host\n    host = 'b'\n    print(c)\n    os.system(c)",
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
