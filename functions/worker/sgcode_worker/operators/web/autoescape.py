"""`autoescape`: Jinja2 escapes the values that are put into HTML templates."""

import re
from collections.abc import Iterator

import libcst as cst

from sgcode_worker.operators.arguments import argument_of, has_unpacked, is_name, with_keyword
from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.operator import DeclaredChange, Declined, PlannedEdit, Rewrite, Shared
from sgcode_worker.operators.places import planned_node
from sgcode_worker.operators.program import Program

_ENVIRONMENTS = frozenset({"jinja2.Environment", "jinja2.environment.Environment"})
_BY_EXTENSION = re.compile(
    r"\.(?:html?|xml|txt|text|md|rst|tex|csv|tsv|json|ya?ml|toml|ini|cfg|conf|sh|sql|py)$"
)
_READS = frozenset({"get_template", "select_template", "get_or_select_template", "render_template"})
_TAG = re.compile(r"<[A-Za-z/!]")


class Autoescape:
    """`jinja2.Environment` without escaping gets `autoescape=select_autoescape()`."""

    name = "autoescape"
    cwe = "CWE-94"
    precondition = (
        "A call of jinja2.Environment without autoescape, or with autoescape=False, in a program whose "
        "templates, as far as it names them, end in an extension that tells HTML from other text, and whose "
        "templates from strings are HTML."
    )
    changes = (
        "Values in templates that end in .html, .htm or .xml, and in templates from strings, are escaped; "
        "HTML that is meant as such needs the filter `safe` there. Other templates are filled as before."
    )
    example = (
        "import jinja2\npages = jinja2.Environment(loader=loader)\n",
        "import jinja2\npages = jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())\n",
    )

    def rewrite(self, program: Program, edit: PlannedEdit, shared: Shared) -> Rewrite | Declined:
        """Return the environment that escapes by the kind of the template."""
        call = planned_node(program, edit, program.nodes(cst.Call))
        names = program.imported_names(call.func) if call is not None else set()
        if call is None or not names or not names <= _ENVIRONMENTS:
            return Declined("No call of jinja2.Environment is there, or the name may be something else.")
        known = argument_of(call, "autoescape")
        if known is not None and not is_name(known.value, "False"):
            return Declined(
                "Whether the environment escapes is worked out; decide for which templates it must."
            )
        if known is None and has_unpacked(call, "*", "**"):
            return Declined("The unpacked arguments may say whether the environment escapes.")
        unclear = _unclear_template(program)
        if unclear is not None:
            return Declined(f"{unclear}: decide whether it is HTML, whose values must be escaped.")
        chosen, needed = program.reference("jinja2", "select_autoescape", at=call)
        value = cst.Call(chosen)
        replacements: dict[cst.CSTNode, cst.CSTNode] = (
            {call: with_keyword(call, "autoescape", value)} if known is None else {known.value: value}
        )
        return Rewrite(
            "Escapes the values that are put into HTML templates.",
            replacements,
            [needed] if needed else [],
            [_declared(program, call)],
        )


def _declared(program: Program, call: cst.Call) -> DeclaredChange:
    return DeclaredChange(
        "setting",
        "autoescape",
        program.definition(call),
        "Jinja2 escapes the values that are put into HTML templates.",
    )


def _unclear_template(program: Program) -> str | None:
    """A template that the program names or holds and of which it cannot be told whether it is HTML."""
    for call in program.nodes(cst.Call):
        called = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
        if called == "from_string":
            text = text_of(call.args[0].value) if call.args else None
            if text is None or not _TAG.search(text):
                return "A template is made from a string that shows no HTML"
        elif called in _READS:
            for name in _names(call):
                if not _BY_EXTENSION.search(name):
                    return f"The template `{name}` has no extension that says what it is"
    return None


def _names(call: cst.Call) -> Iterator[str]:
    for argument in call.args[:1]:
        listed = argument.value.elements if isinstance(argument.value, (cst.List, cst.Tuple)) else ()
        for value in (argument.value, *(element.value for element in listed)):
            text = text_of(value)
            if text is not None:
                yield text
