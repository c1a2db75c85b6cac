import libcst as cst
import pytest

from sgcode_worker.operators.program import NeededImport, Program


def find(program: Program, text: str) -> cst.CSTNode:
    """The last call whose function is written like this."""
    return [call for call in program.nodes(cst.Call) if program.code(call.func) == text][-1]


def called(code: str, text: str) -> tuple[set[str], set[str]]:
    program = Program(code)
    function = find(program, text).func
    return program.qualified_names(function), program.imported_names(function)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("import yaml\nyaml.load(x)\n", "yaml.load", "yaml.load"),
        ("import yaml as y\ny.load(x)\n", "y.load", "yaml.load"),
        ("from yaml import load\nload(x)\n", "load", "yaml.load"),
        ("from yaml import load as l\nl(x)\n", "l", "yaml.load"),
        ("import os.path\nos.path.join(x)\n", "os.path.join", "os.path.join"),
        ("import os.path as p\np.join(x)\n", "p.join", "os.path.join"),
        ("from os import path\npath.join(x)\n", "path.join", "os.path.join"),
        ("import yaml\ndef f():\n    return yaml.load(x)\n", "yaml.load", "yaml.load"),
        ("def f():\n    import yaml as y\n    return y.load(x)\n", "y.load", "yaml.load"),
        ("def f():\n    import yaml\n    def g():\n        yaml.load(x)\n", "yaml.load", "yaml.load"),
        ("class A:\n    import yaml\n    data = yaml.load(x)\n", "yaml.load", "yaml.load"),
        ("import yaml\nx = [yaml.load(y) for y in z]\n", "yaml.load", "yaml.load"),
        ("import yaml\nx = lambda y: yaml.load(y)\n", "yaml.load", "yaml.load"),
        (
            "try:\n    import yaml\nexcept ImportError:\n    yaml = None\nyaml.load(x)\n",
            "yaml.load",
            "yaml.load",
        ),
    ],
)
def test_names_what_is_imported(code: str, text: str, expected: str) -> None:
    _, imported = called(code, text)

    assert imported == {expected}


def test_a_name_may_stand_for_either_of_two_imports() -> None:
    code = (
        "try:\n    from yaml import CLoader as L\nexcept Exception:\n    from yaml import Loader as L\nL(x)\n"
    )

    assert called(code, "L") == ({"yaml.CLoader", "yaml.Loader"},) * 2


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("import yaml\ndef f(yaml):\n    return yaml.load(x)\n", "yaml.load"),
        ("import yaml\ndef f():\n    yaml = g()\n    return yaml.load(x)\n", "yaml.load"),
        ("import yaml\nyaml = wrap(yaml)\nyaml.load(x)\n", "yaml.load"),
        ("import yaml\ndef f():\n    global yaml\n    yaml = g()\nyaml.load(x)\n", "yaml.load"),
        ("import yaml\nfor yaml in parsers:\n    yaml.load(x)\n", "yaml.load"),
        ("import yaml\nx = [yaml.load(y) for yaml in parsers]\n", "yaml.load"),
        ("import yaml\nx = lambda yaml: yaml.load(y)\n", "yaml.load"),
        ("import yaml\nwith a() as yaml:\n    yaml.load(x)\n", "yaml.load"),
        ("from yaml import load\ndef load(x):\n    return x\nload(x)\n", "load"),
        ("class A:\n    def load(self):\n        return self.load(x)\n", "self.load"),
        ("import yaml\nmake().load(x)\n", "make().load"),
        ("import yaml\nyaml().load(x)\n", "yaml().load"),
        ("import yaml\nparsers[0].load(x)\n", "parsers[0].load"),
    ],
)
def test_says_nothing_where_it_may_be_something_else(code: str, text: str) -> None:
    _, imported = called(code, text)

    assert imported == set()


def test_a_local_definition_has_its_own_name() -> None:
    assert called("def f():\n    pass\nf(x)\n", "f") == ({"f"}, set())


def test_a_name_that_nothing_binds_is_its_module() -> None:
    assert called("yaml.load(x)\n", "yaml.load") == (set(), {"yaml.load"})


def test_a_class_attribute_does_not_hide_the_module_from_methods() -> None:
    code = "import yaml\nclass A:\n    yaml = 1\n    def f(self):\n        return yaml.load(x)\n"

    assert called(code, "yaml.load")[1] == {"yaml.load"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import yaml\nat(x)\n", "yaml.safe_load"),
        ("import yaml as y\nat(x)\n", "y.safe_load"),
        ("from yaml import safe_load\nat(x)\n", "safe_load"),
        ("from yaml import safe_load as s\nat(x)\n", "s"),
        ("import yaml\nfrom yaml import safe_load\nat(x)\n", "safe_load"),
        ("import yaml\ndef f():\n    at(x)\n", "yaml.safe_load"),
        ("def f():\n    import yaml as y\n    at(x)\n", "y.safe_load"),
        ("def f():\n    import yaml as y\n    def g():\n        at(x)\n", "y.safe_load"),
        ("import yaml\nclass A:\n    yaml = 1\n    def f(self):\n        at(x)\n", "yaml.safe_load"),
    ],
)
def test_reference_uses_the_import_that_is_there(code: str, expected: str) -> None:
    program = Program(code)

    expression, needed = program.reference("yaml", "safe_load", at=find(program, "at"))

    assert program.code(expression) == expected
    assert needed is None


