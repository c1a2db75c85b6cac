import libcst as cst
import pytest

from sgcode_worker.operators.operator import Helper, Rewrite
from sgcode_worker.operators.program import NeededImport, Program
from sgcode_worker.operators.replace import Replacements


def helper(name: str, before: cst.CSTNode) -> Helper:
    definition = cst.parse_statement(f"def {name}():\n    pass\n")
    assert isinstance(definition, cst.FunctionDef)
    return Helper(definition, before)


def with_helper(code: str, names: list[str], *, at: list[int], imports: list[NeededImport]) -> str:
    """The program after each name `x` in turn calls a helper that comes before a statement of it."""
    program = Program(code)
    replacements = Replacements(program)
    used = [node for node in program.nodes(cst.Name) if node.value == "x"]
    for node, name, index in zip(used, names, at, strict=True):
        rewrite = Rewrite(
            "", {node: cst.Name(name)}, imports, helper=helper(name, program.module.body[index])
        )
        assert replacements.add(name, rewrite) is None
        replacements = replacements.copy()
    return replacements.code()


def test_puts_a_helper_before_its_statement_with_blank_lines_around() -> None:
    code = "import os\n\na = 1\n# of f\ndef f():\n    return x\n"

    after = with_helper(code, ["h"], at=[2], imports=[])

    assert after == "import os\n\na = 1\n\n\ndef h():\n    pass\n\n\n# of f\ndef f():\n    return h\n"


@pytest.mark.parametrize("at", [[0, 1], [1, 0], [0, 0]])
def test_puts_a_shared_helper_once_before_the_first_statement(at: list[int]) -> None:
    code = "def f():\n    return x\n\n\ndef g():\n    return x\n"

    after = with_helper(f"a = 1\n\n\n{code}", ["h", "h"], at=[each + 1 for each in at], imports=[])

    first = "f" if 0 in at else "g"
    expected = f"a = 1\n\n\n{code}".replace("return x", "return h")
    assert after == expected.replace(f"def {first}", f"def h():\n    pass\n\n\ndef {first}")


def test_keeps_helpers_with_different_names_apart() -> None:
    after = with_helper("a = 1\nf(x, x)\n", ["h", "i"], at=[1, 1], imports=[])

    assert after == "a = 1\n\n\ndef h():\n    pass\n\n\ndef i():\n    pass\n\n\nf(h, i)\n"


@pytest.mark.parametrize("head", ["", '"""doc"""\n', "# header\n\n# of f\n", "#!/usr/bin/python\n"])
def test_puts_imports_before_helpers(head: str) -> None:
    code = f"{head}def f():\n    return x\n"

    after = with_helper(code, ["h"], at=[1 if "doc" in head else 0], imports=[NeededImport("ast")])

    assert after.index("import ast") < after.index("def h") < after.index("def f")
    assert after.endswith("def f():\n    return h\n")
    compile(after, "", "exec")


def test_stands_where_a_statement_was_taken_out() -> None:
    program = Program("a = 1\nb = x\n")
    replacements = Replacements(program)
    statement = program.module.body[1]

    replacements.add("one", Rewrite("", {statement: cst.RemoveFromParent()}, helper=helper("h", statement)))

    assert replacements.code() == "a = 1\n\n\ndef h():\n    pass\n"
