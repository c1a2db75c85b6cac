import pytest

from sgcode_worker.operators.apply import apply_edits
from tests.operators.planning import edit_at, findings, plan

OPERATOR = "safe-xml-parser"
RULES = {f"B{number}" for number in range(313, 320)}
REWRITTEN = {
    "the module by another name": (
        "import xml.etree.ElementTree as ET\nd = ET.parse(f)",
        "import xml.etree.ElementTree as ET\nimport defusedxml.ElementTree\n"
        "d = defusedxml.ElementTree.parse(f)",
    ),
    "an imported function": (
        "from xml.etree.ElementTree import fromstring as f\nd = f(t)",
        "from xml.etree.ElementTree import fromstring as f\nimport defusedxml.ElementTree\n"
        "d = defusedxml.ElementTree.fromstring(t)",
    ),
    "with events": (
        "import xml.etree.ElementTree as ET\nfor e in ET.iterparse(f, ('end',)): use(e)",
        "import xml.etree.ElementTree as ET\nimport defusedxml.ElementTree\n"
        "for e in defusedxml.ElementTree.iterparse(f, ('end',)): use(e)",
    ),
    "a handler": (
        "from xml import sax\nsax.parse(\n    f,\n    H(),  # ours\n)",
        "from xml import sax\nimport defusedxml.sax\ndefusedxml.sax.parse(\n    f,\n    H(),  # ours\n)",
    ),
    "a parser": (
        "import xml.sax\nasync def g():\n    p = xml.sax.make_parser()",
        "import xml.sax\nimport defusedxml.sax\nasync def g():\n    p = defusedxml.sax.make_parser()",
    ),
    "a document": (
        "import xml.dom.minidom\nclass A:\n    def f(self):\n        return xml.dom.minidom.parseString(t)",
        "import xml.dom.minidom\nimport defusedxml.minidom\nclass A:\n    def f(self):\n"
        "        return defusedxml.minidom.parseString(t)",
    ),
    "a document, pulled": (
        "from xml.dom import pulldom as p\nd = p.parse(f)",
        "from xml.dom import pulldom as p\nimport defusedxml.pulldom\nd = defusedxml.pulldom.parse(f)",
    ),
}
KNOWN = {
    "a module of it": (
        "from defusedxml import ElementTree as safe\nimport xml.etree.ElementTree as ET\nd = ET.parse(f)",
        "from defusedxml import ElementTree as safe\nimport xml.etree.ElementTree as ET\nd = safe.parse(f)",
    ),
    "the package": (
        "import defusedxml\nimport xml.dom.minidom as m\nd = m.parse(f)",
        "import defusedxml\nimport xml.dom.minidom as m\nimport defusedxml.minidom\n"
        "d = defusedxml.minidom.parse(f)",
    ),
}
LEFT_ALONE = {
    "a parser of its own": ("ET.parse(f, parser=p)", "a parser of its own"),
    "a parser by its place": ("ET.fromstring(t, p)", "a parser of its own"),
    "a parser for events": ("ET.iterparse(f, e, p)", "a parser of its own"),
    "star arguments": ("ET.parse(*f)", "a parser of its own"),
    "writing": ("ET.tostring(t)", "No call of a parser"),
    "another library": ("import lxml.etree as L\nL.parse(f)", "No call of a parser"),
    "a parameter": ("def g(ET):\n    ET.parse(f)", "may stand for something else"),
    "a method": ("d.parse(f)", "No call of a parser"),
}


def applied(code: str, *, allowed: bool):
    packages = ["defusedxml"] if allowed else []
    return apply_edits(code.encode(), plan(code.encode(), OPERATOR, RULES), allowed_packages=packages)


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewrites_where_the_package_is_allowed(name: str) -> None:
    before, after = (f"{code}\n" for code in REWRITTEN[name])

    result = applied(before, allowed=True)

    assert (result.candidate or b"").decode() == after
    assert not [each for each in findings(after.encode()) if each.rule in RULES]


@pytest.mark.parametrize("name", REWRITTEN)
def test_leaves_alone_where_it_is_not(name: str) -> None:
    result = applied(f"{REWRITTEN[name][0]}\n", allowed=False)

    assert result.candidate is None
    assert ["--allow-package defusedxml" in each.reason for each in result.declined] == [True]


@pytest.mark.parametrize("name", KNOWN)
def test_uses_the_package_that_the_program_has(name: str) -> None:
    before, after = (f"{code}\n" for code in KNOWN[name])

    assert (applied(before, allowed=False).candidate or b"").decode() == after


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_leaves_alone(name: str) -> None:
    code, reason = LEFT_ALONE[name]
    program = f"import xml.etree.ElementTree as ET\n{code}\n"
    edit = edit_at(program, code.splitlines()[-1].strip(), OPERATOR)

    result = apply_edits(program.encode(), [edit], allowed_packages=["defusedxml"])

    assert result.candidate is None
    assert [reason in each.reason for each in result.declined] == [True], result.declined


def test_declares_the_package_and_the_exception() -> None:
    code = "import xml.dom.minidom\n\ndef f(t):\n    return xml.dom.minidom.parseString(t)\n"

    (edit,) = applied(code, allowed=True).document()["applied"]

    assert [(each["kind"], each["name"], each["definition"]) for each in edit["declared"]] == [
        ("import", "defusedxml", ""),
        ("exception", "EntitiesForbidden", "f"),
    ]
