import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at, findings, plan

OPERATOR = "weights-only-load"
REWRITTEN = {
    "at once": (
        "m.load_state_dict(torch.load(p))",
        "m.load_state_dict(torch.load(p, weights_only=True))",
    ),
    "explicitly everything": (
        "m.load_state_dict(torch.load(p, weights_only=False))",
        "m.load_state_dict(torch.load(p, weights_only=True))",
    ),
    "one item": (
        "m.load_state_dict(torch.load(p, 'cpu')['model'])",
        "m.load_state_dict(torch.load(p, 'cpu', weights_only=True)['model'])",
    ),
    "by a name": (
        "def f(m, p):\n    s = torch.load(p, map_location='cpu')\n    m.load_state_dict(s)",
        "def f(m, p):\n    s = torch.load(p, map_location='cpu', weights_only=True)\n"
        "    m.load_state_dict(s)",
    ),
    "a checkpoint": (
        "def f(m, o, p):\n    c = torch.load(p)\n    m.load_state_dict(c['m'])\n"
        "    o.load_state_dict(c['o'])\n"
        "    return c['epoch']",
        "def f(m, o, p):\n    c = torch.load(p, weights_only=True)\n    m.load_state_dict(c['m'])\n"
        "    o.load_state_dict(c['o'])\n    return c['epoch']",
    ),
    "by another name": (
        "from torch import load as l\nm.load_state_dict(l(p))",
        "from torch import load as l\nm.load_state_dict(l(p, weights_only=True))",
    ),
    "several lines": (
        "m.load_state_dict(\n    torch.load(\n        p,  # the file\n    ),\n    strict=False,\n)",
        "m.load_state_dict(\n    torch.load(\n        p,  # the file\n        weights_only=True,\n    ),\n"
        "    strict=False,\n)",
    ),
    "in a method": (
        "class A:\n    async def f(self):\n        self.m.load_state_dict(torch.load(self.p))",
        "class A:\n    async def f(self):\n"
        "        self.m.load_state_dict(torch.load(self.p, weights_only=True))",
    ),
}
LEFT_ALONE = {
    "a whole model": ("m = torch.load(p)\nm.eval()", "It cannot be told"),
    "returned": ("def f(p):\n    return torch.load(p)", "It cannot be told"),
    "handed on as well": (
        "def f(m, p):\n    s = torch.load(p)\n    m.load_state_dict(s)\n    use(s)",
        "It cannot be told",
    ),
    "an object among the items": (
        "def f(m, p):\n    c = torch.load(p)\n    m.load_state_dict(c['m'])\n    return c['args'].depth",
        "It cannot be told",
    ),
    "a checkpoint, explicitly everything": (
        "def f(m, p):\n    c = torch.load(p, weights_only=False)\n    m.load_state_dict(c['m'])",
        "It cannot be told",
    ),
    "bound twice": (
        "def f(m, p):\n    s = torch.load(p)\n    s = fix(s)\n    m.load_state_dict(s)",
        "It cannot be told",
    ),
    "a pickle module": ("m.load_state_dict(torch.load(p, pickle_module=d))", "names a pickle module"),
    "worked out": ("m.load_state_dict(torch.load(p, weights_only=w))", "is worked out"),
    "weights only": ("m.load_state_dict(torch.load(p, weights_only=True))", "is worked out"),
    "star arguments": ("m.load_state_dict(torch.load(*p))", "given * or ** arguments"),
    "another torch": ("def f(torch):\n    m.load_state_dict(torch.load(p))", "may stand for something else"),
    "another load": ("m.load_state_dict(torch.jit.load(p))", "No call of torch.load"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites(name: str) -> None:
    before, after = (f"import torch\n{code}\n" for code in REWRITTEN[name])

    result = apply_edits(before.encode(), plan(before.encode(), OPERATOR, {"B614"}))

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B614"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    program = f"import torch\n{code}\n"

    result = apply_edits(program.encode(), [edit_at(program, "load(", OPERATOR)])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined
