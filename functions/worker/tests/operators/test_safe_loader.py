import pytest
import yaml

from sgcode_worker.operators.apply import Applied, apply_edits
from tests.operators.planning import edit_at, findings, plan

REWRITTEN = {
    "no loader": ("yaml.load(f)", "yaml.safe_load(f)"),
    "Loader by keyword": ("yaml.load(f, Loader=yaml.Loader)", "yaml.safe_load(f)"),
    "Loader by position": ("yaml.load(f, yaml.Loader)", "yaml.safe_load(f)"),
    "keyword first": ("yaml.load(Loader=yaml.Loader, stream=f)", "yaml.safe_load(stream=f)"),
    "FullLoader": ("yaml.load(f, Loader=yaml.FullLoader)", "yaml.safe_load(f)"),
    "UnsafeLoader": ("yaml.load(f, Loader=yaml.UnsafeLoader)", "yaml.safe_load(f)"),
    "SafeLoader under another name": (
        "from yaml import SafeLoader as S\nyaml.load(f, S)",
        "from yaml import SafeLoader as S\nyaml.safe_load(f)",
    ),
    "CLoader": ("yaml.load(f, Loader=yaml.CLoader)", "yaml.load(f, Loader=yaml.CSafeLoader)"),
    "CFullLoader by position": ("yaml.load(f, yaml.CFullLoader)", "yaml.load(f, yaml.CSafeLoader)"),
    "imported CLoader": (
        "from yaml import CLoader\nyaml.load(f, Loader=CLoader)",
        "from yaml import CLoader\nyaml.load(f, Loader=yaml.CSafeLoader)",
    ),
    "CLoader or Loader": (
        "try:\n    from yaml import CLoader as L\nexcept ImportError:\n    from yaml import Loader as L\n"
        "yaml.load(f, Loader=L)",
        "try:\n    from yaml import CLoader as L\nexcept ImportError:\n    from yaml import Loader as L\n"
        "yaml.safe_load(f)",
    ),
    "the module by another name": (
        "import yaml as y\ny.load(f, Loader=y.Loader)",
        "import yaml as y\ny.safe_load(f)",
    ),
    "imported inside": (
        "def g(f):\n    import yaml as y\n    return y.load(f)",
        "def g(f):\n    import yaml as y\n    return y.safe_load(f)",
    ),
    "optional": (
        "try:\n    import yaml\nexcept ImportError:\n    yaml = None\nx = yaml.load(f)",
        "try:\n    import yaml\nexcept ImportError:\n    yaml = None\nx = yaml.safe_load(f)",
    ),
    "tags for the safe loader": (
        "yaml.add_constructor('!a', a, Loader=yaml.SafeLoader)\nyaml.load(f)",
        "yaml.add_constructor('!a', a, Loader=yaml.SafeLoader)\nyaml.safe_load(f)",
    ),
    "several lines": (
        "x = yaml.load(\n    # the file\n    f,\n    Loader=yaml.Loader,\n)  # why",
        "x = yaml.safe_load(\n    # the file\n    f,\n)  # why",
    ),
    "a comment before the loader": (
        "x = yaml.load(\n    f,  # the file\n    Loader=yaml.Loader,\n)",
        "x = yaml.load(\n    f,  # the file\n    Loader=yaml.SafeLoader,\n)",
    ),
    "a comment at the loader": (
        "x = yaml.load(\n    f,\n    Loader=yaml.Loader,  # fast\n)",
        "x = yaml.load(\n    f,\n    Loader=yaml.SafeLoader,  # fast\n)",
    ),
    "inside another call": ("print(yaml.load(f)['x'], yaml)", "print(yaml.safe_load(f)['x'], yaml)"),
}
# Bandit reports none of these; the gGAN may.
REWRITTEN_UNREPORTED = {
    "full_load": ("yaml.full_load(f)", "yaml.safe_load(f)"),
    "unsafe_load": ("yaml.unsafe_load(f)", "yaml.safe_load(f)"),
    "load_all": ("yaml.load_all(f, Loader=yaml.Loader)", "yaml.safe_load_all(f)"),
    "full_load_all": ("yaml.full_load_all(f)", "yaml.safe_load_all(f)"),
    "unsafe_load_all": ("yaml.unsafe_load_all(f)", "yaml.safe_load_all(f)"),
}
LEFT_ALONE = {
    "star arguments": ("yaml.load(*f)", "so its loader cannot be told"),
    "double star arguments": ("yaml.load(f, **options)", "so its loader cannot be told"),
    "a loader of its own": (
        "class L(yaml.Loader):\n    pass\nyaml.load(f, Loader=L)",
        "a person must decide which tags it may build",
    ),
    "a safe loader of its own": (
        "class L(yaml.SafeLoader):\n    pass\nyaml.load(f, Loader=L)",
        "`L` is built on PyYAML's safe loader",
    ),
    "an unknown loader": ("yaml.load(f, Loader=loader)", "a person must decide which tags it may build"),
    "a computed loader": ("yaml.load(f, Loader=loaders[0])", "The loader is computed"),
    "text only": ("yaml.load(f, Loader=yaml.BaseLoader)", "reads every value as text"),
    "safe already": ("yaml.load(f, Loader=yaml.CSafeLoader)", "already as safe-loader would leave it"),
    "constructor": ("yaml.add_constructor('!a', a)\nyaml.load(f)", "registers YAML tags"),
    "constructor of a loader": (
        "yaml.FullLoader.add_constructor('!a', a)\nyaml.load(f, Loader=yaml.FullLoader)",
        "registers YAML tags",
    ),
    "constructor by position": (
        "yaml.add_constructor('!a', a, yaml.Loader)\nyaml.load(f)",
        "registers YAML tags",
    ),
    "resolver": ("from yaml import add_implicit_resolver as r\nr('!a', a)\nyaml.load(f)", "registers YAML"),
    "object": ("class A(yaml.YAMLObject):\n    yaml_tag = '!a'\nyaml.load(f)", "`A` is a yaml.YAMLObject"),
    "another module's load": ("import json\njson.load(f)", "No call of PyYAML's load is there"),
    "another yaml": ("from ruamel import yaml\nyaml.load(f)", "not certainly PyYAML"),
    "a parameter": ("def g(yaml, f):\n    return yaml.load(f)", "not certainly PyYAML"),
    "rebound": ("yaml = wrap(yaml)\nyaml.load(f)", "not certainly PyYAML"),
    "a method": ("self.load(f)", "No call of PyYAML's load is there"),
}


