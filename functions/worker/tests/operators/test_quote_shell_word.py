import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_rewritten
from tests.operators.planning import edit_at, proposals

NAME = "quote-shell-word"
# The program, and what becomes of its weak part.
REWRITTEN = {
    "returned": ("def show_command(x):\n    return f'cat {x}'", "{x}", "{shlex.quote(str(x))}"),
    "known to be a text": ("def cmd(x: str):\n    return f'cat {x}'", "{x}", "{shlex.quote(x)}"),
    "an option": ("def f(x):\n    return 'ls -l %s' % x", "% x", "% shlex.quote(str(x))"),
    "an unmistakable program": ("def f(x):\n    return f'echo Hello, {x}!'", "{x}", "{shlex.quote(str(x))}"),
    "a constant template": (
        "LIST_CMD = 'ls {folder}'\ndef f(x):\n    return LIST_CMD.format(folder=x)",
        "=x)",
        "=shlex.quote(str(x)))",
    ),
    "a template for %": (
        "show_cmd = 'head -n %d %s'\ndef f(n, x):\n    return show_cmd % (n, x)",
        "% (n, x)",
        "% (n, shlex.quote(str(x)))",
    ),
    "a sum": ("def f(x):\n    cmd = 'cat ' + x + ' | wc'\n    return cmd", "+ x +", "+ shlex.quote(x) +"),
    "an annotated name": (
        "def f(x: str):\n    command: str = f'cat {x}!'\n    return command",
        "{x}",
        "{shlex.quote(x)}",
    ),
    "steps": ("def f(c, x):\n    cmd = 'rm'\n    cmd += ' ' + x\n    c.sudo(cmd)", "+ x", "+ shlex.quote(x)"),
    "branches": (
        "def f(x, y):\n    if y:\n        cmd = 'ls'\n    else:\n        cmd = f'cd {x}; ls'\n    return cmd",
        "{x}",
        "{shlex.quote(str(x))}",
    ),
    "a method that runs it": ("self.run_command('cat ' + x)", "+ x", "+ shlex.quote(x)"),
    "an attribute": ("self.cmd = f'cat {x.y[0]}'", "{x.y[0]}", "{shlex.quote(str(x.y[0]))}"),
    "asyncio": (
        "from asyncio import create_subprocess_shell as r\nasync def f(x):\n    await r(f'cat {x} | {PGM}')",
        "{x}",
        "{shlex.quote(str(x))}",
    ),
    "another machine": (
        "import paramiko\nclient.exec_command(\n    'cat '\n    + (x or y)  # why\n)",
        "(x or y)",
        "shlex.quote(x or y)",
    ),
    "code of a shell": ("run(['/bin/sh', '-c', f'cd {x}; make', y])", "{x}", "{shlex.quote(str(x))}"),
    "words to come": ("z = shlex.split(f'cat {x}')", "{x}", "{shlex.quote(str(x))}"),
    "a list of words": (
        "import subprocess\ndef f(tool, args):\n    subprocess.run(f\"{tool} {' '.join(args)}\", shell=True)",
        "' '.join(args)",
        "shlex.join(args)",
    ),
    "a comprehension": (
        "def run_cmd(names):\n    return 'cat ' + ' '.join(f'-f {each}' for each in names)",
        "{each}",
        "{shlex.quote(str(each))}",
    ),
    "a substitution": ("def f_cmd(x):\n    return f'kill $(cat {x}) \"$A\"'", "{x}", "{shlex.quote(str(x))}"),
    "a file to write to": ("def f_cmd(x):\n    return f'date 2>&1 >{x} # a'", "{x}", "{shlex.quote(str(x))}"),
    "a part of a word": ("def f_cmd(x):\n    return f'cat \"a b\"/{x}.c'", "{x}", "{shlex.quote(str(x))}"),
    "beside what is fixed": (
        "def f_cmd(x, n):\n    for tool in ('a', 'b'):\n        q = '-v' if n else '-q'\n"
        "        run(f'cat {ROOT} {q} {tool} {len(n)} {n:.2f} {shlex.quote(n)} {x}')",
        "{x}",
        "{shlex.quote(str(x))}",
    ),
}
LEFT_ALONE = {
    "a sentence": ("return f'Hello, {x}'", "No text that is put together for a shell"),
    "an unknown program": ("cmd = f'/start {x}'\n    return cmd", "No text that is put together for a shell"),
    "a sentence of a program's name": (
        "return f'cat {x} is here'",
        "No text that is put together for a shell",
    ),
    "a text that is shown": ("print(f'rm -rf {x}')", "No text that is put together for a shell"),
    "a query": ("db.execute(f'SELECT {x}')", "No text that is put together for a shell"),
    "a list of words": ("subprocess.run(['cat', f'{x}'])", "No text that is put together for a shell"),
    "what needs no shell": ("subprocess.run(f'cat {x}', shell=True)", "argv-without-shell makes it a list"),
    "fixed values": (
        "y = 'a' if x else 'b'\n    self.cmd = f'cat {y} {HOME}'",
        "Nothing that comes from outside",
    ),
    "quoted already": (
        "y = shlex.quote(x)\n    self.cmd = f'cat {shlex.join(x)} {y}'",
        "Nothing that comes from outside",
    ),
    "quoted before": ("x = shlex.quote(x)\n    self.cmd = f'cat {x}'", "Nothing that comes from outside"),
    "quoted in a loop": (
        "for y in map(shlex.quote, x):\n        self.cmd = f'cat {y}'",
        "Nothing that comes from outside",
    ),
    "quoted by its name": ("self.cmd = f'cat {quoted_path}'", "Nothing that comes from outside"),
    "quotes around": ("self.cmd = f\"cat '{x}'\"", "A value stands in quotes of the command"),
    "quotes around what is quoted": ("self.cmd = f\"cat '{shlex.quote(x)}'\"", "stands in quotes besides"),
    "a program": ("run(f'sudo {x} -l')", "Which program is run is a value"),
    "options": ("run(f'ls {extra_opts} {x}')", "`extra_opts` may be several words"),
    "options by a key": ("run('ls ' + x['flags'])", "`flags` may be several words"),
    "options by a call": ("run(f'ls {self.get_options()}')", "`get_options` may be several words"),
    "no option in some cases": ("o = '-l' if x else ''\n    o = o or x\n    run(f'ls {o}')", "in some cases"),
    "a default that is empty": ("def g(y=''):\n        run(f'ls {y}')", "in some cases"),
    "a function's two words": ("def g():\n        return '-l -a'\n    run(f'ls {g()}')", "in some cases"),
    "a form of its own": ("self.cmd = f'cat {x!r}'", "in a form of its own"),
    "a filled width": ("self.cmd = f'cat {x:>9}'", "in a form of its own"),
    "joined commands": ("run('ls ' + ' '.join(commands))", "may be more than words"),
    "a joined list of the program": (
        "w = ['a', '|']\n    run('ls ' + ' '.join(w))",
        "it cannot be told that",
    ),
    "another machine's shell": ("run(f'ssh host {x}')", "hands its words to another shell"),
    "code for a shell": ("run(f'sh -c {x}')", "reads it as a shell does"),
    "code for an interpreter": ("run(f'python3 -c {x}')", "A value is put into code"),
    "a pattern program": ("run(f'sed s/a/{x}/ y')", "A value is put into a program for `sed`"),
    "several words": ("run(f'rm {packages}')", "`packages` may be several words"),
    "Windows": ("if os.name != 'nt':\n        run(f'cat {x}')", "runs on Windows too"),
    "no shell in asyncio": ("asyncio.create_subprocess_exec(f'cat {x}')", "No text that is put together"),
    "taken apart": (
        "cmd = f'cat {x}'\n    subprocess.run(cmd.split())\n    return cmd",
        "taken apart at its spaces",
    ),
    "taken apart where it is run": (
        "def run_it(c):\n        return subprocess.run(c.split(' '))\n    run_it(f'cat {x}')",
        "taken apart at its spaces",
    ),
    "back quotes": ("sh(f'cat `which {x}`')", "No text that is put together for a shell"),
    "a comment": ("await_(['sh', '-c', f'ls # {x}'])", "stands in a comment"),
    "text in place": ("await_(['sh', '-c', f'cat <<E\\n{x}'])", "not read here"),
    "a home folder": ("await_(['sh', '-c', f'ls ~{x}'])", "Whose home folder"),
    "a variable that goes on": ("await_(['sh', '-c', f'ls $A{x}'])", "behind a variable"),
    "a variable that a value names": ("await_(['sh', '-c', f'ls ${{{x}}}'])", "behind a variable"),
    "an escaped value": ("await_(['sh', '-c', 'ls \\\\' + x])", "behind a backslash"),
    "a pattern": ("await_(['sh', '-c', f'case a in a) ls {x};; esac'])", "parentheses"),
    "a mapping": ("run('cat %(x)s' % {'x': x}, 'cat %(x)s')", "No text that is put together for a shell"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_quotes_what_is_put_into_a_command(name: str) -> None:
    code, weak, strong = REWRITTEN[name]
    before = f"import shlex\n{code}\n"
    place = before.rindex(weak)

    after = before[:place] + strong + before[place + len(weak) :]

    check_rewritten(NAME, (), before, after)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    text, reason = LEFT_ALONE[name]
    code = f"import shlex, subprocess\ndef f(self, x, db, quoted_path, extra_opts, commands):\n    {text}\n"

    result = apply_edits(code.encode(), [edit_at(code, text.splitlines()[-1].strip(), NAME)])

    assert result.candidate is None, result.candidate.decode()
    assert [each.reason for each in result.declined if reason not in each.reason] == []
    assert proposals(code.encode(), NAME) == []


@pytest.mark.parametrize(
    "span", ["{x}", "f'cat {x} y'", "return f'cat {x} y'", "def f_cmd(x):\n    return f'cat {x} y'"]
)
def test_finds_what_is_meant_by_any_span(span: str) -> None:
    code = "import shlex\ndef f_cmd(x):\n    return f'cat {x} y'\n"

    result = apply_edits(code.encode(), [edit_at(code, span, NAME)])

    assert result.candidate == code.replace("{x}", "{shlex.quote(str(x))}").encode()


def test_declines_where_more_than_one_text_may_be_meant() -> None:
    code = "def f_cmd(x, y):\n    if y:\n        return f'cat {x}'\n    return f'cat {y}'\n"

    assert apply_edits(code.encode(), [edit_at(code, code[:-1], NAME)]).candidate is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "def f_cmd(x: str):\n    return 'cat ' + x\n",
            "import shlex\n\ndef f_cmd(x: str):\n    return 'cat ' + shlex.quote(x)\n",
        ),
        (
            "from shlex import quote as q\ndef f_cmd(x):\n    return 'cat ' + x\n",
            "from shlex import quote as q\ndef f_cmd(x):\n    return 'cat ' + q(x)\n",
        ),
        (
            "def f_cmd(x, shlex):\n    return 'cat ' + x\n",
            "import shlex as _shlex\n\ndef f_cmd(x, shlex):\n    return 'cat ' + _shlex.quote(x)\n",
        ),
    ],
)
def test_imports_what_it_needs(before: str, after: str) -> None:
    check_rewritten(NAME, (), before, after)


def test_leaves_a_value_alone_where_str_is_something_else() -> None:
    code = "def f_cmd(x, str):\n    return f'cat {x}'\n"

    (declined,) = apply_edits(code.encode(), [edit_at(code, "f'cat {x}'", NAME)]).declined

    assert "`str` stands for something else" in declined.reason
