"""Uses of a query's text that only show it to people: printed, or written to a log."""

import libcst as cst

from sgcode_worker.operators.program import Program
from sgcode_worker.operators.queries.bindings import is_builtin
from sgcode_worker.operators.queries.text.pieces import is_text

_LEVELS = frozenset("debug info warning warn error exception critical fatal log".split())
_LOGGERS = frozenset({"log", "logger", "logging"})
# What a text goes through on its way into a message.
_INSIDE = (cst.FormattedStringExpression, cst.FormattedString, cst.ConcatenatedString, cst.Element, cst.Tuple)


def is_shown(program: Program, use: cst.CSTNode) -> bool:
    """Whether the name is an argument of a statement that prints or logs, alone or put into a text there."""
    node = use
    for outer in program.ancestors(use):
        if isinstance(outer, cst.Arg) and outer.keyword is None and not outer.star:
            call = program.parent(outer)
            if not isinstance(call, cst.Call):
                return False
            if _shows(program, call):
                # The text of a log entry is itself a template where values follow.
                is_template = (
                    isinstance(call.func, cst.Attribute) and outer is call.args[0] and len(call.args) > 1
                )
                return isinstance(program.parent(call), cst.Expr) and not is_template
            if not _only_formats(program, call):
                return False
        elif isinstance(outer, cst.BinaryOperation):
            fills = isinstance(outer.operator, cst.Modulo) and outer.right is node
            if not (fills or isinstance(outer.operator, cst.Add)):
                return False
        elif not (isinstance(outer, _INSIDE) or (isinstance(outer, cst.Call) and outer is not node)):
            return False
        node = outer
    return False


def _shows(program: Program, call: cst.Call) -> bool:
    if is_builtin(program, call.func, "print"):
        return all(
            each.keyword is None or each.keyword.value in ("end", "sep", "flush") for each in call.args
        )
    if not isinstance(call.func, cst.Attribute) or call.func.attr.value not in _LEVELS:
        return False
    owner = call.func.value
    if isinstance(owner, cst.Call):
        return "logging.getLogger" in program.imported_names(owner.func)
    name = owner.attr.value if isinstance(owner, cst.Attribute) else getattr(owner, "value", "")
    return isinstance(name, str) and name.lower().strip("_") in _LOGGERS


def _only_formats(program: Program, call: cst.Call) -> bool:
    """Whether the call is `str(...)`, or `format` of a text."""
    if isinstance(call.func, cst.Attribute):
        return call.func.attr.value == "format" and is_text(call.func.value)
    return is_builtin(program, call.func, "str", "repr")
