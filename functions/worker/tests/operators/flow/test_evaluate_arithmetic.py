import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgcode_worker.operators.apply import apply_edits
from tests.operators.outcomes import check_left_alone, check_rewritten
from tests.operators.planning import plan

RULES = {"B307"}
NAME = "_evaluate_arithmetic"
PROGRAM = "def calculate(expression):\n    return eval(expression)\n"


def rewritten(code: str) -> str:
    data = code.encode()
    result = apply_edits(data, plan(data, "literal-eval", RULES))
    assert result.candidate is not None, result.declined
    return result.candidate.decode()


def definition(name: str = NAME, module: str = "ast") -> str:
    """The evaluator as it is put into a program."""
    text = rewritten(PROGRAM)
    found = text[text.index("def _") : text.index("\n\n\ndef calculate")]
    return found.replace(NAME, name).replace("ast.", f"{module}.")


ARITHMETIC = {
    "the function's name": "def calculate(x):\n    return eval(x)",
    "a camel case name": "def runCalc(x):\n    return eval(x)",
    "the parameter's name": "def f(math_expr: str):\n    return eval(math_expr)",
    "the docstring": "def f(x):\n    '''Solve an equation.'''\n    return eval(x)",
    "a message": "async def f():\n    x = input('Enter a formula: ')\n    print(eval(x))",
    "the class": "class Calculator:\n    def equals(self):\n        self.show(eval(self.entry.get()))",
    "no names handed in": "def calculate(x):\n    return eval(x, {'__builtins__': None}, {})",
    "several lines": "def calculate(x):\n    return eval(\n        x,  # why\n    )",
    "values put in for names": (
        "def calculate(formula, values):\n    for name, value in values.items():\n"
        "        formula = formula.replace(name, str(value))\n    return eval(formula)"
    ),
    "signs replaced": (
        "def calculate(x):\n    x = x.replace('^', '**').strip()\n    result = eval(x)\n    return result"
    ),
    "another fault handled": (
        "def calculate(x):\n    try:\n        return eval(x)\n"
        "    except ZeroDivisionError:\n        return 0\n    except:\n        return 1"
    ),
    "every fault handled": (
        "def calculate(x):\n    try:\n        return eval(x)\n"
        "    except (NameError, ValueError):\n        pass"
    ),
}
MORE = {
    "no word of arithmetic": ("def evaluate(expression):\n    return eval(expression)", "is worked out"),
    "code": ("def calculate(python_code):\n    return eval(python_code)", "is worked out"),
    "functions named": ("def calculate(x):\n    'Also sqrt.'\n    return eval(x)", "is worked out"),
    "names handed in": ("def calculate(x, y):\n    return eval(x, {}, y)", "is worked out"),
    "a name handed in": ("def calculate(x):\n    return eval(x, {'pi': 3})", "is worked out"),
    "no function": ("formula = input()\nprint(eval(formula))", "is worked out"),
    "a lambda": ("calculate = lambda formula: eval(formula)", "is worked out"),
    "a parameter besides": ("def calculate(formula, x):\n    return eval(formula)", "may name variables"),
    "a variable besides": ("def calculate(x):\n    tax = g()\n    return eval(x)", "may name variables"),
    "mathematics imported": (
        "from math import sqrt\ndef calculate(x):\n    return eval(x)",
        "may name variables",
    ),
    "everything imported": ("from m import *\ndef calculate(x):\n    return eval(x)", "may name variables"),
    "a constant": ("PI = 3.14\ndef calculate(x):\n    return eval(x)", "may name variables"),
    "code around it": (
        "def calculate(x):\n    x = 'abs(' + x + ')'\n    return eval(x)",
        "put together with code",
    ),
    "an f-string": ("def calculate(x):\n    x = f'{x} + 1'\n    return eval(x)", "put together with code"),
    "a name put in": (
        "def calculate(x):\n    x = x.replace('r', 'sqrt')\n    return eval(x)",
        "put together with code",
    ),
    "translated": ("def calculate(x):\n    x = translate(x)\n    return eval(x)", "cannot be told"),
    "a function besides": (
        "def calculate(x):\n    def double(y):\n        return y * 2\n    return eval(x)",
        "may name variables",
    ),
    "a word by the way": ("def load(x):\n    y = eval(x)\n    print('Calculating')", "is worked out"),
    "data": ("def calculate(prices):\n    return eval(prices)", "is worked out"),
    "several values": ("def calculate(x):\n    return sum(eval(x))", "more than a number"),
    "gone through": (
        "def calculate(x):\n    y = eval(x)\n    for z in y:\n        print(z)",
        "more than a number",
    ),
    "taken apart": ("def calculate(x):\n    y, z = eval(x)\n    return y", "more than a number"),
    "used as a function": ("def calculate(x):\n    return eval(x)(1)", "more than a number"),
    "a handler for values only": (
        "def calculate(x):\n    try:\n        return eval(x)\n    except ValueError:\n        return 0",
        "tells wrong names",
    ),
    "values told apart": (
        "def calculate(x):\n    try:\n        return eval(x)\n    except ValueError:\n        return 0\n"
        "    except Exception:\n        return 1",
        "tells wrong names",
    ),
    "wrong names told apart": (
        "def calculate(x):\n    try:\n        return eval(x)\n    except NameError:\n        return 0\n"
        "    except ValueError:\n        return 1",
        "tells wrong names",
    ),
    "another eval": (
        "def eval(x):\n    return x\ndef calculate(x):\n    return eval(x)",
        "No call of the builtin eval",
    ),
}