@pytest.mark.parametrize(
    ("code", "expected", "needed"),
    [
        ("at(x)\n", "yaml.safe_load", NeededImport("yaml")),
        ("from yaml import load\nat(x)\n", "safe_load", NeededImport("yaml", "safe_load")),
        ("at(x)\nimport yaml\n", "yaml.safe_load", NeededImport("yaml")),
        ("def f():\n    at(x)\nf()\nimport yaml as y\n", "yaml.safe_load", NeededImport("yaml")),
        ("if a:\n    import yaml\nat(x)\n", "yaml.safe_load", NeededImport("yaml")),
        ("def f():\n    import yaml\ndef g():\n    at(x)\n", "yaml.safe_load", NeededImport("yaml")),
        ("def f():\n    at(x)\n    import yaml as y\n", "yaml.safe_load", NeededImport("yaml")),
        (
            "def f():\n    if a:\n        import yaml as y\n    at(x)\n",
            "yaml.safe_load",
            NeededImport("yaml"),
        ),
        ("yaml = 1\nat(x)\n", "_yaml.safe_load", NeededImport("yaml", None, "_yaml")),
        ("_yaml = yaml = 1\nat(x)\n", "__yaml.safe_load", NeededImport("yaml", None, "__yaml")),
        ("import yaml\ndef f(yaml):\n    at(x)\n", "_yaml.safe_load", NeededImport("yaml", None, "_yaml")),
        ("def yaml():\n    at(x)\n", "_yaml.safe_load", NeededImport("yaml", None, "_yaml")),
        ("import other as yaml\nat(x)\n", "_yaml.safe_load", NeededImport("yaml", None, "_yaml")),
        ("from .yaml import load\nat(x)\n", "yaml.safe_load", NeededImport("yaml")),
        ("from . import yaml\nat(x)\n", "_yaml.safe_load", NeededImport("yaml", None, "_yaml")),
        ("from yaml import *\nat(x)\n", "yaml.safe_load", NeededImport("yaml")),
        (
            "from yaml import load\nsafe_load = 1\nat(x)\n",
            "_safe_load",
            NeededImport("yaml", "safe_load", "_safe_load"),
        ),
    ],
)
def test_reference_says_which_import_is_needed(code: str, expected: str, needed: NeededImport) -> None:
    program = Program(code)

    expression, found = program.reference("yaml", "safe_load", at=find(program, "at"))

    assert program.code(expression) == expected
    assert found == needed


def test_reference_does_not_hide_a_builtin() -> None:
    program = Program("from os import path\nat(x)\n")

    expression, needed = program.reference("os", "open", at=find(program, "at"))

    assert program.code(expression) == "_open"
    assert needed == NeededImport("os", "open", "_open")


@pytest.mark.parametrize(
    ("code", "expected", "needed"),
    [
        ("import urllib.parse\nat(x)\n", "urllib.parse.quote", None),
        ("import urllib.parse as p\nat(x)\n", "p.quote", None),
        ("from urllib import parse\nat(x)\n", "parse.quote", None),
        ("import urllib.request\nat(x)\n", "urllib.parse.quote", NeededImport("urllib.parse")),
        ("at(x)\n", "urllib.parse.quote", NeededImport("urllib.parse")),
        ("urllib = 1\nat(x)\n", "_parse.quote", NeededImport("urllib.parse", None, "_parse")),
    ],
)
def test_reference_to_a_module_in_a_package(code: str, expected: str, needed: NeededImport | None) -> None:
    program = Program(code)

    expression, found = program.reference("urllib.parse", "quote", at=find(program, "at"))

    assert program.code(expression) == expected
    assert expression.deep_equals(cst.parse_expression(expected))
    assert found == needed


def test_reference_to_a_module_itself() -> None:
    program = Program("import os as o\nat(x)\n")
    at = find(program, "at")

    assert program.code(program.reference("os", at=at)[0]) == "o"
    assert program.code(program.reference("shlex", at=at)[0]) == "shlex"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("at(x)\n", ""),
        ("def f():\n    at(x)\n", "f"),
        ("class A:\n    async def b(self):\n        at(x)\n", "A.b"),
        ("class A:\n    x = at(y)\n", "A"),
        ("def a():\n    class B:\n        def c(self):\n            at(x)\n", "a.B.c"),
        ("def f():\n    pass\ndef f():\n    at(x)\n", "f#2"),
        ("if a:\n    def f():\n        pass\nelse:\n    def f():\n        at(x)\n", "f#2"),
        ("x = lambda: at(y)\n", ""),
    ],
)
def test_definition(code: str, expected: str) -> None:
    program = Program(code)

    assert program.definition(find(program, "at")) == expected


def test_positions_count_lines_from_one_and_columns_in_code_points() -> None:
    program = Program('x = """\n\U0001f600"""; é = at(\n  x)\n')

    span = program.span(find(program, "at"))

    assert (span.start.line, span.start.column) == (2, 10)
    assert (span.end.line, span.end.column) == (3, 4)


def test_nodes_come_outer_before_inner_and_in_order() -> None:
    program = Program("a(b(x), c(y))\nd(z)\n")

    assert [program.code(call.func) for call in program.nodes(cst.Call)] == ["a", "b", "c", "d"]


def test_definitions_of_one_name_are_numbered_in_the_order_of_the_text() -> None:
    program = Program("if a:\n    def f(): x\n\ndef f(): y\n")
    x, y = (node for node in program.nodes(cst.Name) if node.value in "xy")

    assert (program.definition(x), program.definition(y)) == ("f", "f#2")