def applied(code: str) -> Applied:
    """The result of one edit at the last call of a `load`."""
    start = max(code.rfind(name) for name in (".load(", ".full_load", ".unsafe_load", ".load_all"))
    last = code.rindex("\n", 0, start) + 1
    text = code[last:].strip().removeprefix("x = ").removeprefix("return ").partition("  # why")[0]
    return apply_edits(code.encode(), [edit_at(code, text, "safe-loader")])


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites_what_bandit_reports(name: str) -> None:
    before, after = (f"import yaml\n{code}\n" for code in REWRITTEN[name])

    result = apply_edits(before.encode(), plan(before.encode(), "safe-loader", {"B506"}))

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule == "B506"]


@pytest.mark.parametrize("name", REWRITTEN_UNREPORTED)
def test_rewrites_what_bandit_does_not_report(name: str) -> None:
    before, after = (f"import yaml\n{code}\n" for code in REWRITTEN_UNREPORTED[name])

    assert applied(before).candidate == after.encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "from yaml import load as l\nl(f)\n",
            "from yaml import load as l\nfrom yaml import safe_load\nsafe_load(f)\n",
        ),
        ("from yaml import load, safe_load\nload(f)\n", "from yaml import load, safe_load\nsafe_load(f)\n"),
        (
            "from yaml import load, Loader\nload(f, Loader=Loader)\n",
            "from yaml import load, Loader\nfrom yaml import safe_load\nsafe_load(f)\n",
        ),
        (
            "from yaml import load, CLoader\nload(f, Loader=CLoader)\n",
            "from yaml import load, CLoader\nfrom yaml import CSafeLoader\nload(f, Loader=CSafeLoader)\n",
        ),
    ],
)
def test_imports_the_safe_form_as_the_program_imports(before: str, after: str) -> None:
    call = before.splitlines()[-1]

    result = apply_edits(before.encode(), [edit_at(before, call, "safe-loader")])

    assert (result.candidate or b"").decode() == after


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]

    result = applied(f"import yaml\n{code}\n")

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


def test_declares_the_exception_where_it_may_be_raised() -> None:
    code = b"import yaml\n\ndef f(x):\n    return yaml.load(x)\n"

    document = apply_edits(code, plan(code, "safe-loader", {"B506"})).document()

    (declared,) = document["applied"][0]["declared"]
    assert (declared["kind"], declared["name"], declared["definition"]) == (
        "exception",
        "ConstructorError",
        "f",
    )


@pytest.mark.parametrize("loader", ["Loader", "FullLoader", "UnsafeLoader"])
def test_what_it_writes_reads_the_same_data_and_refuses_objects(loader: str) -> None:
    plain = "{a: [1, 2.5, true, null, 2020-01-02], b: &x {c: text}, d: *x, <<: {e: !!binary aGk=}}"
    code = f"import yaml\nx = yaml.load(f, yaml.{loader})\n".encode()

    result = apply_edits(code, plan(code, "safe-loader", {"B506"}))

    assert result.candidate == b"import yaml\nx = yaml.safe_load(f)\n"
    assert yaml.safe_load(plain) == yaml.load(plain, Loader=getattr(yaml, loader))
    with pytest.raises(yaml.constructor.ConstructorError):
        yaml.safe_load("!!python/object/apply:os.getcwd []")
