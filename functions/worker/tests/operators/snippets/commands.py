"""What the operators for commands are sure to rewrite."""

from tests.operators.snippets.form import Snippets

COMMANDS: dict[str, Snippets] = {
    "argv-without-shell": Snippets(
        rules=("B602", "B605", "B609"),
        head="import os, subprocess\n",
        positive=(
            "subprocess.call('ls -l /srv', shell=True)",
            "d = subprocess.check_output('git log ' + a, shell=True)",
            "subprocess.run(\n    f'touch /srv/{a}/seen',\n    shell=True,\n    check=True,\n)",
            "os.system('tool check ' + a)",
            "os.system(f\"tool check '{b}' --all\")  # why",
            "if a: os.system('sync')",
            "d = os.popen(f\"cat '{a}'\").read()",
            "if os.system('test -f %s' % a) != 0: print(b)",
            "from os import system as s\nd = s('make -C {}'.format(a))",
            "for d in os.popen('ls ' + a): print(d)",
            "d = subprocess.getstatusoutput(f'cat {a} | sort > x')",
            "os.system('cd ' + a + ' && chown root *')  # why",
        ),
        brings=("B404", "B603", "B607"),
    ),
    "quote-shell-word": Snippets(
        rules=(),
        head="import asyncio, shlex\n",
        positive=(
            "d = asyncio.create_subprocess_shell(f'ping -c 1 {a} | sort')  # why",
            "cmd = 'tar -xf %s' % a\nrun_cmd(cmd)",
            "c.sudo(\n    'ls -l {}'.format(b),  # kept\n    hide=True,\n)",
            "a.command = 'cat ' + b + ' | sort'",
            "d = ['sh', '-c', f'cd {a} && make']",
            "d = b(shlex.split(f'cat {a}/x'))",
        ),
    ),
}