@pytest.mark.parametrize("name", ARITHMETIC)
def test_works_out_arithmetic(name: str) -> None:
    code = ARITHMETIC[name]
    after = code.replace(", {'__builtins__': None}, {}", "").replace("eval(", f"{NAME}(")

    check_rewritten(
        "literal-eval", RULES, f"import ast\n\n\n{code}\n", f"import ast\n\n\n{definition()}\n\n\n{after}\n"
    )


@pytest.mark.parametrize("name", MORE)
def test_leaves_alone_what_may_be_more(name: str) -> None:
    code, reason = MORE[name]

    check_left_alone("literal-eval", RULES, f"{code}\n", reason)


def test_defines_the_evaluator_once_before_the_first_definition() -> None:
    code = (
        "import os\n\nlimit = g()\n\n\nclass A:\n    pass\n\n\n# Adds.\n"
        "def calculate(x):\n    return eval(x)\n\n\n"
        "def formula(x):\n    return eval(x)\n"
    )

    after = rewritten(code)

    assert after.count(definition()) == 1
    assert after == code.replace("import os\n", "import os\nimport ast\n").replace(
        "eval(x)", f"{NAME}(x)"
    ).replace("class A", f"{definition()}\n\n\nclass A")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_writes_the_evaluator_as_the_program_is_written(ending: str) -> None:
    code = "import ast\n\n\ndef calculate(x):\n\treturn eval(x)\n".replace("\n", ending)

    expected = f"import ast\n\n\n{definition()}\n\n\ndef calculate(x):\n\treturn {NAME}(x)\n"

    assert rewritten(code) == expected.replace("    ", "\t").replace("\n", ending)


def test_names_the_evaluator_and_the_module_as_they_are_free() -> None:
    code = "import ast as tree\n\n\ndef calculate(x):\n    return eval(x)\n\n\n_evaluate_arithmetic = print\n"

    after = rewritten(code)

    assert definition("__evaluate_arithmetic", "tree") in after
    assert "return __evaluate_arithmetic(x)" in after


def test_uses_the_evaluator_that_is_there() -> None:
    before = rewritten(PROGRAM) + "\n\ndef formula(x):\n    return eval(x)\n"

    assert rewritten(before) == before.replace("return eval(", f"return {NAME}(")


def test_declares_that_other_texts_are_refused() -> None:
    data = PROGRAM.encode()

    ((_, rewrite),) = apply_edits(data, plan(data, "literal-eval", RULES)).applied

    assert [(each.kind, each.name, each.definition) for each in rewrite.declared] == [
        ("exception", "ValueError", "calculate")
    ]


SCOPE: dict[str, object] = {}
exec(rewritten(PROGRAM), SCOPE)
CALCULATE = SCOPE["calculate"]
NUMBERS = st.integers(0, 99).map(str) | st.floats(0, 9).map(repr)
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+ - * / // %".split()), inner).map(" ".join)
        | st.tuples(st.sampled_from(["-", "+", "", " "]), inner).map(lambda pair: f"{pair[0]}({pair[1]})")
        | st.tuples(inner, st.sampled_from(["0", "2", "-1", "0.5"])).map(
            lambda pair: f"({pair[0]})**{pair[1]}"
        )
    ),
    max_leaves=6,
)


def outcome(function: object, text: str) -> str:
    assert callable(function)
    try:
        return repr(function(text))
    except (ArithmeticError, SyntaxError) as error:
        return repr(error)


@given(text=EXPRESSIONS)
def test_gives_what_eval_gives(text: str) -> None:
    assert outcome(CALCULATE, text) == outcome(eval, text)


@given(text=st.text(alphabet="1+-*/%(). \t\n", max_size=8).filter(lambda text: "**" not in text))
def test_gives_what_eval_gives_for_any_signs(text: str) -> None:
    expected = outcome(lambda each: eval(each), text) if _is_arithmetic(text) else None

    assert expected is None or outcome(CALCULATE, text) == expected


def _is_arithmetic(text: str) -> bool:
    try:
        tree = ast.parse(text.lstrip(" \t"), mode="eval")
    except (SyntaxError, ValueError):
        return True
    known = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
    return all(
        isinstance(node, known) or (isinstance(node, ast.Constant) and node.value is not ...)
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').getcwd()",
        "x",
        "(1).real",
        "'a' * 3",
        "[1]",
        "True",
        "1 < 2",
        "1 << 2",
        "~1",
        "lambda: 1",
        "9**9**9",
        "2**20001",
        "1" + "+1" * 500,
        None,
    ],
)
def test_refuses_what_is_no_arithmetic(text: str | None) -> None:
    assert callable(CALCULATE)
    with pytest.raises(ValueError, match=r"evaluated|too large"):
        CALCULATE(text)
