"""What the operators for the flow and the text of a program are sure to rewrite."""

from tests.operators.snippets.form import Snippets

FLOW: dict[str, Snippets] = {
    "hoist-global": Snippets(
        rules=(),
        head="",
        positive=(
            "e = a; global e; e = b",
            "print(e)\nglobal e  # why\ne = a",
            "if e != a:\n    print(b)\n\n# the new one\nglobal e, g\ne = g = c",
            "if e:\n    global e\nelse:\n    global e, g\n    e, g = a, b",
            "for e in c: global e",
            "class D:\n    e = a\n    global e\n    e = b",
        ),
    ),
    "explicit-check": Snippets(
        rules=("B101",),
        head="",
        positive=(
            "assert a",
            "assert a == b, 'why'  # kept",
            "assert not a and b, (a, b)",
            "assert isinstance(\n    a,\n    dict,\n)",
            "assert a in b; # one",
            "assert a is not None, f'{b}'",
        ),
    ),
    "logged-exception": Snippets(
        rules=("B110", "B112"),
        head="import logging\nlog = logging.getLogger('x')\n",
        positive=(
            "try: a()\nexcept: pass",
            "try:\n    a()\nexcept Exception as d:\n    pass  # why\nelse:\n    b()",
            "for d in c:\n    try: a()\n    except Exception:\n        # next\n        continue\n    b()",
            "while a:\n    try: b()\n    except: continue",
            "try: a()\nexcept (KeyError, c): b()\nexcept Exception:\n\n    pass\nfinally: c()",
        ),
    ),
    "visible-source": Snippets(
        rules=("B613",),
        head="",
        positive=(
            "d = 'x\u202ey'",
            "d = a  # \u2066why\u2069",
            "d = f'\u202e{a}' + r'\u202c'",
            "# \u2067\nd = ('x'\n    'y\u2069')",
            "d = '''\u200f\n'''",
        ),
    ),
    "literal-eval": Snippets(
        rules=("B307",),
        head="import ast\n",
        positive=(
            "d = eval('[1, 2]')",
            "d = eval('-2').real  # why",
            "d = {'a': eval('{}'), 'b': eval(\n    '(1, 2)'\n)}",
            "if eval('None'): a()",
            "d = [-eval('3') for b in c]",
            "def calculate(formula):\n    return eval(formula)",
            "def g(text):\n    'Works out an equation.'\n    return str( eval(text, {}) )  # why",
        ),
    ),
}
