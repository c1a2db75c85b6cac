import textwrap

import pytest

from sgcode_worker.gates.verify import verify_candidate
from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, findings, plan

RULES = ("B602", "B605")
HEAD = "import os\nimport shlex\nimport subprocess\nimport sys\n\n\ndef f(self, host, files, n, **kw):\n"
FLASK = "from flask import request\n"

REWRITTEN = {
    "concatenation": ("os.system('ping ' + host)", "subprocess.run(['ping', host])"),
    "percent": ('os.system("ping %s" % host)', 'subprocess.run(["ping", str(host)])'),
    "percent with a number": (
        "os.system('head -n %d %s' % (n, host))",
        "subprocess.run(['head', '-n', '%d' % (n,), str(host)])",
    ),
    "format": ("os.system('cp {} {}'.format(n, host))", "subprocess.run(['cp', str(n), str(host)])"),
    "format by name": ("os.system('ls {x}'.format(x=host))", "subprocess.run(['ls', str(host)])"),
    "f-string": ("os.system(f'ls {host}')", "subprocess.run(['ls', str(host)])"),
    "a part of a word": ("os.system(f'ls --x={host}')", "subprocess.run(['ls', f'--x={host}'])"),
    "a part between": ("os.system('ls a' + host + 'b')", "subprocess.run(['ls', 'a' + host + 'b'])"),
    "a format of its own": ("os.system(f'ls {n:03d}')", "subprocess.run(['ls', f'{n:03d}'])"),
    "quotes": ("os.system('ls \"%s\"' % host)", "subprocess.run(['ls', str(host)])"),
    "words in quotes": (
        "os.system('git tag -m \"a b\" ' + n)",
        "subprocess.run(['git', 'tag', '-m', 'a b', n])",
    ),
    "quoted by the program": ("os.system('ls ' + shlex.quote(host))", "subprocess.run(['ls', host])"),
    "joined words": ("os.system('git add ' + ' '.join(files))", "subprocess.run(['git', 'add', *files])"),
    "this Python": ("os.system(sys.executable + ' a.py')", "subprocess.run([sys.executable, 'a.py'])"),
    "several lines": ("os.system('ls '\n              + host)", "subprocess.run(['ls', host])"),
    "status told from zero": (
        "if os.system('ls ' + host) != 0: pass",
        "if subprocess.call(['ls', host]) != 0: pass",
    ),
    "status in a condition": (
        "x = 1 if not os.system('ls') else 2",
        "x = 1 if not subprocess.call(['ls']) else 2",
    ),
    "status under a name": (
        "x = os.system('ls ' + host)\n    if x == 0: return 1",
        "x = subprocess.call(['ls', host])\n    if x == 0: return 1",
    ),
    "status that is returned": (
        "return os.system('ls ' + host)",
        "return subprocess.call(['ls', host]) << 8",
    ),
    "status taken apart": ("x = os.system('ls') >> 8", "x = (subprocess.call(['ls']) << 8) >> 8"),
    "output": (
        "x = os.popen('ls ' + host).read().strip()",
        "x = subprocess.run(['ls', host], stdout=subprocess.PIPE, text=True).stdout.strip()",
    ),
    "lines": (
        "for x in os.popen('ls'): print(x)",
        "for x in subprocess.Popen(['ls'], stdout=subprocess.PIPE, text=True).stdout: print(x)",
    ),
    "a stream under a name": (
        "p = os.popen('ls')\n    x = p.read()\n    p.close()",
        "p = subprocess.Popen(['ls'], stdout=subprocess.PIPE, text=True).stdout\n    x = p.read()\n"
        "    p.close()",
    ),
    "getoutput": (
        "x = subprocess.getoutput('ls ' + host)",
        "x = subprocess.run(['ls', host], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, "
        'text=True).stdout.removesuffix("\\n")',
    ),
    "status and output": (
        "x, y = subprocess.getstatusoutput('ls ' + host)",
        "x, y = ((done := subprocess.run(['ls', host], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, "
        'text=True)).returncode, done.stdout.removesuffix("\\n"))',
    ),
    "status and output beside a name": (
        "done = subprocess.getstatusoutput('ls ' + host)",
        "done = ((done2 := subprocess.run(['ls', host], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, "
        'text=True)).returncode, done2.stdout.removesuffix("\\n"))',
    ),
    "a stream for reading": (
        "x = os.popen('ls ' + host, 'r').readlines()",
        "x = subprocess.Popen(['ls', host], stdout=subprocess.PIPE, text=True).stdout.readlines()",
    ),
    "two streams under a name": (
        "p = os.popen('ls')\n    x = p.read()\n    p = os.popen('ls ' + host)\n    y = p.read()",
        "p = subprocess.Popen(['ls'], stdout=subprocess.PIPE, text=True).stdout\n    x = p.read()\n"
        "    p = subprocess.Popen(['ls', host], stdout=subprocess.PIPE, text=True).stdout\n    y = p.read()",
    ),
    "a chosen shell": (
        "subprocess.call('ls ' + host, shell=True, executable='/bin/bash')",
        "subprocess.call(['ls', host])",
    ),
    "a text that asks for a shell": (
        "subprocess.call('ls ' + host, shell='False')",
        "subprocess.call(['ls', host])",
    ),
    "subprocess": (
        "subprocess.check_output('ls ' + host, shell=True, cwd=n)",
        "subprocess.check_output(['ls', host], cwd=n)",
    ),
    "shell first": ("subprocess.call(shell=1, args='ls ' + host)", "subprocess.call(args=['ls', host])"),
    "a list of one command": ("subprocess.call(['ls ' + host], shell=True)", "subprocess.call(['ls', host])"),
    "silenced": (
        "os.system('ls ' + host + ' >/dev/null 2>&1')",
        "subprocess.run(['ls', host], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)",
    ),
    "errors in the output": (
        "x = subprocess.Popen('ls 2>&1', shell=True, stdout=subprocess.PIPE)",
        "x = subprocess.Popen(['ls'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)",
    ),
    "a name for the command": (
        "c = 'ls ' + host\n    os.system(c)",
        "c = ['ls', host]\n    subprocess.run(c)",
    ),
    "a name that is printed too": (
        "c = 'ls ' + host\n    print(c)\n    os.system(c)",
        "c = 'ls ' + host\n    print(c)\n    subprocess.run(['ls', host])",
    ),
    "steps": (
        "c = 'ls'\n    if n:\n        c += ' -l'\n    c += ' ' + host\n    os.system(c)",
        "c = ['ls']\n    if n:\n        c += ['-l']\n    c += [host]\n    subprocess.run(c)",
    ),
    "two beginnings": (
        "if n: c = 'ls ' + host\n    else: c = 'id ' + host\n    os.system(c)",
        "if n: c = ['ls', host]\n    else: c = ['id', host]\n    subprocess.run(c)",
    ),
    "steps that name themselves": (
        "c = 'ls'\n    if n: c = c + ' -l ' + n\n    c = c + ' %s' % host\n    os.system(c)",
        "c = ['ls']\n    if n: c = c + ['-l', n]\n    c = c + [str(host)]\n    subprocess.run(c)",
    ),
    "a name for two commands": (
        "c = 'ls ' + host\n    print(c)\n    os.system(c)\n    c = 'id ' + n\n    os.system(c)",
        "c = 'ls ' + host\n    print(c)\n    subprocess.run(['ls', host])\n    c = 'id ' + n\n"
        "    subprocess.run(['id', n])",
    ),
    "a half word in a step": (
        "c = 'ls a'\n    c += host\n    os.system(c)",
        'c = \'ls a\'\n    c += host\n    subprocess.run(["ls", f"a{host}"])',
    ),
    "options under a name": (
        "o = '-l -x %s' % n\n    print(o)\n    os.system('ls ' + o + ' ' + host)",
        "o = '-l -x %s' % n\n    print(o)\n    subprocess.run(['ls', '-l', '-x', str(n), host])",
    ),
    "texts joined in quotes": (
        "os.system('say \"%s\"' % '\\n'.join(files))",
        "subprocess.run(['say', '\\n'.join(files)])",
    ),
    "texts joined to one word": (
        "os.system('ls -I ' + ','.join(files))",
        "subprocess.run(['ls', '-I', ','.join(files)])",
    ),
    "another import": (
        "from os import system as s\n    s('ls ' + host)",
        "from os import system as s\n    subprocess.run(['ls', host])",
    ),
    "in a lambda": (
        "return lambda x: os.popen('id ' + x).read()",
        "return lambda x: subprocess.run(['id', x], stdout=subprocess.PIPE, text=True).stdout",
    ),
}


def rewritten(code: str) -> Applied:
    data = code.encode()
    return apply_edits(data, plan(data, "argv-without-shell", RULES))


def inside(body: str) -> str:
    return f"{HEAD}    {body}\n"


@pytest.mark.parametrize("name", REWRITTEN)
def test_runs_a_list_of_words(name: str) -> None:
    before, after = map(inside, REWRITTEN[name])
    data = before.encode()
    place = "subprocess.call(shell=1, args='ls ' + host)"
    edits = plan(data, "argv-without-shell", RULES) or [edit_at(before, place, "argv-without-shell")]

    result = apply_edits(data, edits)

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule in RULES]
    gates = verify_candidate(data, after.encode(), result.document()["applied"])
    assert [gate for gate in gates.values() if gate["light"] != "pass"] == []


GIVEN = textwrap.dedent("""\
    import subprocess


    def run(cmd):
        return subprocess.check_output(cmd, shell=True)


    def go(a):
        return run({})
    """)


def test_splits_a_command_that_only_this_file_gives() -> None:
    result = rewritten(GIVEN.format("'ls -l ' + a"))

    assert b"subprocess.check_output(shlex.split(cmd))" in (result.candidate or b"")
    assert "pipes, redirections" in result.applied[0][1].summary


@pytest.mark.parametrize("given", ["a", "'ls | sort'", "*a", "a=run"])
def test_leaves_a_command_that_may_need_a_shell(given: str) -> None:
    assert rewritten(GIVEN.format(given)).candidate is None


def test_a_request_parameter_is_a_text() -> None:
    code = f"{FLASK}{HEAD}    a = request.args.get('a', '')\n    os.system(f'ls {{a}}')\n"

    assert b"subprocess.run(['ls', a])" in (rewritten(code).candidate or b"")


def test_declares_the_exception_where_it_is_raised() -> None:
    _, rewrite = rewritten(inside("os.system('ls ' + host)")).applied[0]

    assert [(each.kind, each.name, each.definition) for each in rewrite.declared] == [
        ("exception", "FileNotFoundError", "f")
    ]
