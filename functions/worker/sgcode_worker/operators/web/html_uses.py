"""Whether a text that looks like HTML is for a browser: others are logged, compared, parsed or marked."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_LOGGING = frozenset("debug info warning warn error critical exception log".split())
_QUERIES = frozenset({"execute", "executemany", "executescript"})
_PARSING = frozenset(
    "compile search match fullmatch findall finditer sub split index find rfind count startswith endswith "
    "replace BeautifulSoup fromstring parseString XML feed".split()
)
_TEMPLATES = frozenset({"render_template_string", "Template", "from_string"})
_MARKED = frozenset({"Markup", "mark_safe", "SafeString", "format_html"})
_STATEMENTS = (cst.BaseSmallStatement, cst.BaseStatement)


def not_shown(program: Program, text: cst.BaseExpression) -> str | None:
    """Return why the text is not for a browser, or is escaped otherwise; None where it may be shown."""
    function = program.enclosing(text, cst.FunctionDef)
    if function is not None:
        if function.name.value.startswith("test"):
            return "It is a text of a test."
        if function.name.value == "__repr__":
            return "It is shown to programmers, not to a browser."
    reason, statement = _around(program, text)
    if reason is not None or not isinstance(statement, cst.Assign):
        return reason
    names = [each.target.value for each in statement.targets if isinstance(each.target, cst.Name)]
    uses = [
        each
        for each in program.nodes(cst.Name)
        if each.value in names
        and program.enclosing(each, cst.FunctionDef) is function
        and not isinstance(program.parent(each), (cst.AssignTarget, cst.AugAssign, cst.Param))
    ]
    reasons = [_around(program, each)[0] for each in uses]
    return reasons[0] if reasons and all(reasons) else None


def _around(program: Program, text: cst.BaseExpression) -> tuple[str | None, cst.CSTNode | None]:
    """Why what holds the text in its statement does not show it; and the statement."""
    inner: cst.CSTNode = text
    for outer in program.ancestors(text):
        if isinstance(outer, cst.Call) and outer.func is not inner:
            reason = _of_call(program, outer)
            if reason is not None:
                return reason, None
        elif isinstance(outer, (cst.Comparison, cst.Assert)):
            return "It is compared, not shown.", None
        elif isinstance(outer, cst.Raise):
            return "It is the message of an exception.", None
        if isinstance(outer, _STATEMENTS):
            return None, outer
        inner = outer
    return None, None


def _of_call(program: Program, call: cst.Call) -> str | None:
    name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted_name(call.func) or ""
    if name in _LOGGING:
        return "It is logged, not shown."
    if name in _QUERIES:
        return "It is a query."
    if name in _PARSING:
        return "It is searched or parsed, not shown."
    if name in _TEMPLATES:
        return "It is a template: values belong into its context, where the template engine escapes them."
    if name in _MARKED:
        return f"{name} marks it as HTML: escape-markup has the values escaped."
    if name == "print" and "text/html" not in program.text.lower():
        return "It is printed to a terminal."
    return None
