"""Which expressions are certainly texts."""

import libcst as cst
from libcst import metadata

from sgcode_worker.operators.literals import text_of
from sgcode_worker.operators.program import Program
from sgcode_worker.operators.visibility import dotted_name

_TEXT_METHODS = frozenset(
    "strip lstrip rstrip lower upper title capitalize replace format join removeprefix removesuffix".split()
)
_TEXT_FUNCTIONS = frozenset(
    "shlex.quote pipes.quote shlex.join os.getcwd secrets.token_hex secrets.token_urlsafe".split()
)
_TEXT_VALUES = frozenset({"sys.executable", "sys.platform", "os.sep", "os.name"})
_FIELDS = frozenset(
    {"flask.request.args", "flask.request.form", "flask.request.values", "flask.request.cookies"}
)
_DEPTH = 4
_NO_WORD = frozenset(" \t\n|&;<>()$`*?[~\"'\\")


def certainly_text(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> bool:
    """Whether the expression is a text, whatever happens."""
    if text_of(node) is not None or isinstance(node, cst.FormattedString):
        return True
    if depth == 0:
        return False
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Modulo)):
        return certainly_text(program, node.left, depth - 1)
    if isinstance(node, cst.IfExp):
        return all(certainly_text(program, each, depth - 1) for each in (node.body, node.orelse))
    if isinstance(node, cst.Call):
        return _call(program, node, depth)
    if isinstance(node, cst.Subscript):
        return bool(program.imported_names(node.value) & _FIELDS)
    if program.imported_names(node) & _TEXT_VALUES:
        return True
    return isinstance(node, cst.Name) and _bound(program, node, depth)


def calls_builtin(program: Program, call: cst.Call, name: str) -> bool:
    """Whether the call is one of the builtin of this name, which nothing hides."""
    if not isinstance(call.func, cst.Name) or call.func.value != name:
        return False
    return builtin_visible(program, call, name)


def builtin_visible(program: Program, at: cst.CSTNode, name: str) -> bool:
    """Whether the name stands for the builtin where `at` is evaluated."""
    scope = program.scope(at)
    return scope is not None and all(isinstance(each, metadata.BuiltinAssignment) for each in scope[name])


def possible_texts(program: Program, node: cst.BaseExpression, depth: int = _DEPTH) -> set[str]:
    """Return fixed texts that the expression may give: those of its branches, or bound to its name."""
    text = text_of(node)
    if text is not None:
        return {text}
    if depth == 0:
        return set()
    if isinstance(node, cst.FormattedString):
        return {part.value for part in node.parts if isinstance(part, cst.FormattedStringText)}
    parts: list[cst.BaseExpression | None] = []
    if isinstance(node, cst.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, cst.BooleanOperation):
        parts = [node.right] if isinstance(node.operator, cst.And) else [node.left, node.right]
    elif isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Modulo)):
        parts = [node.left, node.right] if isinstance(node.operator, cst.Add) else [node.left]
    elif isinstance(node, cst.Name) and (scope := program.scope(node)) is not None:
        parts = [bound_value(program, each) or _default(each) for each in scope[node.value]]
    return {text for part in parts if part for text in possible_texts(program, part, depth - 1)}


def _default(assignment: metadata.BaseAssignment) -> cst.BaseExpression | None:
    parameter = getattr(assignment, "node", None)
    return parameter.default if isinstance(parameter, cst.Param) else None


def _call(program: Program, call: cst.Call, depth: int) -> bool:
    if calls_builtin(program, call, "str") or calls_builtin(program, call, "input"):
        return True
    names = program.imported_names(call.func)
    if names & _TEXT_FUNCTIONS:
        return True
    if not isinstance(call.func, cst.Attribute):
        return False
    if call.func.attr.value in _TEXT_METHODS:
        return certainly_text(program, call.func.value, depth - 1)
    getter = call.func.attr.value == "get" and program.imported_names(call.func.value) & _FIELDS
    plain = len(call.args) == 2 and not any(each.keyword or each.star for each in call.args)
    return bool(getter) and plain and certainly_text(program, call.args[1].value, depth - 1)


def _bound(program: Program, name: cst.Name, depth: int) -> bool:
    """Whether every value that the function or module gives the name is certainly a text."""
    scope = program.scope(name)
    if scope is None or dotted_name(name) is None:
        return False
    values = [bound_value(program, each) for each in scope[name.value]]
    return bool(values) and all(
        value is not None and certainly_text(program, value, depth - 1) for value in values
    )


def bound_value(program: Program, assignment: metadata.BaseAssignment) -> cst.BaseExpression | None:
    """Return what a plain assignment of one name gives it; None for every other way to bind a name."""
    node = getattr(assignment, "node", None)
    if not isinstance(node, cst.Name):
        return None
    target = program.parent(node)
    statement = program.parent(target) if isinstance(target, cst.AssignTarget) else None
    return statement.value if isinstance(statement, cst.Assign) else None


def is_no_word(text: str) -> bool:
    """Whether a shell makes anything but this one word of a text outside of quotes."""
    return not text or any(character in _NO_WORD for character in text)
