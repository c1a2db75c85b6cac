"""`safe-xml-parser`: XML is read by defusedxml, which builds no entities."""

from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_PACKAGE = "defusedxml"
# Function of the standard library → the module of defusedxml that has it under the same name
# (https://github.com/tiran/defusedxml).
_SAFE_MODULES = {
    f"{module}.{function}": safe
    for module, functions, safe in (
        ("xml.etree.ElementTree", "parse iterparse fromstring XMLParser", "defusedxml.ElementTree"),
        ("xml.etree.cElementTree", "parse iterparse fromstring XMLParser", "defusedxml.ElementTree"),
        ("xml.sax", "parse parseString make_parser", "defusedxml.sax"),
        ("xml.sax.expatreader", "create_parser", "defusedxml.expatreader"),
        ("xml.dom.expatbuilder", "parse parseString", "defusedxml.expatbuilder"),
        ("xml.dom.minidom", "parse parseString", "defusedxml.minidom"),
        ("xml.dom.pulldom", "parse parseString", "defusedxml.pulldom"),
    )
    for function in functions.split()
}


class SafeXmlParser:
    """A parser of `xml` becomes the one of the same name in `defusedxml`."""

    name = "safe-xml-parser"
    cwe = "CWE-20"
    precondition = (
        "A call of a parser of xml.etree, xml.sax or xml.dom that is handed no other parser, in a program "
        "that imports defusedxml already or in a run that allows the package."
    )
    changes = (
        "XML that declares entities is refused with defusedxml.EntitiesForbidden. The program needs the "
        "package defusedxml."
    )
    example = (
        "import defusedxml\nimport xml.dom.minidom\n\nd = xml.dom.minidom.parse('a.xml')\n",
        "import defusedxml\nimport xml.dom.minidom\nimport defusedxml.minidom\n\n"
        "d = defusedxml.minidom.parse('a.xml')\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the call of defusedxml's function of that name."""
        call = planned_node(program, edit, _candidates(program))
        if call is None:
            return Declined("No call of a parser of xml is there, or its name may stand for something else.")
        if _PACKAGE not in shared.allowed_packages and not _imports_package(program):
            return Declined(
                "defusedxml reads this safely, and is not part of Python; allow it with --allow-package "
                "defusedxml where the program may need the package."
            )
        (name,) = program.imported_names(call.func)
        if _chooses_parser(call, name):
            return Declined(
                "The program hands over a parser of its own; decide which entities that may build."
            )
        function, needed = program.reference(_SAFE_MODULES[name], name.rpartition(".")[2], at=call)
        definition = program.definition(call)
        declared = [
            DeclaredChange("import", _PACKAGE, "", "The program needs the package defusedxml."),
            DeclaredChange(
                "exception", "EntitiesForbidden", definition, "XML that declares entities is refused."
            ),
        ]
        return Rewrite(
            "Reads XML without building entities.",
            {call.func: function},
            [needed] if needed else [],
            declared,
        )


def _candidates(program: Program) -> Iterator[cst.Call]:
    for call in program.nodes(cst.Call):
        names = program.imported_names(call.func)
        if len(names) == 1 and names <= _SAFE_MODULES.keys():
            yield call


def _chooses_parser(call: cst.Call, name: str) -> bool:
    """Whether the call is, or may be, given a parser to read with."""
    module, _, function = name.rpartition(".")
    if module.startswith("xml.sax") or module == "xml.dom.expatbuilder" or function == "XMLParser":
        return False
    most = 2 if function == "iterparse" else 1
    return has_unpacked(call, "*", "**") or argument_of(call, "parser") is not None or len(call.args) > most


def _imports_package(program: Program) -> bool:
    modules = [each.module for each in program.nodes(cst.ImportFrom) if each.module is not None]
    modules += [alias.name for each in program.nodes(cst.Import) for alias in each.names]
    return any(_root(module) == _PACKAGE for module in modules)


def _root(module: cst.BaseExpression) -> str:
    while isinstance(module, cst.Attribute):
        module = module.value
    return module.value if isinstance(module, cst.Name) else ""
