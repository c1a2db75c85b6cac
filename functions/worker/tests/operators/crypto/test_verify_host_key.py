"""Unknown hosts are refused, with those that the system knows loaded."""

import pytest

from tests.operators.crypto.rewriting import check_left, check_rewritten, declared

OPERATOR, RULES = "verify-host-key", ("B507",)
HEAD = "import paramiko\n"
SET = "c.set_missing_host_key_policy"

REWRITTEN = {
    "added": (
        f"c = paramiko.SSHClient()\n{SET}(paramiko.AutoAddPolicy())",
        f"c = paramiko.SSHClient()\nc.load_system_host_keys()\n{SET}(paramiko.RejectPolicy())",
    ),
    "warned of, as a class": (
        f"{SET}(paramiko.WarningPolicy)",
        f"c.load_system_host_keys()\n{SET}(paramiko.RejectPolicy)",
    ),
    "hosts loaded already": (
        f"c.load_host_keys(path)\n{SET}(paramiko.AutoAddPolicy())",
        f"c.load_host_keys(path)\n{SET}(paramiko.RejectPolicy())",
    ),
    "in a method, with a comment": (
        f"class A:\n    def f(self):\n        # trust\n        self.{SET}(paramiko.AutoAddPolicy())  # why\n"
        "        self.c.connect(h)",
        "class A:\n    def f(self):\n        # trust\n        self.c.load_system_host_keys()\n"
        f"        self.{SET}(paramiko.RejectPolicy())  # why\n        self.c.connect(h)",
    ),
    "by another name of the module": (
        "import paramiko as p\ndef f(c):\n    c.set_missing_host_key_policy(p.AutoAddPolicy())",
        "import paramiko as p\ndef f(c):\n    c.load_system_host_keys()\n"
        "    c.set_missing_host_key_policy(p.RejectPolicy())",
    ),
    "of the inner module": (
        f"from paramiko import client\n{SET}(\n    client.AutoAddPolicy()\n)",
        f"from paramiko import client\nc.load_system_host_keys()\n{SET}(\n    client.RejectPolicy()\n)",
    ),
}
LEFT_ALONE = {
    "a policy of its own": (
        f"class AutoAddPolicy:\n    pass\n{SET}(AutoAddPolicy())",
        "not certainly one of paramiko's own",
    ),
    "a policy of another module": (f"import mine\n{SET}(mine.AutoAddPolicy())", "not certainly one"),
    "a client without a name": (
        "clients[0].set_missing_host_key_policy(paramiko.AutoAddPolicy())",
        "on a client that has a name",
    ),
    "inside another statement": (f"x = {SET}(paramiko.AutoAddPolicy())", "a statement of its own"),
    "beside another statement": (f"a(); {SET}(paramiko.AutoAddPolicy())", "a statement of its own"),
    "keys collected": (
        f"def f(c):\n    {SET}(paramiko.AutoAddPolicy())\n    c.connect(h)\n    c.save_host_keys(path)",
        "collects host keys itself",
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_refuses_unknown_hosts(name: str) -> None:
    before, after = (f"{HEAD}{code}\n" for code in REWRITTEN[name])

    check_rewritten(before, after, OPERATOR, RULES)


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    check_left(f"{HEAD}{code}\n", reason, OPERATOR, RULES)


def test_declares_the_refusal_and_the_import() -> None:
    before = f"from paramiko import AutoAddPolicy\n{SET}(AutoAddPolicy())\n"
    after = (
        "from paramiko import AutoAddPolicy\nfrom paramiko import RejectPolicy\n"
        f"c.load_system_host_keys()\n{SET}(RejectPolicy())\n"
    )

    assert declared(check_rewritten(before, after, OPERATOR, RULES)) == [
        ("exception", "SSHException", ""),
        ("import", "paramiko.RejectPolicy", ""),
    ]
