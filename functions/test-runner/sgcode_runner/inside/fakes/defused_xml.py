"""defusedxml, which is not installed in the box: on benign input it does what Python's own parsers do."""

import importlib
import types

_PARSERS = {
    "ElementTree": "xml.etree.ElementTree",
    "cElementTree": "xml.etree.ElementTree",
    "expatbuilder": "xml.dom.expatbuilder",
    "expatreader": "xml.sax.expatreader",
    "minidom": "xml.dom.minidom",
    "pulldom": "xml.dom.pulldom",
    "sax": "xml.sax",
}
_ERRORS = ("EntitiesForbidden", "DTDForbidden", "ExternalReferenceForbidden", "NotSupportedError")


def defused_modules() -> dict[str, types.ModuleType]:
    """Return the package and its modules by name."""
    package = types.ModuleType("defusedxml")
    package.__path__ = []
    base = type("DefusedXmlException", (ValueError,), {})
    errors = {name: type(name, (base,), {}) for name in _ERRORS}
    vars(package).update(errors, DefusedXmlException=base, defuse_stdlib=lambda: None)
    modules = {"defusedxml": package}
    for name, real in _PARSERS.items():
        module = modules[f"defusedxml.{name}"] = types.ModuleType(f"defusedxml.{name}")
        members = vars(importlib.import_module(real))
        vars(module).update(
            {key: each for key, each in members.items() if not key.startswith("__")}, **errors
        )
        setattr(package, name, module)
    return modules
